import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";

/** What came of one request to a worker. */
export type Exchange =
  | {
      readonly kind: "report";
      /** What the keeper told of the sample, unread. */
      readonly events: readonly unknown[];
      /** Why the report cannot be trusted; empty otherwise. */
      readonly broken: string;
      readonly timedOut: boolean;
      /** What the sample printed, cut at its bound. */
      readonly output: string;
      /** From the sample's start to its end. */
      readonly ms: number;
    }
  /** The harness failed, or its process was ended: nothing is known of the sample. */
  | { readonly kind: "fault"; readonly reason: string };

const Line = z.looseObject({ event: z.string() });
const OutputLine = z.object({ text: z.string(), ms: z.number(), timedOut: z.boolean() });
const SealLine = z.object({ secret: z.string(), hash: z.string() });
const ReasonLine = z.object({ reason: z.string() });

const foreign = "something else than the harness wrote on the report channel";

/** The reading of one report. */
export interface ReportReader {
  /** Reads a line; gives the name of its event, empty where it is none of the harness's. */
  take(line: Uint8Array): string;
  /** What the keeper wants to hear when its sample has ended, with the line break. */
  readonly secret: string;
  /** Why the report cannot be trusted; empty otherwise. */
  broken(): string;
  /** What the report comes to, where nothing follows; `killed`: it was ended from here after so many milliseconds, out of time. */
  exchange(killed: number | undefined): Exchange;
}

/** Reads a keeper's lines. Only a report sealed with a secret that was told after the sample's last process had ended is believed as a whole. */
export function readReport(): ReportReader {
  const secret = randomBytes(16).toString("hex");
  const hash = createHash("sha256");
  const events: unknown[] = [];
  let [broken, fault, gone, isReady, isSealed] = ["", "", "", false, false];
  let output: z.infer<typeof OutputLine> | undefined;
  const use = (event: string, facts: Record<string, unknown>) => {
    if (event === "gone") gone = ReasonLine.parse(facts).reason;
    else if (event === "fault") fault = ReasonLine.parse(facts).reason;
    else if (event === "ready") isReady = true;
    else if (event === "output") output = OutputLine.parse(facts);
    else if (event === "seal") {
      const seal = SealLine.parse(facts);
      isSealed = seal.secret === secret && seal.hash === hash.copy().digest("hex");
      if (!isSealed) broken ||= foreign;
    } else if (!["started", "asleep", "awake", "heavy", "ended"].includes(event)) {
      events.push({ event, ...facts });
    }
  };
  return {
    secret: `${secret}\n`,
    take(line) {
      try {
        const { event, ...facts } = Line.parse(JSON.parse(new TextDecoder().decode(line)));
        if (event !== "gone" && event !== "seal") hash.update(line).update("\n");
        use(event, facts);
        return event;
      } catch {
        broken ||= foreign;
        return "";
      }
    },
    broken: () => broken,
    exchange(killed) {
      const report = {
        kind: "report",
        events,
        broken,
        output: output?.text ?? "",
        ms: output?.ms ?? killed ?? 0,
      } as const;
      if (broken !== "") return { ...report, timedOut: false };
      if (isSealed && output !== undefined) return { ...report, timedOut: output.timedOut };
      if (killed !== undefined) return { ...report, timedOut: true };
      const how = isReady ? "ended without its report" : "ended before it was ready";
      return { kind: "fault", reason: fault || [how, gone].filter(Boolean).join(", ") };
    },
  };
}
