import { InputError } from "../error.js";
import type { CaseRecord } from "./caseRecord.js";
import { reviewedCases } from "./reviewedCases.js";
import type { CasesTask } from "./task.js";

/**
 * The tasks that generated cases make: of every task with records its own cases and then those that the review kept, with the counts of how they came about.
 *
 * @param name the new data set's name
 * @throws InputError for a task that the data set lacks, or a file without a case.
 */
export function builtTasks(tasks: readonly CasesTask[], records: readonly CaseRecord[], name: string): CasesTask[] {
  const ids = [...new Set(records.map(({ task }) => task))];
  if (ids.length === 0) throw new InputError("no test cases were generated: `safelab tasks build-tests` makes some");
  return ids.map((id) => {
    const task = tasks.find((each) => each.id === id);
    if (task === undefined)
      throw new InputError(`the data set has no task "${id}" of the cases style, of which cases were generated`);
    const { kept, counts } = reviewedCases(records.filter((record) => record.task === id));
    const { generated, struck, edited, kept: left } = counts;
    return {
      ...task,
      dataset: name,
      cases: [...task.cases, ...(kept.get(id) ?? [])],
      built: { generated, struck, edited, kept: left },
    };
  });
}
