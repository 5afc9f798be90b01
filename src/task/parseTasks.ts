import type { z } from "zod";
import { InputError } from "../error.js";
import { issueText } from "../record/issueText.js";
import { BigCodeBenchLine, bigCodeBenchTask } from "./bigCodeBench.js";
import { Task } from "./task.js";
import { wrongLine } from "./wrongLine.js";

/** How a line of a data set is read: safelab's own records, unless the publisher's format is known by name. */
const readers: Readonly<Record<string, (line: unknown, name: string, where: string) => Task>> = {
  bigcodebench: (line, _name, where) =>
    bigCodeBenchTask(checked(BigCodeBenchLine, line, { name: "bigcodebench", where })),
};

function ownRecord(line: unknown, name: string, where: string): Task {
  const task = checked(Task, line, { name, where });
  if (task.dataset !== name)
    throw new InputError(`${where}: field "dataset": expected "${name}", found "${task.dataset}"`);
  return task;
}

function checked<T>(schema: z.ZodType<T>, line: unknown, { name, where }: { name: string; where: string }): T {
  const result = schema.safeParse(line);
  if (result.success) return result.data;
  throw new InputError(`${where}: ${wrongLine(line, name) ?? issueText(result.error)}`, { cause: result.error });
}

function parsedJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new InputError(`${where}: expected a JSON object, found text that is not JSON`, { cause });
  }
}

/**
 * The tasks of a data set's text, one JSON object a line; empty lines are skipped. `path` stands in error messages only.
 *
 * @throws InputError with file, line and field where a line is malformed, an id comes twice, or there is no task.
 */
export function parseTasks(text: string, name: string, path: string): Task[] {
  const read = Object.hasOwn(readers, name) ? (readers[name] ?? ownRecord) : ownRecord;
  const lineOf = new Map<string, number>();
  const tasks: Task[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (line.trim() === "") continue;
    const where = `${path}:${index + 1}`;
    const task = read(parsedJson(line, where), name, where);
    const earlier = lineOf.get(task.id);
    if (earlier !== undefined)
      throw new InputError(`${where}: field "id": "${task.id}" stands in line ${earlier} already`);
    lineOf.set(task.id, index + 1);
    tasks.push(task);
  }
  if (tasks.length === 0) throw new InputError(`${path}: holds no task; expected one JSON object a line`);
  return tasks;
}
