import { stopSignal } from "../cellSignal.js";
import { SetupError } from "../error.js";
import type { WorkOptions } from "../progress.js";
import { readRecords } from "../record/readRecords.js";
import type { RunFolder } from "../record/runFolder.js";
import type { Sample } from "../record/schema/sample.js";
import { type Benchmark, requireBenchmark } from "../process/benchmarkVenv.js";
import { defaultLimits, libraryLimits } from "./defaultLimits.js";
import { type ExecutedWork, executeMissing } from "./executeMissing.js";
import { findInterpreter } from "./interpreter.js";
import type { Isolation } from "./isolation.js";
import { type Plan, planDataset } from "./planDataset.js";
import { probeIsolation } from "./probeIsolation.js";
import type { WorkerContext } from "./startWorker.js";

/** How a run's samples are executed. */
export interface ExecuteRunOptions extends WorkOptions {
  /** `none` executes generated code on this machine without a sandbox; it has to be asked for. Default `bubblewrap`. */
  readonly isolation?: "bubblewrap" | "none";
  /** The interpreter that executes samples; default: that of the data set's benchmark, else `python3`. */
  readonly python?: string;
}

/** What was executed. */
export interface ExecuteSummary extends ExecutedWork {
  /** Samples that the executions of this environment answer; identical code is executed once for all of them. */
  readonly samples: number;
  /** The environment used, by data set. */
  readonly environments: Readonly<Record<string, string>>;
  /** Samples without code: failed without being executed. */
  readonly noCode: number;
  /** Samples whose code is kept back: they cannot be executed. */
  readonly withheld: number;
}

export async function chooseIsolation(kind: "bubblewrap" | "none"): Promise<Isolation> {
  if (kind === "none") return { kind };
  const probe = await probeIsolation();
  if (probe.ok) return probe.isolation;
  throw new SetupError([probe.reason, probe.remedy].filter(Boolean).join("; "));
}

/** Data sets whose samples import libraries, and what has them. */
const benchmarkOf: Readonly<Record<string, Benchmark>> = { bigcodebench: "bigcodebench", seccodeplt: "seccodeplt" };

/** What executes a data set's samples: the environment of its benchmark where it has one, else the standard library alone. */
export async function contextOf(
  dataset: string,
  python: string | undefined,
): Promise<Omit<WorkerContext, "isolation">> {
  const benchmark = benchmarkOf[dataset];
  if (benchmark === undefined) return { interpreter: await findInterpreter(python), limits: defaultLimits };
  return { interpreter: await findInterpreter(python ?? (await requireBenchmark(benchmark))), limits: libraryLimits };
}

/** Everything that a call has to do, found before anything is written. */
async function planRun(
  run: RunFolder,
  samples: readonly Sample[],
  { isolation, python }: { isolation: Isolation; python: string | undefined },
): Promise<Plan[]> {
  const plans: Plan[] = [];
  const executable = samples.filter(({ code }) => typeof code === "string");
  for (const dataset of new Set(executable.map((sample) => sample.dataset))) {
    const own = executable.filter((sample) => sample.dataset === dataset);
    plans.push(await planDataset(run, own, { isolation, ...(await contextOf(dataset, python)) }));
  }
  return plans;
}

/**
 * Executes every sample of a run that has code and no execution in this environment yet, and appends the records as they come:
 * an interrupted run goes on where it was. Identical texts are executed once. The sandbox is probed and control samples are executed
 * before the first sample. Where the folder holds executions of other environments, this one is named in `run.json` as the one that
 * counts. With nothing to do nothing is locked.
 *
 * @throws SetupError when the sandbox or Python is missing or fails, InputError when samples and data set disagree.
 */
export async function executeRun(run: RunFolder, options: ExecuteRunOptions = {}): Promise<ExecuteSummary> {
  const samples = await readRecords(run, "samples");
  const isolation = await chooseIsolation(options.isolation ?? "bubblewrap");
  const tell = options.onProgress === undefined ? {} : { onProgress: options.onProgress };
  const plans = await planRun(run, samples, { isolation, python: options.python });
  const work = await executeMissing(run, plans, { ...stopSignal(options), ...tell });
  const undecidable = new Set(work.undecidable.map(({ dataset, task }) => JSON.stringify([dataset, task])));
  return {
    samples: samples.filter(
      ({ code, dataset, task }) => typeof code === "string" && !undecidable.has(JSON.stringify([dataset, task])),
    ).length,
    environments: Object.fromEntries(plans.map(({ dataset, environment }) => [dataset, environment.hash])),
    ...work,
    noCode: samples.filter(({ code }) => code === null).length,
    withheld: samples.filter(({ code }) => code !== null && typeof code === "object").length,
  };
}
