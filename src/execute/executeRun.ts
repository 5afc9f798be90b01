import { SetupError } from "../error.js";
import type { Progress, WorkOptions } from "../progress.js";
import { openAppender } from "../record/openAppender.js";
import { readRecords } from "../record/readRecords.js";
import type { RunFolder } from "../record/runFolder.js";
import { runControls } from "./controls.js";
import { defaultLimits } from "./defaultLimits.js";
import { executeSamples } from "./executeSamples.js";
import { findInterpreter, type Interpreter } from "./interpreter.js";
import type { Isolation } from "./isolation.js";
import { probeIsolation } from "./probeIsolation.js";
import { type Plan, planDataset } from "./planDataset.js";
import type { WorkerContext } from "./runWorker.js";

/** How a run's samples are executed. */
export interface ExecuteRunOptions extends WorkOptions {
  /** `none` executes generated code on this machine without a sandbox; it has to be asked for. Default `bubblewrap`. */
  readonly isolation?: "bubblewrap" | "none";
  /** The interpreter that executes samples; default: the real executable behind `python3`. */
  readonly python?: string;
}

/** What was executed. */
export interface ExecuteSummary {
  /** The environment used, by data set. */
  readonly environments: Readonly<Record<string, string>>;
  /** New executions by status. */
  readonly counts: Readonly<Record<string, number>>;
  /** Distinct texts that were executed before in the same environment. */
  readonly recorded: number;
  /** Samples without code: failed without being executed. */
  readonly noCode: number;
  /** Samples whose code is kept back: they cannot be executed. */
  readonly withheld: number;
  /** Tasks none of whose cases the reference decides, and why: their samples stay `notRun`. */
  readonly undecidable: readonly { readonly dataset: string; readonly task: string; readonly reason: string }[];
}

async function chooseIsolation(kind: "bubblewrap" | "none", interpreter: Interpreter): Promise<Isolation> {
  if (kind === "none") return { kind };
  const probe = await probeIsolation(interpreter);
  if (probe.ok) return probe.isolation;
  throw new SetupError(`${probe.reason}; ${probe.remedy}`);
}

/**
 * Executes every sample of a run that has code and no execution in this environment yet, and appends the records as they come:
 * an interrupted run goes on where it was. Identical texts are executed once. The sandbox is probed and control samples are executed
 * before the first sample.
 *
 * @throws SetupError when the sandbox or Python is missing, InputError when samples and data set disagree.
 */
export async function executeRun(run: RunFolder, options: ExecuteRunOptions = {}): Promise<ExecuteSummary> {
  const samples = await readRecords(run, "samples");
  const interpreter = await findInterpreter(options.python);
  const isolation = await chooseIsolation(options.isolation ?? "bubblewrap", interpreter);
  const { signal, onProgress } = options;
  const context: WorkerContext = {
    isolation,
    interpreter,
    limits: defaultLimits,
    ...(signal === undefined ? {} : { signal }),
  };
  const datasets = [...new Set(samples.map(({ dataset }) => dataset))];
  const plans: Plan[] = [];
  for (const dataset of datasets) {
    plans.push(
      await planDataset(
        run,
        samples.filter((sample) => sample.dataset === dataset),
        context,
      ),
    );
  }
  const total = plans.reduce((sum, { jobs }) => sum + jobs.length, 0);
  const { exceptions } = run.study.policies;
  const counts: Record<string, number> = {};
  const undecidable: ExecuteSummary["undecidable"][number][] = [];
  let done = 0;
  const tell = (): void => onProgress?.({ stage: "execute", done, total, counts: { ...counts } } satisfies Progress);
  const count = (status: string) => {
    counts[status] = (counts[status] ?? 0) + 1;
    done += 1;
    tell();
  };
  if (total > 0) {
    tell();
    await runControls({ ...context, exceptions: "typeAndMessage", environment: "" });
    const appender = await openAppender(run, "executions");
    try {
      for (const { jobs, environment } of plans) {
        for await (const outcome of executeSamples(jobs, { ...context, exceptions, environment })) {
          if (outcome.kind === "executed") {
            await appender.append(outcome.execution);
            count(outcome.execution.status);
          } else {
            const { task } = outcome.job;
            undecidable.push({ dataset: task.dataset, task: task.id, reason: outcome.reason });
            count("notRun");
          }
        }
      }
    } finally {
      await appender.close();
    }
  }
  return {
    environments: Object.fromEntries(datasets.map((dataset, index) => [dataset, plans[index]?.environment ?? ""])),
    counts,
    recorded: plans.reduce((sum, { recorded }) => sum + recorded, 0),
    noCode: samples.filter(({ code }) => code === null).length,
    withheld: samples.filter(({ code }) => code !== null && typeof code === "object").length,
    undecidable,
  };
}
