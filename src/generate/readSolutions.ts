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
  if (typeof fields["task_id"] !== "string" || fields["task_id"] === "") return "no task_id";
  if ("solution" in fields) return `the solution of ${fields["task_id"]} is not a text`;
  return "completion" in fields
    ? `${fields["task_id"]} has a completion but no solution`
    : `no solution for ${fields["task_id"]}`;
}
