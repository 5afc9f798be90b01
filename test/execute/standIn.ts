import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A program of this name and text in a folder of its own, which goes when the test ends. */
export async function standIn(name: string, text: string): Promise<{ path: string; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "safelab-stand-in-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  await writeFile(path, text);
  await chmod(path, 0o755);
  return { path, folder };
}

/** The text of an interpreter that begins as the harness does, and ends as a keeper does that something has killed. */
export const readyThenGone = (python: string) => `#!${python}
import os, sys
os.write(5, b'{"event": "ready"}\\n{"event": "started"}\\n')
os.kill(os.getpid(), 9)
`;
