import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../error.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { projectRoot } from "../process/projectRoot.js";
import { runProgram } from "../process/runProgram.js";
import type { Task, UnittestTask } from "./task.js";

const Answers = z.array(z.union([z.object({ names: z.array(z.string()) }), z.object({ error: z.string() })]));

async function unittestNames(tasks: readonly UnittestTask[], python: string): Promise<(readonly string[])[]> {
  if (tasks.length === 0) return [];
  const script = join(projectRoot(), "src", "task", "test_names.py");
  const { exitCode, stdout, stderr, notStarted } = await runProgram(python, ["-I", "-W", "ignore", script], {
    env: hostEnvironment(),
    input: JSON.stringify(tasks.map((task) => task.test)),
    timeoutMs: 120_000,
  });
  if (exitCode !== 0) throw new Error(`${python} ${script} failed: ${notStarted || stderr.trim()}`);
  const answers = Answers.parse(JSON.parse(stdout));
  return tasks.map((task, index) => {
    const answer = answers[index];
    if (answer === undefined || "error" in answer) {
      throw new InputError(`task ${task.dataset} ${task.id}: ${answer?.error ?? "no answer"}`);
    }
    return answer.names;
  });
}

/**
 * The names of every task's test cases by task id, known before anything runs: for unittest tasks the methods of
 * `TestCases` that unittest's loader would collect, in its order, inherited ones within the file included (bases from
 * libraries are taken to bring none); for cases tasks `case 1`, `case 2`, ….
 *
 * @param tasks tasks of one data set: their ids must differ.
 * @param python interpreter whose parser reads the tests; they are not executed.
 * @throws InputError where a test does not parse or has no test method.
 */
export async function testNames(
  tasks: readonly Task[],
  python: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (new Set(tasks.map((task) => task.id)).size < tasks.length) throw new Error("testNames: two tasks share an id");
  const unittest = tasks.filter((task) => task.style === "unittest");
  const names = await unittestNames(unittest, python);
  const byId = new Map(unittest.map((task, index) => [task.id, names[index] ?? []] as const));
  return new Map(
    tasks.map((task) => [
      task.id,
      task.style === "cases" ? task.cases.map((_, index) => `case ${index + 1}`) : (byId.get(task.id) ?? []),
    ]),
  );
}
