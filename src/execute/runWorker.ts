import { z } from "zod";
import type { Limits } from "../record/schema/execution.js";
import type { Runner } from "./openRunner.js";
import type { Exchange } from "./readReport.js";
import { sandboxError } from "./startWorker.js";
import type { SampleRequest } from "./workerRequest.js";

/** What a worker told of a sample. */
export interface WorkerRun<Event> {
  readonly events: readonly Event[];
  /** Why the report cannot be trusted; empty otherwise. */
  readonly broken: string;
  /** Why there is no whole report although the harness works: the sample ended its keeper. Empty otherwise. */
  readonly lost: string;
  readonly timedOut: boolean;
  /** What the sample printed, cut at its bound. */
  readonly output: string;
  readonly ms: number;
}

/** Where samples are run, and within which bounds. */
export interface RunContext {
  readonly runner: Runner;
  readonly limits: Limits;
  /** Gets the files that the sample leaves in its folder. */
  readonly onKept?: (kept: KeptFiles) => void;
}

/** Files that a sample left behind: path within its folder and content as base64; `passed` are those that were no plain files or too big. */
export const KeptFiles = z.object({ files: z.array(z.tuple([z.string(), z.string()])), passed: z.number() });
export type KeptFiles = z.infer<typeof KeptFiles>;

const isKept = (event: unknown) => (event as { event?: string }).event === "kept";

const heartbeat: SampleRequest = {
  ...{ style: "cases", setup: "", code: "def beat():\n    return 1\n", entryPoint: "beat", cases: ["{}"] },
};

async function isAlive({ runner, limits }: RunContext): Promise<boolean> {
  const result = await runner.run({ ...heartbeat, limits, keep: false });
  const last = result.kind === "report" ? result.events.at(-1) : undefined;
  return (last as { event?: string } | undefined)?.event === "done";
}

function read<Event>(result: Extract<Exchange, { kind: "report" }>, schema: z.ZodType<Event>): WorkerRun<Event> {
  const parsed = result.events.map((event) => schema.safeParse(event));
  const foreign = parsed.some(({ success }) => !success) ? "the report holds what no harness writes" : "";
  const { timedOut, output, ms } = result;
  const events = parsed.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return { events, broken: result.broken || foreign, lost: "", timedOut, output, ms };
}

/**
 * Runs one request; `schema` reads the events of its style. A fault of the harness is no verdict: the request is run once more, and
 * where that fails too, something harmless is. If that works, it is the sample that ends its keeper.
 *
 * @throws SetupError when the harness fails; `subject` names the sample.
 */
export async function runWorker<Event>(
  request: SampleRequest,
  schema: z.ZodType<Event>,
  context: RunContext & { readonly subject: string },
): Promise<WorkerRun<Event>> {
  const { runner, limits, subject, onKept } = context;
  const whole = { ...request, limits, keep: onKept !== undefined };
  const first = await runner.run(whole);
  const result = first.kind === "report" ? first : await runner.run(whole);
  if (result.kind === "report") {
    for (const kept of result.events.filter(isKept)) onKept?.(KeptFiles.parse(kept));
    return read({ ...result, events: result.events.filter((event) => !isKept(event)) }, schema);
  }
  if (!(await isAlive(context))) throw sandboxError(subject, result.reason);
  const lost = `the sample ended the process that watches it, twice: ${result.reason}`;
  return { events: [], broken: "", lost, timedOut: false, output: "", ms: 0 };
}
