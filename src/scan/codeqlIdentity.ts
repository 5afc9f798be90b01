import { existsSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { SetupError } from "../error.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { canonicalJson, sha256 } from "../record/canonical.js";
import type { Study } from "../record/schema/study.js";
import { lastWords, runScanner } from "./runScanner.js";
import { type ScanFolder, withScanFolder } from "./scanFolder.js";
import type { ScannerIdentity } from "./scanner.js";

/** The suites of queries that a study may name. */
export type CodeqlSuite = Study["codeql"]["suite"];

/** How to get CodeQL, with the queries for Python. */
export const getCodeql =
  "take the CodeQL bundle from https://github.com/github/codeql-action/releases and put its `codeql` on PATH, or name it with --codeql-path";

/** A suite as CodeQL's command line names it. */
export function suiteName(suite: CodeqlSuite): string {
  return `codeql/python-queries:codeql-suites/python-${suite}.qls`;
}

/**
 * The environment in which CodeQL runs: a private home directory, so that no configuration of the user's counts, with the query packs
 * that the user downloaded (`~/.codeql`).
 */
export async function codeqlEnvironment({ env }: ScanFolder): Promise<Readonly<Record<string, string>>> {
  const packs = join(hostEnvironment()["HOME"] ?? "/nonexistent", ".codeql");
  if (existsSync(packs)) await symlink(packs, join(env.HOME, ".codeql"), "dir");
  return env;
}

const Version = z.object({ version: z.string() });
const Queries = z.array(z.string()).min(1);

/**
 * CodeQL's version, and the hash of the queries of a suite: their texts and their pack's version.
 *
 * @throws SetupError when CodeQL does not answer or has no queries for Python, with the command that gets them.
 */
export function codeqlIdentity(program: string, suite: CodeqlSuite): Promise<ScannerIdentity> {
  return withScanFolder("", [], async (folder) => {
    const env = await codeqlEnvironment(folder);
    const ask = async <T>(schema: z.ZodType<T>, args: readonly string[], remedy: string): Promise<T> => {
      const bounds = { env, cwd: folder.cwd, timeoutMs: 120_000, maxOutput: 16 * 1024 * 1024 };
      const run = await runScanner("CodeQL", [program, ...args], bounds);
      const command = `codeql ${args.join(" ")}`;
      if (run.kind === "broken") throw new SetupError(`CodeQL does not work: \`${command}\`: ${run.reason}`);
      try {
        if (run.result.exitCode === 0) return schema.parse(JSON.parse(run.result.stdout));
      } catch {
        // What is no answer is told below in the program's own words.
      }
      throw new SetupError(
        `\`${command}\` gave no answer (${lastWords(run.result.stderr, run.result.stdout)}): ${remedy}`,
      );
    };
    const { version } = await ask(Version, ["version", "--format=json"], getCodeql);
    const queries = await ask(
      Queries,
      ["resolve", "queries", "--format=json", suiteName(suite)],
      "get CodeQL's queries with `codeql pack download codeql/python-queries`, or install the CodeQL bundle",
    );
    const texts = queries.map(async (file) => sha256(await readFile(file, "utf8")));
    // The pack's version stands for the libraries that its queries use.
    const packs = queries.map((file) => /python-queries[\\/](\d[^\\/]*)[\\/]/.exec(file)?.[1] ?? "");
    const rules = { version, suite, packs: [...new Set(packs)].sort(), queries: (await Promise.all(texts)).sort() };
    return { version, rulesHash: sha256(canonicalJson(rules)) };
  });
}
