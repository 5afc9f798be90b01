import type { AddedSecCodePlt } from "../task/addSecCodePlt.js";
import { dataSetFiles } from "../task/loadTasks.js";
import type { LoadedTasks } from "../task/readTaskFile.js";

const some = (ids: readonly string[]) => `${ids.slice(0, 3).join(", ")}${ids.length > 3 ? ", …" : ""}`;

/**
 * What `safelab tasks add` kept, what it left out and how to see that, and whether studies read the copy.
 *
 * @param from the files that were given
 */
export function addedLines(
  from: { readonly path: string; readonly tests?: string },
  kept: LoadedTasks | AddedSecCodePlt,
): string[] {
  const { path, tests } = from;
  const { name } = kept;
  const lines = [`${name}: ${kept.tasks.length} tasks kept in ${kept.path}`];
  if ("untested" in kept && kept.untested.length > 0)
    lines.push(
      `  left out: ${kept.untested.length} of the file's ${kept.tasks.length + kept.untested.length} tasks, for which the tests have no cases, so that nothing could be ` +
        `judged (${some(kept.untested)}). All of them: safelab tasks health ${name} --file ${path}${tests === undefined ? "" : ` --tests ${tests}`} --json FILE, ` +
        'under "untested". One is kept when the tests have a test_case.py for it: add again',
    );
  if ("strayTests" in kept && kept.strayTests.length > 0)
    lines.push(`  tests of ${kept.strayTests.length} tasks that the file does not have: ${some(kept.strayTests)}`);
  const [read = kept.path] = dataSetFiles(name);
  if (read !== kept.path)
    lines.push(`  not read now: SAFELAB_DATA is set, and ${read} comes first; unset it to have this copy read`);
  return lines;
}
