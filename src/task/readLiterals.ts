import { join } from "node:path";
import { z } from "zod";
import { findPython } from "../process/findPython.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { projectRoot } from "../process/projectRoot.js";
import { runProgram } from "../process/runProgram.js";

const Failed = z.object({ error: z.string() });
const TestFile = z.union([z.object({ function: z.string(), cases: z.array(z.string()) }), Failed]);
const Answer = z.object({
  literals: z.array(z.union([z.object({ json: z.string() }), Failed])),
  tests: z.array(TestFile),
});

/** A test file of SecCodePLT+ as read, or why it cannot be. */
export type TestFile = z.infer<typeof TestFile>;
/** A literal's value, or why the text is none. */
export type Literal = { readonly value: unknown } | { readonly error: string };

/**
 * Reads Python literals and test files of SecCodePLT+ with Python's own parser; nothing of them is executed.
 *
 * @throws SetupError without Python.
 */
export async function readLiterals(
  literals: readonly string[],
  tests: readonly string[],
): Promise<{ literals: Literal[]; tests: TestFile[] }> {
  if (literals.length + tests.length === 0) return { literals: [], tests: [] };
  const { executable } = await findPython();
  const script = join(projectRoot(), "src", "task", "read_literals.py");
  const { exitCode, stdout, stderr, notStarted } = await runProgram(executable, ["-I", "-W", "ignore", script], {
    env: hostEnvironment(),
    input: JSON.stringify({ literals, tests }),
    timeoutMs: 120_000,
  });
  if (exitCode !== 0) throw new Error(`${executable} ${script} failed: ${notStarted || stderr.trim()}`);
  const answer = Answer.parse(JSON.parse(stdout));
  return {
    literals: answer.literals.map((each) => ("error" in each ? each : { value: JSON.parse(each.json) as unknown })),
    tests: answer.tests,
  };
}
