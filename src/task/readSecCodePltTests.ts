import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";
import { InputError } from "../error.js";
import { issueText } from "../record/issueText.js";
import { bytesOf, textIn } from "./fileBytes.js";
import { readEntries } from "./readEntries.js";
import { readLiterals } from "./readLiterals.js";
import type { SecCodePltTests } from "./secCodePlt.js";

/** The texts of a task's tests, before Python has read them. */
interface TestText {
  readonly id: string;
  readonly where: string;
  readonly setup: string;
  readonly test: string;
  readonly assets: SecCodePltTests["assets"];
}

const Line = z.object({ id: z.string().min(1), setup: z.string().nullish(), test_case: z.string() });

async function linesOf(path: string): Promise<TestText[]> {
  const entries = await readEntries(path, "tests of SecCodePLT+: id, setup and test_case of each task");
  return entries.map(({ value, where }) => {
    const parsed = Line.safeParse(value);
    if (!parsed.success) throw new InputError(`${where}: no tests of SecCodePLT+: ${issueText(parsed.error)}`);
    const { id, setup, test_case: test } = parsed.data;
    return { id, where, setup: setup ?? "", test, assets: [] };
  });
}

async function assetsOf(folder: string): Promise<SecCodePltTests["assets"]> {
  const entries = await readdir(join(folder, "assets"), { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.sort().map(async (file) => ({
      path: relative(folder, file).split(sep).join("/"),
      base64: (await readFile(file)).toString("base64"),
    })),
  );
}

async function foldersOf(path: string): Promise<TestText[]> {
  const names = (await readdir(path, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const texts: TestText[] = [];
  for (const { name: id } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const folder = join(path, id);
    const where = join(folder, "test_case.py");
    const setup = await readFile(join(folder, "setup.py"), "utf8").catch(() => "");
    texts.push({ id, where, setup, test: textIn(await bytesOf(where), where), assets: await assetsOf(folder) });
  }
  return texts;
}

/**
 * Reads the tests of SecCodePLT+: the folder that holds one folder a task (`setup.py`, `test_case.py`, perhaps `assets/`), or a file of
 * JSON Lines with `id`, `setup` and `test_case`, `.gz` too. The test files are read, not run.
 *
 * @throws InputError at the first test file that does not say which function is called with which arguments.
 */
export async function readSecCodePltTests(path: string): Promise<SecCodePltTests[]> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const texts = await (isFolder ? foldersOf(path) : linesOf(path));
  if (texts.length === 0)
    throw new InputError(`${path} holds no tests: expected a folder for each task with test_case.py`);
  const { tests } = await readLiterals(
    [],
    texts.map(({ test }) => test),
  );
  return texts.map(({ id, where, setup, assets }, index) => {
    const read = tests[index];
    if (read === undefined || "error" in read)
      throw new InputError(
        `${where}: the tests of ${id} do not give \`function\` and \`test_cases\` as plain Python (${read?.error ?? "no answer"})`,
      );
    return { id, setup, entryPoint: read.function, cases: read.cases, assets };
  });
}
