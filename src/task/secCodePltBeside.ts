import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../error.js";
import type { SecCodePltFiles } from "./readSecCodePlt.js";

/** Whether a text begins as SecCodePLT's own files do, and not as safelab's task records. */
export function isSecCodePltText(text: string): boolean {
  const start = text.slice(0, text.indexOf("\n") === -1 ? undefined : text.indexOf("\n"));
  return text.trimStart().startsWith("[") || (start.includes('"CWE_ID"') && start.includes('"ground_truth"'));
}

/**
 * The files of the tests and fixtures that lie beside a file of tasks under the names that safelab looks for.
 *
 * @throws InputError where there are no tests: tasks alone cannot be judged.
 */
export function secCodePltBeside(tasks: string): SecCodePltFiles {
  const folder = dirname(tasks);
  const find = (...names: readonly string[]) =>
    names.map((name) => join(folder, name)).find((path) => existsSync(path));
  const tests = find("seccodeplt-unittests.jsonl", "seccodeplt-unittests.jsonl.gz", "unittest");
  const fixtures = find("seccodeplt-fixtures.json");
  if (tests === undefined)
    throw new InputError(
      `${tasks} holds the tasks of SecCodePLT without the tests of SecCodePLT+, and none lie beside it ` +
        "(seccodeplt-unittests.jsonl, .gz, or the folder unittest): give them with `safelab tasks add seccodeplt TASKS --tests PATH`",
    );
  return { tasks, tests, ...(fixtures === undefined ? {} : { fixtures }) };
}
