import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { scannedFileName } from "./scanner.js";

type Four = [string, string, string, string];

/** A private place for one run of a scanner, with nothing in it but the files to scan. */
export interface ScanFolder {
  /** Working directory of the scanner; it holds only the folder `tree`. */
  readonly cwd: string;
  /** Name of the folder with the files, relative to `cwd`; it cannot be guessed by the scanned code. */
  readonly tree: string;
  /** Path of an empty folder outside `cwd`, for what the scanner writes. */
  readonly out: string;
  /** An environment whose home and temporary directory are empty and private, and in which no Git repository is found. */
  readonly env: Readonly<Record<string, string>> & { readonly HOME: string };
}

/**
 * Copies some files of a folder into a fresh private place, lets `use` work there, and removes it afterwards.
 *
 * @param edit changes each text on its way, without moving a line; it gets the text's hash too
 */
export async function withScanFolder<T>(
  directory: string,
  hashes: readonly string[],
  use: (folder: ScanFolder) => Promise<T>,
  edit: (text: string, hash: string) => string = (text) => text,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), "safelab-scan-"));
  try {
    // Hexadecimal digits alone: no scanner's ignore list (`.git`, `CVS`, `tests`) can match a relative path of them.
    const tree = randomUUID().replaceAll("-", "");
    const [cwd, home, temporary, out] = ["cwd", "home", "tmp", "out"].map((name) => join(root, name)) as Four;
    await Promise.all([join(cwd, tree), home, temporary, out].map((path) => mkdir(path, { recursive: true })));
    for (const hash of hashes) {
      const bytes = await readFile(join(directory, scannedFileName(hash)));
      // Bytes that are no UTF-8 text stay as they are.
      const text = bytes.toString("utf8");
      const edited = edit(text, hash);
      await writeFile(join(cwd, tree, scannedFileName(hash)), edited === text ? bytes : edited);
    }
    const env = {
      ...hostEnvironment(),
      LC_ALL: "C.UTF-8",
      ...{ HOME: home, TMPDIR: temporary },
      // A scanner that asks Git for the files would find none of these where the temporary directory lies in a checkout.
      GIT_CEILING_DIRECTORIES: root,
    };
    return await use({ cwd, tree, out, env });
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  }
}
