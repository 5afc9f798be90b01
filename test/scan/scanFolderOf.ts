import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { sha256 } from "../../src/record/canonical.js";

/** A temporary folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "safelab-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes texts as `<hash>.py` and gives the folder and the hashes in order. */
export async function scanFolderOf(
  texts: readonly (string | Uint8Array)[],
): Promise<{ directory: string; hashes: string[] }> {
  const directory = await temporaryFolder();
  const hashes: string[] = [];
  for (const [index, text] of texts.entries()) {
    const hash = sha256(typeof text === "string" ? text : `bytes ${index}`);
    hashes.push(hash);
    await writeFile(join(directory, `${hash}.py`), text);
  }
  return { directory, hashes };
}
