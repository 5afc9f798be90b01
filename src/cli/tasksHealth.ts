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
import { type LoadedTasks, loadTasks } from "../task/loadTasks.js";
import { isSecCodePltText, secCodePltBeside } from "../task/secCodePltBeside.js";
import { type HealthCheck, taskHealth } from "../task/taskHealth.js";

/** What `safelab tasks health` was asked. */
export interface HealthOptions {
  readonly names?: string;
  readonly execute?: true;
  readonly json?: string;
  readonly signal: AbortSignal;
}

/** The publisher's files say more than the tasks that were made of them: those without tests, other names. */
async function subjectsOf({ tasks, path, name }: LoadedTasks, names: string | undefined): Promise<HealthSubject[]> {
  if (name === "seccodeplt" && isSecCodePltText(textIn(await bytesOf(path), path))) {
    const beside = join(dirname(path), "seccodeplt-function-names.json");
    return subjectsOfSecCodePlt(secCodePltBeside(path), names ?? (existsSync(beside) ? beside : undefined));
  }
  if (names === undefined) return subjectsOfTasks(tasks);
  throw new InputError(`--names goes with the publisher's files of seccodeplt; ${path} is none of them`);
}

/** Prints what is wrong with the tasks of a data set; with `json` all ids are written to that file. */
export async function tasksHealth(dataset: string, options: HealthOptions): Promise<void> {
  const { names, execute, json, signal } = options;
  const loaded = await loadTasks(dataset);
  const checks: HealthCheck[] = await taskHealth(await subjectsOf(loaded, names));
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
  console.log(tableText(tableHealth(`${dataset} (${loaded.path})`, checks)));
  if (json === undefined) return;
  const { path, sha256 } = loaded;
  await writeWhole(json, `${JSON.stringify({ schemaVersion: 1, dataset, path, sha256, checks, failing }, null, 2)}\n`);
  console.log(`written to ${json}`);
}
