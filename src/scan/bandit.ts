import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SetupError } from "../error.js";
import { requireExtra } from "../process/venv.js";
import { sha256 } from "../record/canonical.js";
import { banditIdentity } from "./banditIdentity.js";
import { readBanditReport } from "./banditReport.js";
import { type BatchAnswer, bisectBatch } from "./bisectBatch.js";
import { runScanner } from "./runScanner.js";
import { withScanFolder } from "./scanFolder.js";
import { type Scanner, scannedFileName } from "./scanner.js";

export interface BanditOptions {
  /** Program and first arguments that run Bandit; default: the pinned Bandit of the project's `.venv`. */
  readonly command?: readonly [string, ...string[]];
  /** Milliseconds for one run over a batch of files. */
  readonly timeoutMs?: (files: number) => number;
  /** Milliseconds for a run over the two control files alone. */
  readonly controlTimeoutMs?: number;
}

/** Every finding is recorded, whatever its severity and confidence: thresholds apply when results are read. */
const flags = ["-q", "-r", "-f", "json", "--ignore-nosec"];
/** A 100,000-line file with a finding in each line prints 67 MB. */
const maxOutput = 256 * 1024 * 1024;

const insecureControl = "import os\nos.system(input())\n";
const secureControl = "total = 1 + 1\n";

/** Bandit (PyPI), pinned in the project's `.venv`; a batch of files takes one process. */
export function banditScanner(options: BanditOptions = {}): Scanner {
  const { command, timeoutMs = (files: number) => 180_000 + 500 * files, controlTimeoutMs = 60_000 } = options;
  const attempt = async (
    directory: string,
    hashes: readonly string[],
    signal: AbortSignal | undefined,
    limit = timeoutMs(hashes.length),
  ): Promise<BatchAnswer> => {
    const [file, ...first] = command ?? [(await requireExtra("base")).python, "-I", "-B", "-m", "bandit"];
    return withScanFolder(directory, hashes, async ({ cwd, tree, env }) => {
      const args = [...first, ...flags, `./${tree}`];
      const run = await runScanner("Bandit", [file, ...args], {
        ...{ env, cwd, maxOutput, timeoutMs: limit },
        ...(signal === undefined ? {} : { signal }),
      });
      return run.kind === "broken" ? run : readBanditReport(run.result, tree, hashes);
    });
  };

  /** Two files with known verdicts tell a scanner at fault from a file at fault. */
  const checkControls = async (signal: AbortSignal | undefined): Promise<void> => {
    const directory = await mkdtemp(join(tmpdir(), "safelab-control-"));
    try {
      const controls = [insecureControl, secureControl];
      for (const text of controls) await writeFile(join(directory, scannedFileName(sha256(text))), text);
      const answer = await attempt(directory, controls.map(sha256), signal, controlTimeoutMs);
      const verdicts =
        answer.kind === "broken"
          ? answer.reason
          : controls.map((text) => answer.files.get(sha256(text))?.status ?? "not named").join(", ");
      if (verdicts !== "insecure, secure") {
        throw new SetupError(
          `Bandit is at fault: of an insecure and a secure control file it says "${verdicts}"; ` +
            "delete the folder .venv and run `npx safelab setup`",
        );
      }
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  };

  return {
    name: "bandit",
    timeoutMs,
    async identify() {
      const { python } = await requireExtra("base");
      const identity = await banditIdentity(python, flags);
      await checkControls(undefined);
      return identity;
    },
    scan(directory, hashes, { signal }) {
      return bisectBatch(
        hashes,
        (part) => attempt(directory, part, signal),
        () => checkControls(signal),
      );
    },
  };
}
