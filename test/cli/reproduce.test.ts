import { chmod, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findPython } from "../../src/process/findPython.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { newFolder, safelab } from "./safelab.js";

/** A PATH on which there is Python and nothing else: no bubblewrap. */
async function pathWithoutBubblewrap(): Promise<string> {
  const folder = await newFolder();
  const python = join(folder, "python3");
  await writeFile(python, `#!/bin/sh\nexec ${(await findPython()).executable} "$@"\n`);
  await chmod(python, 0o755);
  return folder;
}

test(
  "without isolation the recorded verdicts are shown, marked so, with the way to isolation, and it ends with 0",
  {
    timeout: 300_000,
  },
  async () => {
    const out = await newFolder();
    const own = join(out, "run");
    await mkdir(own);
    await writeFile(join(own, "run.json"), "a user's own");
    const result = await safelab(["reproduce", "--out", out], { PATH: await pathWithoutBubblewrap() });
    expect(result.stderr).not.toMatch(/error:/);
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(/recorded, not re-executed: .*apt-get install bubblewrap/);
    expect(await readFile(join(out, "index.html"), "utf8")).toContain("recorded, not re-executed");
    expect(await readFile(join(out, "notebooks", "rq2.html"), "utf8")).toContain("recorded, not re-executed");
    expect(await readFile(join(own, "run.json"), "utf8")).toBe("a user's own");
  },
);

test("a run of one's own is evaluated where it lies and its outputs go elsewhere", async () => {
  const run = join(await newFolder(), "mine");
  await cp(join(projectRoot(), "data", "demo"), run, { recursive: true });
  const result = await safelab(["reproduce", "--run", run, "--out", run]);
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toMatch(/is the run folder itself/);
});
