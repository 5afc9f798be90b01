import { z } from "zod";

/** The verdict of an execution. `notRun` stands in results only: no execution record exists. */
export const ExecutionStatus = z.enum(["passed", "failed", "timedOut", "crashed", "tampered", "notRun"]);
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

export const CaseOutcome = z.enum(["passed", "failed", "errored", "skipped", "timedOut", "notReached"]);
export type CaseOutcome = z.infer<typeof CaseOutcome>;

/** One test case. `ms` is its own wall time, `null` where it was not reached. */
export const CaseResult = z.object({
  name: z.string(),
  outcome: CaseOutcome,
  message: z.string(),
  ms: z.number().nullable(),
});
export type CaseResult = z.infer<typeof CaseResult>;

/** Why a verdict is none that its cases allow; `undefined` where it is one. The other way round is: an ending can fail after all cases passed. */
function contradiction(status: ExecutionStatus, cases: readonly CaseResult[]): string | undefined {
  if (status !== "passed") return undefined;
  const other = cases.find(({ outcome }) => outcome !== "passed");
  if (other !== undefined) return `passed, but the outcome of its case "${other.name}" is ${other.outcome}`;
  return cases.length === 0 ? "passed, but it lists no case" : undefined;
}

/**
 * One execution (a line of `executions.jsonl`), keyed by dataset, task, `testHash` and environment. `passed` wants all of at least one case
 * passed: a record that says otherwise is broken, an error to be mended and no verdict.
 */
export const Execution = z
  .object({
    schemaVersion: z.literal(1),
    dataset: z.string(),
    task: z.string(),
    testHash: z.string(),
    /** Hash of the `Environment` record. */
    environment: z.string(),
    status: ExecutionStatus.exclude(["notRun"]),
    /** Why, in one sentence, where the cases do not say it: a signal, a broken report, `noCode`. */
    reason: z.string(),
    cases: z.array(CaseResult),
    /** What the sample printed on stdout and stderr together, cut at a bound. */
    output: z.string(),
    seconds: z.number(),
    peakMiB: z.number().nullable(),
  })
  .superRefine(({ status, cases }, context) => {
    const message = contradiction(status, cases);
    if (message !== undefined) context.addIssue({ code: "custom", path: ["status"], message });
  });
export type Execution = z.infer<typeof Execution>;

/** How a returned exception is compared with the reference's. */
export const ExceptionPolicy = z.enum(["typeAndMessage", "type", "typeOrMessage"]);
export type ExceptionPolicy = z.infer<typeof ExceptionPolicy>;

/** Bounds of one execution. */
export const Limits = z.object({
  wallSeconds: z.number().positive(),
  cpuSeconds: z.number().positive(),
  memoryMib: z.number().int().positive(),
  processes: z.number().int().positive(),
  fileMib: z.number().int().positive(),
  outputKib: z.number().int().positive(),
});
export type Limits = z.infer<typeof Limits>;

/**
 * The identity of what executed (a line of `environments.jsonl`): all that changes a verdict, nothing about hosts or speed.
 * `hash` is the SHA-256 of the other fields.
 */
export const Environment = z.object({
  schemaVersion: z.literal(1),
  hash: z.string(),
  dataset: z.string(),
  /** Implementation and version, e.g. `CPython 3.11.7`. */
  python: z.string(),
  /** Installed packages that samples can import, `name==version`, sorted. */
  packages: z.array(z.string()),
  /** SHA-256 over the tests (or references and cases) of the whole data set. */
  tests: z.string(),
  /** SHA-256 of the worker that runs the cases. */
  worker: z.string(),
  exceptions: ExceptionPolicy,
  limits: Limits,
  isolation: z.enum(["bubblewrap", "none"]),
});
export type Environment = z.infer<typeof Environment>;
