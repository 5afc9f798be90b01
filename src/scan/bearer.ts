import { readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reasonOf, SetupError } from "../error.js";
import { canonicalJson, sha256 } from "../record/canonical.js";
import { type BearerAnswer, readBearerReport } from "./bearerReport.js";
import { findBearerRules } from "./bearerRules.js";
import { bearerVerdicts } from "./bearerVerdicts.js";
import { bisectBatch } from "./bisectBatch.js";
import { withCanaries } from "./canaries.js";
import { findTool, type Tool, type ToolRunOptions } from "./findTool.js";
import { lastWords, runScanner } from "./runScanner.js";
import type { ScanFolder } from "./scanFolder.js";
import { type FileScanOptions, type Scanner, scannedFileName } from "./scanner.js";

export interface BearerOptions extends ToolRunOptions {
  /** A copy of Bearer's rules; default: `data/external/bearer-rules`. */
  readonly rules?: string;
}

const tool: Tool = {
  title: "Bearer",
  program: "bearer",
  remedy:
    "take the binary of your system from https://github.com/Bearer/bearer/releases and put it on PATH, or name it with --bearer-path",
};

/** No network, no rules but ours, every finding, no configuration file. */
const flags = [
  ...["--disable-default-rules", "--disable-version-check", "-f", "jsonv2", "--quiet", "--force"],
  ...["--hide-progress-bar", "--exit-code", "0", "--no-extract", "--config-file", "/dev/null"],
];
const maxOutput = 256 * 1024 * 1024;

/** What a run of Bearer said, or why it said nothing that counts. */
type Said = { readonly kind: "broken"; readonly reason: string } | ({ readonly kind: "report" } & BearerAnswer);

/**
 * Bearer: the user's own binary with a copy of its rules; a batch of files takes one process. Two control files go with each
 * batch. Comments that ask Bearer for silence are unmade in the scanned copy.
 */
export function bearerScanner(options: BearerOptions = {}): Scanner {
  const { timeoutMs = (files: number) => 180_000 + 8000 * files, controlTimeoutMs = 60_000 } = options;

  /** `files` is 0 for the controls alone. */
  const ask = async ({ cwd, tree, out, env }: ScanFolder, files: number, signal?: AbortSignal): Promise<Said> => {
    const program = await findTool(tool, options.path);
    const { folder } = await findBearerRules(options.rules);
    const output = join(out, "report.json");
    const run = await runScanner(
      "Bearer",
      [program, "scan", `./${tree}`, ...flags, "--external-rule-dir", folder, "--output", output],
      {
        env,
        cwd,
        maxOutput,
        timeoutMs: files === 0 ? controlTimeoutMs : timeoutMs(files),
        ...(signal === undefined ? {} : { signal }),
      },
    );
    if (run.kind === "broken") return run;
    const { exitCode, stderr, stdout } = run.result;
    // With `--exit-code 0` findings are no failure, so that every other end is one.
    if (exitCode !== 0) return { kind: "broken", reason: `exit ${exitCode}: ${lastWords(stderr, stdout)}` };
    try {
      return { kind: "report", ...readBearerReport(await readFile(output, "utf8")) };
    } catch (error) {
      return { kind: "broken", reason: `exit 0 without an answer (${reasonOf(error)}): ${lastWords(stderr, stdout)}` };
    }
  };

  const attempt = (directory: string, hashes: readonly string[], { signal, comments }: FileScanOptions) => {
    const askAll = async (folder: ScanFolder, all: readonly string[]) => {
      const path = join(folder.cwd, folder.tree);
      const sizes = all.map(async (hash) => [hash, (await stat(join(path, scannedFileName(hash)))).size] as const);
      const said = await ask(folder, hashes.length === 0 ? 0 : all.length, signal);
      if (said.kind === "broken") return said;
      const verdicts = bearerVerdicts(said, new Map(await Promise.all(sizes)));
      return verdicts.kind === "broken" ? verdicts : { ...verdicts, version: said.version };
    };
    return withCanaries(directory, hashes, askAll, comments);
  };

  /** Scans the controls alone, which tells a scanner at fault from a file at fault. */
  const scanControls = async (signal?: AbortSignal): Promise<string> => {
    const answer = await attempt(tmpdir(), [], signal === undefined ? {} : { signal });
    if (answer.kind === "answered") return answer.version;
    const { folder } = await findBearerRules(options.rules);
    throw new SetupError(
      `Bearer is at fault: on two small control files: ${answer.reason}; see that the program works and that ${folder} holds its rules for Python`,
    );
  };

  return {
    name: "bearer",
    timeoutMs,
    async identify() {
      await findTool(tool, options.path);
      const { hash } = await findBearerRules(options.rules);
      // `bearer version` asks the network; its reports say the version as well.
      const version = await scanControls();
      return { version, rulesHash: sha256(canonicalJson({ version, rules: hash, flags })) };
    },
    scan(directory, hashes, options) {
      return bisectBatch(
        hashes,
        (part) => attempt(directory, part, options),
        async () => void (await scanControls(options.signal)),
      );
    },
  };
}
