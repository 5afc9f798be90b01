import { InputError } from "../error.js";
import { issueText } from "../record/issueText.js";
import { bytesOf, textIn } from "./fileBytes.js";
import { readSecCodePltLines } from "./readSecCodePltLines.js";
import { readSecCodePltTests } from "./readSecCodePltTests.js";
import { SecCodePltFixtures } from "./secCodePltFixtures.js";
import { secCodePltTask } from "./secCodePltTask.js";
import type { CasesTask } from "./task.js";

/** Where the publishers' files lie. */
export interface SecCodePltFiles {
  /** The tasks of SecCodePLT: JSON Lines or an array, `.gz` too. */
  readonly tasks: string;
  /** The tests of SecCodePLT+: a folder of task folders, or JSON Lines. */
  readonly tests: string;
  /** JSON with `directories` and `files`: what the tests expect to find on the machine. Without it nothing is laid out. */
  readonly fixtures?: string;
}

/** @throws InputError when the file does not hold fixtures. */
export async function readSecCodePltFixtures(path: string): Promise<SecCodePltFixtures> {
  let value: unknown;
  try {
    value = JSON.parse(textIn(await bytesOf(path), path));
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`${path}: not JSON; expected an object with directories and files`, { cause });
  }
  const parsed = SecCodePltFixtures.safeParse(value);
  if (!parsed.success) throw new InputError(`${path}: no fixtures: ${issueText(parsed.error)}`);
  return parsed.data;
}

/** The tasks of SecCodePLT+, and what of the publishers' files is none. */
export interface SecCodePltTasks {
  readonly tasks: readonly CasesTask[];
  /** Ids of the tasks of SecCodePLT for which there are no test cases. */
  readonly untested: readonly string[];
  /** Ids of the tests whose task is not in the file. */
  readonly strayTests: readonly string[];
}

/**
 * The tasks of SecCodePLT+ from the publishers' files, in the order of the file of tasks: those of SecCodePLT that have tests.
 *
 * @param dataset name that the tasks get
 * @throws InputError for a file that is malformed, and where no task has tests.
 */
export async function readSecCodePlt(files: SecCodePltFiles, dataset = "seccodeplt"): Promise<SecCodePltTasks> {
  const lines = await readSecCodePltLines(files.tasks);
  const tests = new Map((await readSecCodePltTests(files.tests)).map((each) => [each.id, each]));
  const fixtures =
    files.fixtures === undefined ? { directories: [], files: {} } : await readSecCodePltFixtures(files.fixtures);
  const tasks: CasesTask[] = [];
  const untested: string[] = [];
  for (const line of lines) {
    const own = tests.get(line.id);
    if (own === undefined || own.cases.length === 0) untested.push(line.id);
    else tasks.push(secCodePltTask(line, own, { dataset, fixtures }));
  }
  if (tasks.length === 0)
    throw new InputError(`no task of ${files.tasks} has tests in ${files.tests}: are these files of one data set?`);
  const ids = new Set(lines.map(({ id }) => id));
  return { tasks, untested, strayTests: [...tests.keys()].filter((id) => !ids.has(id)) };
}
