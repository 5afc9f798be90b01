import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SetupError } from "../../src/error.js";
import { benchmarkPython, benchmarks, installBenchmark, requireBenchmark } from "../../src/process/benchmarkVenv.js";
import { findPython } from "../../src/process/findPython.js";
import * as root from "../../src/process/projectRoot.js";
import { sha256 } from "../../src/record/canonical.js";

vi.mock("../../src/process/projectRoot.js", { spy: true });

const requirements = join("src", "process", "requirements");
let copy = "";
let list = "";

beforeEach(async () => {
  const real = root.projectRoot();
  copy = await mkdtemp(join(tmpdir(), "safelab-root-"));
  cpSync(join(real, requirements), join(copy, requirements), { recursive: true });
  vi.mocked(root.projectRoot).mockReturnValue(copy);
  list = await readFile(join(copy, requirements, "seccodeplt.txt"), "utf8");
});
afterEach(async () => {
  vi.mocked(root.projectRoot).mockReset();
  await rm(copy, { recursive: true, force: true });
});

/** An environment as far as it is looked at: an interpreter, and the mark of what was installed. */
async function standing(mark: string): Promise<void> {
  const folder = join(copy, ".venv-seccodeplt");
  mkdirSync(join(folder, "bin"), { recursive: true });
  symlinkSync((await findPython()).executable, join(folder, "bin", "python"));
  writeFileSync(join(folder, "safelab.sha256"), mark);
}

test("an environment that is not there is an error that says how to make it", async () => {
  const error = await requireBenchmark("bigcodebench").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SetupError);
  expect(String(error)).toContain("run `npx safelab setup --bigcodebench` (downloads about 900 MB)");
});

test("an environment that stands as pinned is found again, and nothing is installed", async () => {
  await standing(sha256(list));
  const told: string[] = [];
  await installBenchmark("seccodeplt", (sentence) => told.push(sentence));
  expect(await requireBenchmark("seccodeplt")).toBe(join(copy, ".venv-seccodeplt", "bin", "python"));
  expect(told[0]).toContain("What cannot pass there");
  expect(told.join()).not.toContain("Installing");
});

test("an environment of other pins does not stand", async () => {
  await standing(sha256(`${list}other==1\n`));
  expect(await benchmarkPython("seccodeplt")).toBeUndefined();
});

test("what cannot pass is known for both Pythons of BigCodeBench, each with its reason", () => {
  const [newer, official] = ["3.11", "3.10"].map((minor) => benchmarks.bigcodebench.cannotPass(minor));
  expect(newer?.join("; ")).toContain("111, 276: they need versions that exist for Python 3.10 only");
  expect(official).toEqual(newer?.filter((line) => !line.startsWith("111")));
});
