import { textIn, bytesOf } from "./fileBytes.js";
import { InputError } from "../error.js";
import { z } from "zod";
import { readSecCodePltLines } from "./readSecCodePltLines.js";
import { readSecCodePltTests } from "./readSecCodePltTests.js";
import type { SecCodePltFiles } from "./readSecCodePlt.js";
import { secCodePltCode } from "./secCodePlt.js";
import type { Task } from "./task.js";

/** What of a task its health is judged by, whatever its data set. */
export interface HealthSubject {
  readonly id: string;
  /** The versions of its code, the reference first. */
  readonly codes: readonly string[];
  /** The function that its tests call; `undefined` where it has no tests. */
  readonly entryPoint: string | undefined;
  /** Other names of this function: in the description, in a list of names. */
  readonly otherNames: readonly string[];
  readonly cases: readonly string[];
  /** Text of its tests. */
  readonly tests: string;
}

/** The subjects of tasks in safelab's own records, and of BigCodeBench. */
export function subjectsOfTasks(tasks: readonly Task[]): HealthSubject[] {
  return tasks.map((task) => ({
    ...{ id: task.id, codes: [task.reference], entryPoint: task.entryPoint, otherNames: [] },
    cases: task.style === "cases" ? task.cases : [],
    tests: task.style === "cases" ? task.cases.join("\n") : task.test,
  }));
}

const Names = z.record(z.string(), z.string());

async function namesIn(path: string): Promise<Readonly<Record<string, string>>> {
  try {
    return Names.parse(JSON.parse(textIn(await bytesOf(path), path)));
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`${path}: expected a JSON object from task id to function name`, { cause });
  }
}

/**
 * The subjects of SecCodePLT, those without tests of SecCodePLT+ too.
 *
 * @param names the publisher's list of function names, if at hand
 * @throws InputError when a file is absent or malformed.
 */
export async function subjectsOfSecCodePlt(files: SecCodePltFiles, names?: string): Promise<HealthSubject[]> {
  const lines = await readSecCodePltLines(files.tasks);
  const tests = new Map((await readSecCodePltTests(files.tests)).map((each) => [each.id, each]));
  const listed = names === undefined ? {} : await namesIn(names);
  return lines.map((line) => {
    const own = tests.get(line.id);
    const told = listed[line.id];
    return {
      id: line.id,
      codes: [secCodePltCode(line, "patched"), secCodePltCode(line, "vulnerable")],
      entryPoint: own?.entryPoint,
      otherNames: [line.task_description.function_name, ...(told === undefined ? [] : [told])],
      cases: own?.cases ?? [],
      tests: own?.cases.join("\n") ?? "",
    };
  });
}
