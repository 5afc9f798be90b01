import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { applyEdits, modify, type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { InputError, reasonOf } from "../error.js";
import { issueText } from "./issueText.js";
import { Study } from "./schema/study.js";
import { writeWhole } from "./writeWhole.js";

/** A run folder whose `run.json` was read and found valid. */
export interface RunFolder {
  /** Absolute path. */
  readonly path: string;
  readonly study: Study;
}

/** Reads the text of a `run.json`; comments and trailing commas are allowed. */
function parseStudy(text: string, file: string): Study {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split("\n").length;
    throw new InputError(`${file}:${line}: not JSON (${printParseErrorCode(first.error)})`);
  }
  const parsed = Study.safeParse(value);
  if (!parsed.success) throw new InputError(`${file}: ${issueText(parsed.error)}`);
  return parsed.data;
}

/**
 * Opens a run folder.
 *
 * @throws InputError when there is no `run.json` or it is not valid (line or field).
 */
export async function openRunFolder(path: string): Promise<RunFolder> {
  const folder = resolve(path);
  const file = join(folder, "run.json");
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if (!["ENOENT", "ENOTDIR"].includes((cause as NodeJS.ErrnoException).code ?? "")) {
      throw new InputError(`${file} cannot be read (${reasonOf(cause)}): give yourself the right to read it`, {
        cause,
      });
    }
    throw new InputError(`no run folder at ${folder}: make one with \`safelab study init ${path}\``, { cause });
  }
  return { path: folder, study: parseStudy(text, file) };
}

/**
 * Makes a run folder from the text of its `run.json`.
 *
 * @throws InputError when the text is not a study, the folder already holds a run, or it cannot be written.
 */
export async function createRunFolder(path: string, text: string): Promise<RunFolder> {
  const folder = resolve(path);
  const file = join(folder, "run.json");
  const study = parseStudy(text, file);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, text, { flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") {
      throw new InputError(`${file} exists already: choose another folder or edit it`, { cause });
    }
    throw new InputError(`the run folder ${folder} cannot be made (${reasonOf(cause)})`, { cause });
  }
  return { path: folder, study };
}

/** Changes one value of `run.json` in place; its comments and layout stay. Returns the folder as it is then. */
export async function editStudy(
  run: RunFolder,
  path: readonly (string | number)[],
  value: unknown,
): Promise<RunFolder> {
  const file = join(run.path, "run.json");
  const text = await readFile(file, "utf8");
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  const edited = applyEdits(text, modify(text, [...path], value, { formattingOptions }));
  const study = parseStudy(edited, file);
  await writeWhole(file, edited);
  return { path: run.path, study };
}
