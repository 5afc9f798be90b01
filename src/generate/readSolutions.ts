import { z } from "zod";
import { InputError, reasonOf } from "../error.js";
import { bytesOf, textIn } from "../task/fileBytes.js";

/** One line of a file of samples. */
export interface Solution {
  readonly line: number;
  readonly taskId: string;
  readonly code: string;
}

const SolutionLine = z.object({ task_id: z.string().min(1), solution: z.string() });
const expected = 'expected one object a line: {"task_id": "…", "solution": "code"}';

/**
 * Reads a file of samples in the format of BigCodeBench and EvalPlus; fields other than `task_id` and `solution` are ignored.
 *
 * @throws InputError when it cannot be read, holds no sample, or at the first line that is none.
 */
export async function readSolutions(file: string): Promise<Solution[]> {
  const solutions = textIn(await bytesOf(file), file)
    .split("\n")
    .flatMap((text, at) => {
      if (text.trim() === "") return [];
      const place = `${file}:${at + 1}`;
      const parsed = SolutionLine.safeParse(jsonOf(text, place));
      if (!parsed.success) throw new InputError(`${place}: ${complaint(jsonOf(text, place))}; ${expected}`);
      return [{ line: at + 1, taskId: parsed.data.task_id, code: parsed.data.solution }];
    });
  if (solutions.length === 0) throw new InputError(`${file} holds no sample; ${expected}`);
  return solutions;
}

function jsonOf(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${place}: not JSON (${reasonOf(cause)}); ${expected}`, { cause });
  }
}

function complaint(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "not an object";
  const fields = value as Record<string, unknown>;
  const id = fields["task_id"];
  if (id === undefined || id === "") return "no task_id";
  if (typeof id !== "string")
    return `the task_id is ${JSON.stringify(id).slice(0, 60)}, and must be a text as in the data set, e.g. "BigCodeBench/1"`;
  if ("solution" in fields) return `the solution of ${id} is not a text`;
  return "completion" in fields
    ? `${id} has a completion but no solution; a completion (EvalPlus) goes on from its prompt and is no whole program: write ` +
        "prompt + completion as solution, or sanitise the file first"
    : `no solution for ${id}`;
}

/**
 * Whether a solution begins with a Markdown fence (three or more backticks or tildes), as a chat reply does that nobody took the code out of.
 * Taken as it is it does not parse as Python.
 */
export function isFenced(code: string): boolean {
  return /^\s*(```|~~~)/.test(code);
}

/**
 * The largest number of samples that a file of solutions has for one task: of lines, or 1 where the lines of each task are all alike.
 */
export function mostPerTask(solutions: readonly Solution[]): number {
  const codes = new Map<string, string[]>();
  for (const { taskId, code } of solutions) {
    const own = codes.get(taskId);
    if (own === undefined) codes.set(taskId, [code]);
    else own.push(code);
  }
  const all = [...codes.values()];
  return all.every((own) => new Set(own).size === 1) ? 1 : Math.max(1, ...all.map(({ length }) => length));
}
