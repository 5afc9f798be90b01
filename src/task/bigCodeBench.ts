import { z } from "zod";
import type { UnittestTask } from "./task.js";

/** A Python list of strings as its `repr` writes it; BigCodeBench stores `libs` so. */
const stringList = /^\[(?:'[^'\\]*'(?:, '[^'\\]*')*)?\]$/;

/** The fields of a BigCodeBench line that safelab reads, in the publisher's format. */
export const BigCodeBenchLine = z.object({
  task_id: z.string().min(1),
  complete_prompt: z.string(),
  instruct_prompt: z.string(),
  code_prompt: z.string(),
  canonical_solution: z.string(),
  test: z.string(),
  entry_point: z.string().min(1),
  libs: z.string().regex(stringList, "expected a Python list of strings, like \"['os', 'csv']\""),
});
export type BigCodeBenchLine = z.infer<typeof BigCodeBenchLine>;

/**
 * A BigCodeBench line as a task. The reference is the code prompt followed by the canonical solution;
 * BigCodeBench labels no CWE.
 */
export function bigCodeBenchTask(line: BigCodeBenchLine): UnittestTask {
  return {
    schemaVersion: 1,
    style: "unittest",
    dataset: "bigcodebench",
    id: line.task_id,
    cwe: [],
    prompts: { nl: line.instruct_prompt, ct: line.complete_prompt },
    entryPoint: line.entry_point,
    reference: line.code_prompt + line.canonical_solution,
    libs: [...line.libs.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? ""),
    codePrompt: line.code_prompt,
    test: line.test,
  };
}
