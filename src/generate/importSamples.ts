import { existsSync } from "node:fs";
import { InputError } from "../error.js";
import { openAppender } from "../record/openAppender.js";
import { readRecords } from "../record/readRecords.js";
import { contentText } from "../record/recordKinds.js";
import type { RunFolder } from "../record/runFolder.js";
import type { Sample } from "../record/schema/sample.js";
import { loadTasks } from "../task/loadTasks.js";
import { importedSamples, type ImportTarget, keyName, plannedKeys } from "./importedSamples.js";
import { isFenced, readSolutions } from "./readSolutions.js";

export type { ImportTarget };

/** What was imported. */
export interface ImportSummary {
  readonly imported: number;
  /** How many of those imported now have no code. */
  readonly withoutCode: number;
  /** How many of those imported now begin with a Markdown fence, which does not parse. */
  readonly fenced: number;
  /** Samples that were there before, with the same code. */
  readonly skipped: number;
  /** Lines for tasks of the data set that the run does not ask for. */
  readonly outside: number;
  /** Planned samples of the configuration that are still missing. */
  readonly missing: number;
}

/** A file of samples that fits its study and the samples recorded so far. */
export interface ReadImport {
  readonly file: string;
  readonly samples: readonly Sample[];
  readonly outside: number;
  /** Keys of the samples that the study asks for in the configuration. */
  readonly planned: ReadonlySet<string>;
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
  return appendImport(run, await readImport(run, file, target));
}

/**
 * Reads and checks a file of samples and writes nothing. The run folder may be one that is still to be made, or whose
 * `run.json` is still to be changed to this study.
 *
 * @throws InputError as `importSamples`.
 */
export async function readImport(run: RunFolder, file: string, target: ImportTarget): Promise<ReadImport> {
  const { path, study } = run;
  const { dataset, model, method, prompt, repeat = 0 } = target;
  const loaded = await loadTasks(dataset);
  const tasks = new Map(loaded.tasks.map((task) => [task.id, task]));
  const planned = plannedKeys(study, target, [...tasks.keys()]);
  if (planned.size === 0)
    throw new InputError(
      `${path}/run.json does not ask for data set "${dataset}", model "${model}", method "${method}", prompt "${prompt}", ` +
        `repeat ${repeat}: add what is missing there`,
    );
  const { samples, outside } = importedSamples(await readSolutions(file), { study, target, tasks, file, planned });
  const checked = { file, samples, outside, planned };
  if (existsSync(path)) freshOf(checked, await readRecords(run, "samples"));
  return checked;
}

/**
 * Adds what `readImport` has checked. Where that fails midway what is written is whole, and the same call goes on with the rest.
 *
 * @throws InputError when the file of samples cannot be written, or another process has added a sample that differs.
 */
export async function appendImport(run: RunFolder, checked: ReadImport): Promise<ImportSummary> {
  const { samples, outside, planned } = checked;
  let recorded = await readRecords(run, "samples");
  let fresh = freshOf(checked, recorded);
  if (fresh.length > 0) {
    const appender = await openAppender(run, "samples");
    try {
      recorded = await readRecords(run, "samples");
      fresh = freshOf(checked, recorded);
      for (const sample of fresh) await appender.append(sample);
    } finally {
      await appender.close();
    }
  }
  const there = new Set([...recorded.filter(({ status }) => status !== "endpointFailed"), ...fresh].map(keyName));
  const missing = [...planned].filter((key) => !there.has(key)).length;
  const withoutCode = fresh.filter(({ code }) => code === null).length;
  const fenced = fresh.filter(({ code }) => typeof code === "string" && isFenced(code)).length;
  return { imported: fresh.length, withoutCode, fenced, skipped: samples.length - fresh.length, outside, missing };
}

/** The samples that are not recorded yet. @throws InputError for one that differs from what is recorded. */
function freshOf({ samples, file }: ReadImport, recorded: readonly Sample[]): Sample[] {
  const byKey = new Map(recorded.map((sample) => [keyName(sample), sample]));
  return samples.filter((sample) => {
    const earlier = byKey.get(keyName(sample));
    if (earlier === undefined || earlier.status === "endpointFailed") return true;
    if (contentText("samples", earlier) === contentText("samples", sample)) return false;
    throw new InputError(
      `${file}:${sample.imported?.line ?? 0}: the run has another sample for ${sample.task} (model ${sample.model}, method ${sample.method}, ` +
        `prompt ${sample.prompt}, index ${sample.index}) already; import into another run folder, or under another model name`,
    );
  });
}
