import { join } from "node:path";
import { z } from "zod";
import { findPython } from "../../src/process/findPython.js";
import { hostEnvironment } from "../../src/process/hostEnvironment.js";
import { runProgram } from "../../src/process/runProgram.js";
import type { Task } from "../../src/task/task.js";

const Answers = z.array(
  z.union([
    z.object({ names: z.array(z.string()), failures: z.array(z.string()) }),
    z.object({ results: z.array(z.string()) }),
  ]),
);

/** Runs trusted code against tasks with the machine's own Python, outside any sandbox. */
export async function runTasks(jobs: readonly { task: Task; code: string }[]): Promise<z.infer<typeof Answers>> {
  const { executable } = await findPython();
  const { exitCode, stdout, stderr } = await runProgram(executable, [join(import.meta.dirname, "runTasks.py")], {
    env: hostEnvironment(),
    input: JSON.stringify(jobs),
    timeoutMs: 60_000,
  });
  if (exitCode !== 0) throw new Error(stderr);
  return Answers.parse(JSON.parse(stdout));
}
