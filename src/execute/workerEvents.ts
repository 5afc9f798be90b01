import { z } from "zod";
import { CaseOutcome } from "../record/schema/execution.js";

/** How a child of the worker ended, seen by its parent. */
const ended = {
  code: z.number().int().nullable(),
  signal: z.string().nullable(),
  /** Whether it was killed because the sandbox held more memory than its limit. */
  memory: z.boolean(),
  /** Whether it was killed because it wrote too much on its report channel. */
  tooMuch: z.boolean(),
  peakMiB: z.number(),
  /** Processor time of the child and of those of its children that it waited for. */
  cpuMs: z.number(),
};

/** What the worker's parent process tells while a unittest sample runs. */
export const UnittestEvent = z.discriminatedUnion("event", [
  /** Just before the sample is loaded: the processor time that its process has used so far. */
  z.object({ event: z.literal("begun"), cpuMs: z.number() }),
  z.object({ event: z.literal("loaded") }),
  z.object({ event: z.literal("start"), name: z.string() }),
  z.object({
    event: z.literal("end"),
    name: z.string(),
    outcome: CaseOutcome,
    message: z.string(),
    ms: z.number(),
  }),
  z.object({ event: z.enum(["tampered", "notLoaded", "classFailed"]), reason: z.string() }),
  z.object({ event: z.literal("done") }),
  z.object({ event: z.literal("exit"), ...ended }),
]);
export type UnittestEvent = z.infer<typeof UnittestEvent>;

/** What the worker's parent process tells while the cases of a sample run; `value` is a child's text, unread. */
export const CasesEvent = z.discriminatedUnion("event", [
  z.object({ event: z.literal("start"), index: z.number().int() }),
  z.object({ event: z.literal("end"), index: z.number().int(), ms: z.number(), value: z.string(), ...ended }),
  z.object({ event: z.literal("done") }),
]);
export type CasesEvent = z.infer<typeof CasesEvent>;

/** Facts of a child's end as a sentence. */
export function endSentence(end: {
  code: number | null;
  signal: string | null;
  memory: boolean;
  tooMuch: boolean;
}): string {
  if (end.memory) return "the memory limit was exceeded";
  if (end.tooMuch) return "the report channel was flooded";
  if (end.signal === "SIGXCPU") return "the limit on processor time was exceeded";
  if (end.signal !== null) return `killed by ${end.signal}`;
  return `ended with exit code ${end.code ?? "unknown"} before its report`;
}
