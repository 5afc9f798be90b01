import { z } from "zod";
import { InputError } from "../../error.js";
import { issueText } from "../../record/issueText.js";
import { readEntries } from "../../task/readEntries.js";

/** A task of SecCodePLT with its two versions, as its publisher writes it. */
export const ReferenceTask = z.object({
  id: z.string().min(1),
  CWE_ID: z.union([z.string().regex(/^\d+$/), z.number().int()]).transform(Number),
  ground_truth: z.object({
    code_before: z.string(),
    vulnerable_code: z.string(),
    patched_code: z.string(),
    code_after: z.string(),
  }),
  unittest: z.object({ setup: z.string().nullish() }).nullish(),
});
export type ReferenceTask = z.infer<typeof ReferenceTask>;

/** The two versions of a task's code. */
export const versions = ["vulnerable", "patched"] as const;
export type Version = (typeof versions)[number];

/** The code of one version as it is scanned: set-up, what stands before, the version, what stands after; `between` parts the last three. */
export function referenceCode(
  { ground_truth: truth, unittest }: ReferenceTask,
  version: Version,
  between = "",
): string {
  const code = [truth.code_before, truth[`${version}_code`], truth.code_after].join(between);
  return `${unittest?.setup ?? ""}\n${code}\n`;
}

/**
 * Reads the tasks of SecCodePLT with vulnerable and patched code: JSON Lines or a JSON array, .gz too.
 *
 * @throws InputError at the first entry that is none.
 */
export async function readReferenceTasks(path: string): Promise<ReferenceTask[]> {
  const entries = await readEntries(path, "the tasks of SecCodePLT with their ground truth");
  const tasks = entries.map(({ value, where }) => {
    const parsed = ReferenceTask.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new InputError(`${where}: no task of SecCodePLT with its ground truth: ${issueText(parsed.error)}`);
  });
  if (tasks.length === 0) throw new InputError(`${path} holds no task`);
  return tasks;
}
