import { basename } from "node:path";
import { InputError } from "../error.js";
import { openAppender } from "../record/openAppender.js";
import { planSamples } from "../record/planSamples.js";
import { readRecords } from "../record/readRecords.js";
import { contentText, keyText } from "../record/recordKinds.js";
import type { RunFolder } from "../record/runFolder.js";
import type { PromptKind, Sample, SampleKey } from "../record/schema/sample.js";
import { loadTasks } from "../task/loadTasks.js";
import type { Task } from "../task/task.js";
import { makeSample } from "./makeSample.js";
import { readSolutions, type Solution } from "./readSolutions.js";

/** The configuration that imported samples belong to. It must be one that `run.json` plans. */
export interface ImportTarget {
  readonly dataset: string;
  readonly model: string;
  readonly method: string;
  readonly prompt: PromptKind;
  /** 0 by default. */
  readonly repeat?: number;
}

/** What was imported. */
export interface ImportSummary {
  readonly imported: number;
  /** Samples that were there before, with the same code. */
  readonly skipped: number;
  /** Lines for tasks of the data set that the run does not ask for. */
  readonly outside: number;
  /** Planned samples of the configuration that are still missing. */
  readonly missing: number;
}

/**
 * Takes samples that were generated elsewhere: JSON Lines in the format of BigCodeBench and EvalPlus
 * (`{"task_id": …, "solution": …}`), gzip too. The n-th line of a task is its sample with index n − 1; where the run asks
 * for one sample a task, an identical second line is ignored. Solutions are taken as they are; a blank one is a sample
 * with status `empty`. Everything is checked before the first record is written.
 *
 * @throws InputError naming file and line for whatever does not fit, and for a sample that differs from a recorded one.
 * @example await importSamples(run, "samples.jsonl", { dataset: "bigcodebench", model: "m", method: "base", prompt: "ct" });
 */
export async function importSamples(run: RunFolder, file: string, target: ImportTarget): Promise<ImportSummary> {
  const { tasks } = await loadTasks(target.dataset);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const planned = plannedIndices(run, target, [...byId.keys()]);
  const solutions = await readSolutions(file);
  const { samples, outside } = samplesOf(solutions, { run, target, byId, planned, file });

  const recorded = new Map((await readRecords(run, "samples")).map((sample) => [keyText("samples", sample), sample]));
  const fresh = samples.filter((sample) => {
    const earlier = recorded.get(keyText("samples", sample));
    if (earlier === undefined || earlier.status === "endpointFailed") return true;
    if (contentText("samples", earlier) === contentText("samples", sample)) return false;
    throw new InputError(
      `${file}:${sample.imported?.line ?? 0}: the run has another sample for ${sample.task} (model ${sample.model}, method ${sample.method}, ` +
        `prompt ${sample.prompt}, index ${sample.index}) already; import into another run folder, or under another model name`,
    );
  });
  if (fresh.length > 0) await appendAll(run, fresh);
  const total = [...planned.values()].reduce((sum, indices) => sum + indices, 0);
  return { imported: fresh.length, skipped: samples.length - fresh.length, outside, missing: total - samples.length };
}

/** How many samples the run asks for per task in the configuration. @throws InputError where it asks for none. */
function plannedIndices(run: RunFolder, target: ImportTarget, ids: readonly string[]): Map<string, number> {
  const { dataset, model, method, prompt, repeat = 0 } = target;
  const study = { ...run.study, datasets: run.study.datasets.filter(({ name }) => name === dataset) };
  const counts = new Map<string, number>();
  for (const key of planSamples(study, new Map([[dataset, ids]]))) {
    if (key.model !== model || key.method !== method || key.prompt !== prompt || key.repeat !== repeat) continue;
    counts.set(key.task, (counts.get(key.task) ?? 0) + 1);
  }
  if (counts.size === 0)
    throw new InputError(
      `${run.path}/run.json does not ask for data set "${dataset}", model "${model}", method "${method}", prompt "${prompt}", ` +
        `repeat ${repeat}: add what is missing there`,
    );
  return counts;
}

interface Frame {
  readonly run: RunFolder;
  readonly target: ImportTarget;
  readonly byId: ReadonlyMap<string, Task>;
  readonly planned: ReadonlyMap<string, number>;
  readonly file: string;
}

function samplesOf(solutions: readonly Solution[], { run, target, byId, planned, file }: Frame) {
  const { dataset, model, method, prompt, repeat = 0 } = target;
  const { k, policies } = run.study;
  const seen = new Map<string, Solution[]>();
  const samples: Sample[] = [];
  let outside = 0;
  for (const solution of solutions) {
    const { line, taskId, code } = solution;
    const task = byId.get(taskId);
    if (task === undefined) throw unknownTask(`${file}:${line}`, taskId, target.dataset, byId);
    const earlier = seen.get(taskId) ?? [];
    const first = earlier[0];
    if (k === 1 && first !== undefined) {
      if (first.code === code) continue;
      throw new InputError(
        `${file}:${line}: a second, different sample for ${taskId} (the first is on line ${first.line}), but the run asks for one ` +
          'a task: remove one of the lines, or set "k" in run.json',
      );
    }
    if (earlier.length >= k)
      throw new InputError(
        `${file}:${line}: sample ${earlier.length + 1} for ${taskId}, but the run asks for k = ${k} a task`,
      );
    seen.set(taskId, [...earlier, solution]);
    if (!planned.has(taskId)) {
      outside += 1;
      continue;
    }
    const key: SampleKey = { dataset, task: taskId, prompt, model, method, repeat, index: earlier.length };
    const blank = code.trim() === "";
    const result = {
      code: blank ? null : code,
      status: blank ? ("empty" as const) : ("generated" as const),
      rounds: [],
    };
    samples.push(makeSample(key, task, { ...result, imported: { file: basename(file), line } }, policies.repair));
  }
  return { samples, outside };
}

function unknownTask(place: string, id: string, dataset: string, byId: ReadonlyMap<string, Task>): InputError {
  const like = byId.keys().next().value ?? "(none)";
  return new InputError(`${place}: "${dataset}" has no task "${id}"; its ids look like "${like}"`);
}

async function appendAll(run: RunFolder, samples: readonly Sample[]): Promise<void> {
  const appender = await openAppender(run, "samples");
  try {
    for (const sample of samples) await appender.append(sample);
  } finally {
    await appender.close();
  }
}
