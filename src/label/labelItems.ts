import { InputError } from "../error.js";
import type { OpenRun } from "../record/openRun.js";
import { readRecords } from "../record/readRecords.js";
import { sampleKeyOf } from "../record/recordKinds.js";
import { questionsOf } from "../record/schema/question.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { SampleKey } from "../record/schema/sample.js";
import { loadTasks } from "../task/loadTasks.js";
import { shuffled } from "./shuffled.js";

/** One sample to look at. What could give its origin away is no part of what the page gets. */
export interface LabelItem {
  readonly row: ResultRow;
  /** What the task asks for, in its own words: a method's prompt would name the method. */
  readonly instruction: string;
  /** The baseline's code for the same task, where the question compares. */
  readonly base?: string;
}

/**
 * The samples that were drawn for a question, in an order of the annotator's own. Samples of later draws follow those of earlier ones, so
 * that the order of what is there already never changes.
 *
 * @throws InputError where nothing was drawn, or a drawn sample is gone.
 */
export async function labelItems({ run, rows }: OpenRun, question: string, annotator: string): Promise<LabelItem[]> {
  const asked = questionsOf(run.study)[question];
  const draws = (await readRecords(run, "draws")).filter((draw) => draw.question === question);
  if (asked === undefined || draws.length === 0) {
    throw new InputError(
      `no samples are drawn for the question "${question}" in ${run.path}: run \`safelab label new ${run.path} --question ${question}\``,
    );
  }
  const byKey = new Map(rows.map((row) => [keyText(row), row]));
  const order = draws.flatMap(({ samples, seed }) =>
    shuffled(samples, seed, JSON.stringify([question, annotator])).map(keyText),
  );
  const instructions = await taskInstructions(rows);
  return [...new Set(order)].map((key) => {
    const row = byKey.get(key);
    const why = whyNotShown(row);
    if (row === undefined || why !== undefined) {
      throw new InputError(`${run.path}/draws.jsonl names a sample that cannot be shown, ${key}: ${why ?? ""}`);
    }
    const item = { row, instruction: instructions(row) };
    if (!asked.compare) return item;
    const base = byKey.get(keyText({ ...row, method: run.study.baseline }));
    return { ...item, base: base?.code ?? "" };
  });
}

/** Why a drawn sample cannot be shown, and what to do; `undefined` where it can. */
function whyNotShown(row: ResultRow | undefined): string | undefined {
  if (row === undefined) return "the study does not plan it; name it in run.json again";
  if (row.sampleStatus === "missing" || row.sampleStatus === "endpointFailed")
    return `there is none: run \`safelab generate ${row.facts.path}\``;
  return row.code === null ? "its code is withheld; label in the run folder that has it" : undefined;
}

function keyText(key: SampleKey): string {
  return JSON.stringify(sampleKeyOf(key));
}

/** The texts of the tasks by sample; where a data set is not at hand its place says so. */
async function taskInstructions(rows: readonly ResultRow[]): Promise<(row: ResultRow) => string> {
  const texts = new Map<string, string>();
  const absent = new Map<string, string>();
  for (const dataset of new Set(rows.map((row) => row.dataset))) {
    try {
      const { tasks } = await loadTasks(dataset);
      for (const { id, prompts } of tasks)
        for (const kind of ["nl", "ct"] as const) texts.set(JSON.stringify([dataset, id, kind]), prompts[kind]);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      absent.set(dataset, cause.message);
    }
  }
  return ({ dataset, task, prompt }) =>
    texts.get(JSON.stringify([dataset, task, prompt])) ??
    `The text of this task is not at hand${absent.has(dataset) ? `: ${absent.get(dataset) ?? ""}` : "."}`;
}
