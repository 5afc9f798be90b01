import { InterruptedError } from "../error.js";
import type { ExceptionPolicy, Execution } from "../record/schema/execution.js";
import type { CasesTask, Task, UnittestTask } from "../task/task.js";
import { casesVerdict } from "./casesVerdict.js";
import { completed } from "./completed.js";
import { type ReferenceValues, referenceValues } from "./referenceValues.js";
import { openRunner, type Runner } from "./openRunner.js";
import { type RunContext, runWorker, type WorkerRun } from "./runWorker.js";
import type { WorkerContext } from "./startWorker.js";
import { unittestVerdict, type Verdict } from "./unittestVerdict.js";
import { CasesEvent, UnittestEvent } from "./workerEvents.js";
import { casesRequest } from "./workerRequest.js";

/** One text to execute: one a distinct data set, task and `testHash`. */
export interface ExecuteJob {
  readonly task: Task;
  readonly testHash: string;
  /** The whole text, after repair and calibration. */
  readonly text: string;
  /** Names of the task's test cases. */
  readonly names: readonly string[];
}

/** How samples are executed. */
export interface ExecuteOptions extends WorkerContext {
  /** Hash of the environment record that the executions belong to. */
  readonly environment: string;
  readonly exceptions: ExceptionPolicy;
  /** Samples that compute at a time; default: the number of cores, at least 2. */
  readonly workers?: number;
  /** What runs them, left open; default: one of its own. */
  readonly runner?: Runner;
  /** Gets the files that a sample leaves in its folder. */
  readonly onKept?: RunContext["onKept"];
}

/** An execution record, or why a sample could not be judged: none of its cases is decided by the reference. */
export type ExecuteOutcome =
  | { readonly kind: "executed"; readonly execution: Execution }
  | { readonly kind: "undecidable"; readonly job: ExecuteJob; readonly reason: string };

type Inner = Omit<ExecuteOptions, "onKept"> & RunContext;
type References = (task: CasesTask) => Promise<ReferenceValues>;

function record(
  job: ExecuteJob,
  verdict: Verdict,
  facts: { run: WorkerRun<unknown>; peakMiB: number | null; environment: string },
) {
  const { task, testHash } = job;
  const { output, ms } = facts.run;
  const execution: Execution = {
    ...{ schemaVersion: 1, dataset: task.dataset, task: task.id, testHash, environment: facts.environment },
    ...verdict,
    ...{ output, seconds: Math.round(ms) / 1000, peakMiB: facts.peakMiB },
  };
  return { kind: "executed", execution } as const;
}

/** The words that name a job in an error. */
const subjectOf = ({ task, testHash }: ExecuteJob) =>
  `the sample of ${task.dataset} ${task.id} with test hash ${testHash.slice(0, 12)}`;

async function executeUnittest(job: ExecuteJob, task: UnittestTask, options: Inner): Promise<ExecuteOutcome> {
  const { names, text: code } = job;
  const request = { style: "unittest", code, test: task.test, entryPoint: task.entryPoint, names } as const;
  const run = await runWorker(request, UnittestEvent, { ...options, subject: subjectOf(job) });
  const exit = run.events.find((event) => event.event === "exit");
  const peakMiB = exit?.event === "exit" ? exit.peakMiB : null;
  return record(job, unittestVerdict(names, run), { run, peakMiB, environment: options.environment });
}

async function executeCases(
  job: ExecuteJob,
  task: CasesTask,
  { references, ...options }: Inner & { references: References },
): Promise<ExecuteOutcome> {
  const reference = await references(task);
  if (reference.values.size === 0) return { kind: "undecidable", job, reason: reference.undecided };
  const run = await runWorker(casesRequest(task, job.text), CasesEvent, { ...options, subject: subjectOf(job) });
  const peaks = run.events.flatMap((event) => (event.event === "end" ? [event.peakMiB] : []));
  const peakMiB = peaks.length === 0 ? null : Math.max(...peaks);
  return record(job, casesVerdict(run, reference, options.exceptions), {
    run,
    peakMiB,
    environment: options.environment,
  });
}

/** Runs a task's reference at the first of its samples, once for all of them. */
function rememberedReferences(options: RunContext): References {
  const known = new Map<string, Promise<ReferenceValues>>();
  return (task) => {
    const key = JSON.stringify([task.dataset, task.id]);
    const values = known.get(key) ?? referenceValues(task, options);
    known.set(key, values);
    return values;
  };
}

/**
 * Executes samples several at a time, each in a sandbox of its own, and gives each outcome as soon as it is there, in the order
 * of their ends. Leaving the loop early, or aborting `options.signal`, ends every process.
 *
 * @throws InterruptedError when `options.signal` was aborted, SetupError when the sandbox does not work.
 */
export async function* executeSamples(
  jobs: readonly ExecuteJob[],
  options: ExecuteOptions,
): AsyncGenerator<ExecuteOutcome, void, undefined> {
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  const runner = options.runner ?? openRunner(options, options.workers);
  const stopped = () => new InterruptedError("execution was stopped; what was executed is kept, start again to go on");
  if (options.signal?.aborted === true) throw stopped();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  stop.signal.addEventListener("abort", () => void runner.close(), { once: true });
  const { onKept, ...others } = options;
  const inner: Inner = { ...others, runner, ...(onKept === undefined ? {} : { onKept }) };
  const references = rememberedReferences({ runner, limits: options.limits });
  const execute = (job: ExecuteJob) =>
    job.task.style === "unittest"
      ? executeUnittest(job, job.task, inner)
      : executeCases(job, job.task, { ...inner, references });
  try {
    yield* completed(jobs, execute, { workers: runner.slots, stop });
    // What was under way may have ended by itself just then; what was not begun is missing all the same.
    if (stop.signal.aborted) throw stopped();
  } catch (thrown) {
    throw thrown instanceof InterruptedError ? stopped() : thrown;
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    if (options.runner === undefined) await runner.close();
  }
}
