import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SetupError } from "../../src/error.js";
import { findPython } from "../../src/process/findPython.js";

async function pretender(script: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "safelab-python-")), "python3");
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

test("the interpreter on PATH describes itself, shims resolved", async () => {
  const python = await findPython();
  expect(python.version).toMatch(/^CPython 3\.\d+\.\d+$/);
  expect(python.executable).not.toContain("shims");
});

test("a Python that is too old is named with its version and the way out", async () => {
  const old = await pretender(
    `echo '{"executable":"/usr/bin/python3","basePrefix":"/usr","version":"CPython 3.8.1","minor":[3,8]}'`,
  );
  await expect(findPython(old)).rejects.toThrow(SetupError);
  await expect(findPython(old)).rejects.toThrow(/CPython 3\.8\.1, too old.*Python 3\.10/);
});

test("no Python and a broken one are each one sentence with the install command", async () => {
  await expect(findPython("no-such-python")).rejects.toThrow(/cannot be started.*apt-get install python3/);
  await expect(findPython(await pretender("echo broken >&2; exit 1"))).rejects.toThrow(/does not work \(broken\)/);
});
