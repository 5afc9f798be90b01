import { InputError } from "../error.js";
import { issueText } from "../record/issueText.js";
import { type Entry, readEntries } from "./readEntries.js";
import { readLiterals } from "./readLiterals.js";
import { SecCodePltLine } from "./secCodePlt.js";

const nested = ["task_description", "ground_truth", "unittest", "install_requires"];

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Opens the fields that are texts of JSON or of Python literals. */
async function opened(entries: readonly Entry[]): Promise<Record<string, unknown>[]> {
  const lines = entries.map(({ value, where }) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { ...(value as Record<string, unknown>) };
    throw new InputError(`${where}: expected a JSON object, one task of SecCodePLT`);
  });
  const texts = lines.flatMap((line, at) =>
    nested.flatMap((field) => {
      const text = line[field];
      if (typeof text !== "string") return [];
      const value = parsedJson(text);
      if (value === undefined) return [{ line, field, text, at }];
      line[field] = value;
      return [];
    }),
  );
  const { literals } = await readLiterals(
    texts.map(({ text }) => text),
    [],
  );
  for (const [index, { line, field, at }] of texts.entries()) {
    const read = literals[index];
    if (read === undefined || "error" in read)
      throw new InputError(
        `${entries[at]?.where ?? ""}: field "${field}": a text that is neither JSON nor a Python literal (${read?.error ?? "no answer"})`,
      );
    line[field] = read.value;
  }
  return lines;
}

/**
 * Reads the tasks of SecCodePLT in the publisher's format: JSON Lines or a JSON array, `.gz` too; nested objects as such, or as texts of
 * JSON or Python literals.
 *
 * @throws InputError naming the entry that is none, or an id that comes twice.
 */
export async function readSecCodePltLines(path: string): Promise<SecCodePltLine[]> {
  const entries = await readEntries(path, "the tasks of SecCodePLT");
  const seen = new Map<string, string>();
  const lines = (await opened(entries)).map((value, at) => {
    const where = entries[at]?.where ?? path;
    const parsed = SecCodePltLine.safeParse(value);
    if (!parsed.success) throw new InputError(`${where}: no task of SecCodePLT: ${issueText(parsed.error)}`);
    const earlier = seen.get(parsed.data.id);
    if (earlier !== undefined) throw new InputError(`${where}: id "${parsed.data.id}" stands at ${earlier} already`);
    seen.set(parsed.data.id, where);
    return parsed.data;
  });
  if (lines.length === 0) throw new InputError(`${path} holds no task of SecCodePLT`);
  return lines;
}
