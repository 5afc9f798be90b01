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

/** The text of an interpreter that says the harness's `ready` and ends. */
export const readyThenGone = (python: string) => `#!${python}
import os, sys
request = sys.stdin.buffer.readline()
secret = sys.stdin.buffer.read()[int(request):].strip()
os.write(3, secret + b' {"event": "ready"}\\n')
sys.exit(1)
`;
