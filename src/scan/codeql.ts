import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { reasonOf, SetupError } from "../error.js";
import { type BatchAnswer, bisectBatch } from "./bisectBatch.js";
import { withCanaries } from "./canaries.js";
import { codeqlEnvironment, codeqlIdentity, type CodeqlSuite, getCodeql, suiteName } from "./codeqlIdentity.js";
import { findTool, type Tool, type ToolRunOptions } from "./findTool.js";
import { lastWords, runScanner } from "./runScanner.js";
import { readSarif, type SarifAnswer } from "./sarifReport.js";
import type { ScanFolder } from "./scanFolder.js";
import { type FileScanOptions, type ScannedFile, type Scanner, scannedFileName } from "./scanner.js";

/** `timeoutMs` is for each of the two commands over a batch. */
export interface CodeqlOptions extends ToolRunOptions {
  /** The suite of queries; default: `security-extended`. */
  readonly suite?: CodeqlSuite;
}

const tool: Tool = {
  title: "CodeQL",
  program: "codeql",
  remedy: getCodeql,
};
const ramMib = 4096;

/** CodeQL: the user's own command line. A batch of files becomes one database; two control files go with each. */
export function codeqlScanner({ path, suite = "security-extended", ...options }: CodeqlOptions = {}): Scanner {
  const { timeoutMs = (files: number) => 900_000 + 5000 * files, controlTimeoutMs = 300_000 } = options;
  const threads = `--threads=${availableParallelism()}`;

  /** `files` is 0 for the controls alone. */
  const ask = async (folder: ScanFolder, files: number, signal?: AbortSignal): Promise<BatchAnswer | SarifAnswer> => {
    const program = await findTool(tool, path);
    const env = await codeqlEnvironment(folder);
    const [database, output] = [join(folder.out, "db"), join(folder.out, "results.sarif")];
    const source = `--source-root=${join(folder.cwd, folder.tree)}`;
    for (const args of [
      ["database", "create", database, "--language=python", source, "--overwrite", threads, `--ram=${ramMib}`],
      ["database", "analyze", database, suiteName(suite), "--format=sarif-latest", `--output=${output}`, threads],
    ]) {
      const run = await runScanner("CodeQL", [program, ...args], {
        ...{
          env,
          cwd: folder.cwd,
          maxOutput: 64 * 1024 * 1024,
          timeoutMs: files === 0 ? controlTimeoutMs : timeoutMs(files),
        },
        ...(signal === undefined ? {} : { signal }),
      });
      if (run.kind === "broken") return { kind: "broken", reason: `database ${args[1]}: ${run.reason}` };
      const { exitCode, stderr, stdout } = run.result;
      if (exitCode !== 0)
        return { kind: "broken", reason: `database ${args[1]}: exit ${exitCode}: ${lastWords(stderr, stdout)}` };
    }
    try {
      return readSarif(await readFile(output, "utf8"));
    } catch (error) {
      return { kind: "broken", reason: `no SARIF that counts (${reasonOf(error)})` };
    }
  };

  const attempt = (
    directory: string,
    hashes: readonly string[],
    { signal, comments }: FileScanOptions,
  ): Promise<BatchAnswer> => {
    const askAll = async (folder: ScanFolder, all: readonly string[]) => {
      const said = await ask(folder, hashes.length === 0 ? 0 : all.length, signal);
      return "kind" in said ? said : verdictsOf(said, all);
    };
    return withCanaries(directory, hashes, askAll, comments);
  };

  return {
    name: "codeql",
    timeoutMs: (files) => 2 * timeoutMs(files),
    identify: async () => codeqlIdentity(await findTool(tool, path), suite),
    scan(directory, hashes, options) {
      const scanControls = async () => {
        const answer = await attempt(directory, [], options);
        if (answer.kind === "broken")
          throw new SetupError(
            `CodeQL is at fault: on two small control files: ${answer.reason}; try \`codeql pack download codeql/python-queries\``,
          );
      };
      return bisectBatch(hashes, (part) => attempt(directory, part, options), scanControls);
    },
  };
}

/** The verdicts on the files of a batch: what CodeQL could not extract is unscannable, what it does not say to have extracted is not secure. */
function verdictsOf({ findings, failures, read }: SarifAnswer, hashes: readonly string[]): BatchAnswer {
  const asked = new Set(hashes.map(scannedFileName));
  const byName = new Map([...findings].map(([file, own]) => [basename(file), [...own]]));
  const stranger = [...byName.keys()].find((name) => !asked.has(name));
  if (stranger !== undefined)
    return { kind: "broken", reason: `the answer names a file that was not asked: ${stranger.slice(0, 100)}` };
  const unread = new Map([...failures].map(([file, words]) => [basename(file), words]));
  const readNames = new Set([...read].map((file) => basename(file)));
  const verdict = (name: string): ScannedFile => {
    const own = byName.get(name) ?? [];
    const words = unread.get(name);
    if (own.length > 0) return { status: "insecure", reason: "", findings: own };
    if (words !== undefined) return { status: "unscannable", reason: words, findings: [] };
    if (readNames.size > 0 && !readNames.has(name))
      return { status: "scanFailed", reason: "not among the files that CodeQL says it extracted", findings: [] };
    return { status: "secure", reason: "", findings: [] };
  };
  return { kind: "answered", files: new Map(hashes.map((hash) => [hash, verdict(scannedFileName(hash))])) };
}
