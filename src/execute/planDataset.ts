import { repairIndent } from "../generate/repairIndent.js";
import { InputError } from "../error.js";
import { sha256 } from "../record/canonical.js";
import type { RunFolder } from "../record/runFolder.js";
import type { Environment, Execution } from "../record/schema/execution.js";
import type { Sample } from "../record/schema/sample.js";
import { calibrate } from "../task/calibrate.js";
import { loadTasks } from "../task/loadTasks.js";
import type { LoadedTasks } from "../task/readTaskFile.js";
import type { Task } from "../task/task.js";
import { testNames } from "../task/testNames.js";
import { describeEnvironment } from "./environment.js";
import type { ExecuteJob } from "./executeSamples.js";
import type { WorkerContext } from "./startWorker.js";

/** The text that is executed for a sample, checked against the hash that the sample was recorded with. */
export function executedText(sample: Sample, code: string, task: Task): string {
  const repaired = sample.repairs.length > 0 ? repairIndent(code) : code;
  const text = calibrate(task, repaired);
  if (sha256(text) === sample.testHash) return text;
  const { dataset, model, method, prompt, repeat, index } = sample;
  throw new InputError(
    `sample ${dataset} ${sample.task} (${model}, ${method}, ${prompt}, repeat ${repeat}, index ${index}): its testHash is not that of its code ` +
      `after repair and calibration; the data set "${dataset}" or samples.jsonl was changed since it was generated`,
  );
}

/** One job for every distinct data set, task and `testHash`. */
function jobsOf(
  samples: readonly Sample[],
  loaded: LoadedTasks,
  names: ReadonlyMap<string, readonly string[]>,
): ExecuteJob[] {
  const tasks = new Map(loaded.tasks.map((task) => [task.id, task]));
  const jobs = new Map<string, ExecuteJob>();
  for (const sample of samples) {
    if (typeof sample.code !== "string" || sample.testHash === null) continue;
    const task = tasks.get(sample.task);
    if (task === undefined)
      throw new InputError(`the data set "${loaded.name}" has no task ${sample.task}, which samples.jsonl names`);
    const text = executedText(sample, sample.code, task);
    jobs.set(JSON.stringify([task.id, sample.testHash]), {
      task,
      testHash: sample.testHash,
      text,
      names: names.get(task.id) ?? [],
    });
  }
  return [...jobs.values()];
}

/** What a data set's samples ask for. */
export interface Plan {
  readonly dataset: string;
  readonly environment: Environment;
  /** Where and within which bounds its samples are executed. */
  readonly context: WorkerContext;
  /** One for every distinct text, executed before or not. */
  readonly jobs: readonly ExecuteJob[];
}

/** What of a plan is still to do, and what was executed in its environment before. */
export interface Remaining {
  readonly missing: readonly ExecuteJob[];
  readonly recorded: number;
}

/** Finds the environment and the jobs of a data set's samples; nothing is written. */
export async function planDataset(run: RunFolder, samples: readonly Sample[], context: WorkerContext): Promise<Plan> {
  const name = samples[0]?.dataset ?? "";
  const loaded = await loadTasks(name);
  const asked = new Set(samples.map(({ task }) => task));
  const names = await testNames(
    loaded.tasks.filter(({ id }) => asked.has(id)),
    context.interpreter.executable,
  );
  const jobs = jobsOf(samples, loaded, names);
  const environment = await describeEnvironment(loaded, context, run.study.policies.exceptions);
  return { dataset: name, environment, context, jobs };
}

/** What has no record among these executions. */
export function remaining({ dataset, environment, jobs }: Plan, executions: readonly Execution[]): Remaining {
  const done = new Set(
    executions
      .filter((record) => record.dataset === dataset && record.environment === environment.hash)
      .map(({ task, testHash }) => JSON.stringify([task, testHash])),
  );
  const missing = jobs.filter(({ task, testHash }) => !done.has(JSON.stringify([task.id, testHash])));
  return { missing, recorded: jobs.length - missing.length };
}
