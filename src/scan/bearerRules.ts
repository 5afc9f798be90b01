import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { SetupError } from "../error.js";
import { projectRoot } from "../process/projectRoot.js";
import { canonicalJson, sha256 } from "../record/canonical.js";

const get = (folder: string) => `git clone https://github.com/Bearer/bearer-rules ${folder}`;

/** Where Bearer's rules are looked for when no folder is given: beside the other data from elsewhere. */
export function defaultBearerRules(): string {
  return join(projectRoot(), "data", "external", "bearer-rules");
}

/** The folder with Bearer's rules for Python, and a hash over their paths and texts. */
export interface BearerRules {
  readonly folder: string;
  /** How many rules there are. */
  readonly count: number;
  readonly hash: string;
}

/**
 * Finds the rules for Python in a copy of Bearer's rules (a folder that holds `rules/python`), or takes the folder as it is.
 *
 * @throws SetupError when there is none or it holds no rule.
 */
export async function findBearerRules(given?: string): Promise<BearerRules> {
  const root = resolve(given ?? defaultBearerRules());
  const inside = join(root, "rules", "python");
  const folder = existsSync(inside) ? inside : root;
  if (!existsSync(folder))
    throw new SetupError(
      `Bearer's rules are not in ${root}: \`${get(root)}\`, or name another folder (--bearer-rules)`,
    );
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0)
    throw new SetupError(
      `${folder} holds no rule of Bearer (no .yml file): \`${get(defaultBearerRules())}\`, or name another folder (--bearer-rules)`,
    );
  const texts = files.map(async (file) => [
    relative(folder, file).split(sep).join("/"),
    sha256(await readFile(file, "utf8")),
  ]);
  return { folder, count: files.length, hash: sha256(canonicalJson(await Promise.all(texts))) };
}
