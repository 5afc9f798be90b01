import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InputError, reasonOf } from "../error.js";
import { projectRoot } from "../process/projectRoot.js";
import { issueText } from "../record/issueText.js";
import { readPublished } from "../record/readPublished.js";
import type { PublishedNumber } from "../record/schema/publishedNumber.js";
import { PublishedRelation } from "../record/schema/publishedRelation.js";

/** The published numbers, and what the publication says of them. */
export interface OpenPaper {
  readonly numbers: PublishedNumber[];
  readonly relations: PublishedRelation[];
}

/**
 * Opens a folder of published numbers: the paper's, or your own of the same form (`*.csv` and `relations.json`).
 *
 * @throws InputError naming file and line or field of what is not as it should be.
 */
export async function openPaper(folder: string = join(projectRoot(), "data", "paper")): Promise<OpenPaper> {
  const numbers = await readPublished(folder);
  const file = join(folder, "relations.json");
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new InputError(`${file} cannot be read (${reasonOf(cause)}); it says how the numbers hang together`, {
      cause,
    });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${file} is not JSON (${reasonOf(cause)})`, { cause });
  }
  const parsed = z.array(PublishedRelation).safeParse(value);
  if (!parsed.success) throw new InputError(`${file}: ${issueText(parsed.error)}`);
  return { numbers, relations: parsed.data };
}
