import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { tableHealth } from "../analysis/tableHealth.js";
import { InputError } from "../error.js";
import { chooseIsolation, contextOf } from "../execute/executeRun.js";
import { failingReferences } from "../execute/failingReferences.js";
import { writeWhole } from "../record/writeWhole.js";
import { tableText } from "../table/tableText.js";
import { bytesOf, textIn } from "../task/fileBytes.js";
import { type HealthSubject, subjectsOfSecCodePlt, subjectsOfTasks } from "../task/healthSubjects.js";
import { dataSetFiles, loadTasks } from "../task/loadTasks.js";
import { readSecCodePlt } from "../task/readSecCodePlt.js";
import { loadedTasks, type LoadedTasks, readTaskFile } from "../task/readTaskFile.js";
import { isSecCodePltText, secCodePltBeside } from "../task/secCodePltBeside.js";
import { type HealthCheck, taskHealth } from "../task/taskHealth.js";

/** What `safelab tasks health` was asked. */
export interface HealthOptions {
  readonly names?: string;
  readonly file?: string;
  readonly tests?: string;
  readonly execute?: true;
  readonly json?: string;
  readonly signal: AbortSignal;
}

/** What a data set's health is judged by, and what that is in words. */
interface Judged {
  readonly loaded: LoadedTasks;
  readonly subjects: readonly HealthSubject[];
  readonly notes: readonly string[];
}

/** The publisher's files say more than the tasks that were made of them: the vulnerable version, tasks without tests, other names. */
async function judgedOf(dataset: string, { names, file, tests }: HealthOptions): Promise<Judged> {
  const path = file ?? dataSetFiles(dataset)[0];
  if (path === undefined) return { loaded: await loadTasks(dataset), subjects: [], notes: [] };
  const published =
    (file !== undefined || dataset === "seccodeplt") && isSecCodePltText(textIn(await bytesOf(path), path));
  if (!published) {
    if (names !== undefined || tests !== undefined)
      throw new InputError(
        `--${names === undefined ? "tests" : "names"} goes with the publisher's files of SecCodePLT; ${path} is none of them`,
      );
    const loaded = await readTaskFile(dataset, path);
    return { loaded, subjects: subjectsOfTasks(loaded.tasks), notes: ownNotes(dataset, loaded) };
  }
  const files = tests === undefined ? secCodePltBeside(path) : { tasks: path, tests };
  const beside = join(dirname(path), "seccodeplt-function-names.json");
  const subjects = await subjectsOfSecCodePlt(files, names ?? (existsSync(beside) ? beside : undefined));
  const { tasks } = await readSecCodePlt(files, dataset);
  const loaded = loadedTasks({ name: dataset, path, tasks }, await bytesOf(path));
  const notes = [
    `Counted in the publisher's files: both versions of the code of ${subjects.length} tasks. A study is asked the ${tasks.length} that have tests.`,
  ];
  return { loaded, subjects, notes };
}

/** Safelab's own records of SecCodePLT+ hold less than the publisher's files, so that less is found in them. */
function ownNotes(dataset: string, { tasks }: LoadedTasks): string[] {
  if (dataset !== "seccodeplt") return [];
  return [
    `Counted in safelab's own records: the reference code of ${tasks.length} tasks. The publisher's files of SecCodePLT hold more (vulnerable versions, tasks without ` +
      `tests, names to compare), so that more is found in them: safelab tasks health ${dataset} --file FILE --tests PATH`,
  ];
}

/** Prints what is wrong with the tasks of a data set; with `json` all ids are written to that file. */
export async function tasksHealth(dataset: string, options: HealthOptions): Promise<void> {
  const { execute, json, file, signal } = options;
  const { loaded, subjects, notes } = await judgedOf(dataset, options);
  const checks: HealthCheck[] = await taskHealth(subjects);
  const context = execute === undefined ? undefined : await contextOf(dataset, undefined);
  const failing =
    context === undefined
      ? []
      : await failingReferences(loaded.tasks, { isolation: await chooseIsolation("bubblewrap"), ...context, signal });
  if (context !== undefined)
    checks.push({
      ...{ check: "reference", what: "its reference does not pass its own tests", total: loaded.tasks.length },
      tasks: failing.map(({ task }) => task),
    });
  const unread = file === undefined ? dataSetFiles(dataset).slice(1) : [];
  const table = tableHealth(`${dataset} (${loaded.path})`, checks, [
    ...notes,
    ...unread.map((path) => `Not read, since the file above comes first: ${path}`),
    json === undefined ? "All ids: the same command with --json FILE" : `All ids are in ${json}.`,
  ]);
  console.log(tableText(table));
  if (json === undefined) return;
  const { path, sha256 } = loaded;
  await writeWhole(json, `${JSON.stringify({ schemaVersion: 1, dataset, path, sha256, checks, failing }, null, 2)}\n`);
  console.log(`written to ${json}`);
}
