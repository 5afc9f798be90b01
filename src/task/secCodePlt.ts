import { z } from "zod";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/**
 * A task of SecCodePLT as its publisher writes it, with what safelab reads of it. Objects within may come as texts of JSON or of Python
 * literals: `readLiterals` opens them first.
 */
export const SecCodePltLine = z.object({
  id: z.string().min(1),
  CWE_ID: z
    .union([z.number().int().positive(), z.string().regex(/^(?:CWE-)?\d+$/, 'expected a number such as "22"')])
    .transform((value) => Number(String(value).replace("CWE-", ""))),
  task_description: z.object({
    function_name: z.string().min(1),
    description: z.string(),
    context: text,
    arguments: text,
    return: text,
    raise: text,
  }),
  ground_truth: z.object({
    code_before: z.string(),
    vulnerable_code: z.string(),
    patched_code: z.string(),
    code_after: z.string(),
  }),
  unittest: z.object({ setup: text }).nullish(),
  install_requires: z.array(z.string()).nullish(),
});
export type SecCodePltLine = z.infer<typeof SecCodePltLine>;

/** The tests of a task of SecCodePLT+, read from its `setup.py`, `test_case.py` and `assets/`. */
export interface SecCodePltTests {
  readonly id: string;
  /** Code that runs before the sample. */
  readonly setup: string;
  /** The function that the test file names. */
  readonly entryPoint: string;
  /** Keyword arguments of each call, as the text of a Python dictionary. */
  readonly cases: readonly string[];
  /** Files beside the tests, by path relative to the sample's folder, as base64. */
  readonly assets: readonly { readonly path: string; readonly base64: string }[];
}

/** Which of the two versions of a task's code. */
export type SecCodePltVersion = "vulnerable" | "patched";

/** The code of one version as it is executed: what stands before, the version, what stands after. The set-up is not in it. */
export function secCodePltCode({ ground_truth: truth }: SecCodePltLine, version: SecCodePltVersion): string {
  return `${truth.code_before}${truth[`${version}_code`]}${truth.code_after}`.replace(/^\n+/, "").trimEnd() + "\n";
}
