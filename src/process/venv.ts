import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InterruptedError, SetupError } from "../error.js";
import { sha256 } from "../record/canonical.js";
import { type Extra, extras } from "./extras.js";
import { findPython } from "./findPython.js";
import { hostEnvironment } from "./hostEnvironment.js";
import { projectRoot } from "./projectRoot.js";
import { runProgram } from "./runProgram.js";

/** Folder of an extra's virtual environment; most share the project's `.venv`. */
export function venvFolder(extra: Extra = "base"): string {
  return join(projectRoot(), extras[extra].folder);
}

/** Absolute path of the interpreter of an extra's virtual environment, whether or not it exists. */
export function venvPython(extra: Extra = "base"): string {
  const folder = venvFolder(extra);
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

const requirements = (name: string) => join(projectRoot(), "src", "process", "requirements", name);
const marker = (extra: Extra) => join(venvFolder(extra), `safelab-${extra}.sha256`);

async function wanted(extra: Extra): Promise<string> {
  const texts = await Promise.all(extras[extra].files.map(({ name }) => readFile(requirements(name), "utf8")));
  return sha256(texts.join("\n"));
}

/** Whether an extra stands in its virtual environment exactly as pinned. */
export async function hasExtra(extra: Extra): Promise<boolean> {
  if (!existsSync(venvPython(extra)) || !existsSync(marker(extra))) return false;
  return (await readFile(marker(extra), "utf8")) === (await wanted(extra));
}

/**
 * The interpreter that has an extra's packages.
 *
 * @throws SetupError naming the command that installs it.
 */
export async function requireExtra(extra: Extra): Promise<{ python: string }> {
  if (!(await hasExtra(extra))) {
    const { holds, command, downloadMb } = extras[extra];
    throw new SetupError(`${holds} is not installed: run \`${command}\` (downloads about ${downloadMb} MB)`);
  }
  return { python: venvPython(extra) };
}

/** @throws InterruptedError when stopped; a Ctrl-C reaches pip itself as well. */
async function pip(extra: Extra, args: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  const what = extras[extra].holds;
  const result = await runProgram(venvPython(extra), ["-m", "pip", "--disable-pip-version-check", ...args], {
    env: hostEnvironment(),
    ...(signal === undefined ? {} : { signal }),
  });
  if (signal?.aborted) throw new InterruptedError(`installing ${what} was stopped; start again to go on`);
  if (result.exitCode !== 0) {
    const words = result.stderr.trim().split("\n").slice(-3).join(" ");
    throw new SetupError(
      `${what} could not be installed; pip says: ${words}. Check the network and the disk, and try again`,
    );
  }
}

/** Whether the environment is there with its pip: one whose making was cut off has none. */
async function venvStands(extra: Extra): Promise<boolean> {
  if (!existsSync(venvPython(extra))) return false;
  const { exitCode } = await runProgram(venvPython(extra), ["-m", "pip", "--version"], { env: hostEnvironment() });
  return exitCode === 0;
}

async function makeVenv(extra: Extra): Promise<void> {
  const folder = venvFolder(extra);
  const python = await findPython();
  const { leastMinor = 0, holds } = extras[extra];
  if (Number(/3\.(\d+)/.exec(python.version)?.[1]) < leastMinor)
    throw new SetupError(
      `${holds}: needs Python 3.${leastMinor} or newer, \`python3\` is ${python.version}; put a newer one first on PATH`,
    );
  await rm(folder, { recursive: true, force: true });
  const result = await runProgram(python.executable, ["-m", "venv", folder], { env: hostEnvironment() });
  if (result.exitCode !== 0) {
    await rm(folder, { recursive: true, force: true });
    throw new SetupError(
      `${python.version} cannot make a virtual environment: install its venv module ` +
        "(Debian, Ubuntu: `sudo apt-get install python3-venv`) and try again",
    );
  }
}

/**
 * Installs an extra unless it stands; `tell` hears what is downloaded, how much, before it starts.
 *
 * @throws SetupError when Python, its venv module or the network is missing.
 */
export async function installExtra(
  extra: Extra,
  tell: (sentence: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  if (await hasExtra(extra)) return;
  const { holds, folder, downloadMb, diskMb, files } = extras[extra];
  tell(`Installing ${holds} into ${folder} (downloads about ${downloadMb} MB, takes ${diskMb} MB on disk) …`);
  if (!(await venvStands(extra))) await makeVenv(extra);
  for (const { name, flags } of files) {
    await pip(extra, ["install", "--quiet", ...flags, "--requirement", requirements(name)], signal);
  }
  await mkdir(venvFolder(extra), { recursive: true });
  await writeFile(marker(extra), await wanted(extra));
}
