import { randomUUID } from "node:crypto";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { scannedFileName } from "./scanner.js";

/** A private place for one run of a scanner, with nothing in it but the files to scan. */
export interface ScanFolder {
  /** Working directory of the scanner; it holds only the folder `tree`. */
  readonly cwd: string;
  /** Name of the folder with the files, relative to `cwd`; it cannot be guessed by the scanned code. */
  readonly tree: string;
  /** An environment whose home and temporary directory are empty and private. */
  readonly env: Readonly<Record<string, string>>;
}

/** Copies some files of a folder into a fresh private place, lets `use` work there, and removes it afterwards. */
export async function withScanFolder<T>(
  directory: string,
  hashes: readonly string[],
  use: (folder: ScanFolder) => Promise<T>,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), "safelab-scan-"));
  try {
    // Hexadecimal digits alone: no scanner's ignore list (`.git`, `CVS`, `tests`) can match a relative path of them.
    const tree = randomUUID().replaceAll("-", "");
    const [cwd, home, temporary] = [join(root, "cwd"), join(root, "home"), join(root, "tmp")];
    await Promise.all([join(cwd, tree), home, temporary].map((path) => mkdir(path, { recursive: true })));
    for (const hash of hashes) {
      await copyFile(join(directory, scannedFileName(hash)), join(cwd, tree, scannedFileName(hash)));
    }
    const env = { ...hostEnvironment(), LC_ALL: "C.UTF-8", HOME: home, TMPDIR: temporary };
    return await use({ cwd, tree, env });
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  }
}
