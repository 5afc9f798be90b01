import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { SetupError } from "../error.js";
import { hostEnvironment } from "../process/hostEnvironment.js";

/** A program that the user installs, and what to tell a user who has not. */
export interface Tool {
  /** Its name as people write it, e.g. `CodeQL`. */
  readonly title: string;
  /** Its name on PATH, e.g. `codeql`. */
  readonly program: string;
  /** How to get it. */
  readonly remedy: string;
}

/** Where a scanner that the user installed is, and how long it may take. */
export interface ToolRunOptions {
  /** The program; default: its name on PATH. */
  readonly path?: string;
  /** Milliseconds for one run over a batch of files. */
  readonly timeoutMs?: (files: number) => number;
  /** Milliseconds for a run over the two control files alone: a scanner that is silent on these is at fault. */
  readonly controlTimeoutMs?: number;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/**
 * The absolute path of a program that the user installed: the one given, or the first of its name on PATH.
 *
 * @throws SetupError when there is none, with how to get it.
 */
export async function findTool({ title, program, remedy }: Tool, given?: string): Promise<string> {
  if (given !== undefined) {
    const file = resolve(given);
    if (await isProgram(file)) return file;
    throw new SetupError(`${title}: "${given}" is no program that can be run; give the path of \`${program}\` itself`);
  }
  for (const folder of (hostEnvironment()["PATH"] ?? "").split(delimiter)) {
    if (folder === "") continue;
    const file = resolve(join(folder, program));
    if (await isProgram(file)) return file;
  }
  throw new SetupError(`${title} is not installed (no \`${program}\` on PATH): ${remedy}`);
}
