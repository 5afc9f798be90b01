import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { executeOne } from "../../src/execute/executeOne.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { sha256 } from "../../src/record/canonical.js";
import { createRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import type { Sample } from "../../src/record/schema/sample.js";
import { calibrate } from "../../src/task/calibrate.js";
import { loadTasks } from "../../src/task/loadTasks.js";

const probe = await probeIsolation();
const dataset = "demo-cases";
let run: RunFolder;
let samples: Sample[] = [];

/** Leaves a plain file, one in a folder, a link, a pipe, and one whose name would leave the folder. */
const leaves = `
import os
for name in ("plain.txt", "sub/inner.txt", "a\\nb"):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w") as file:
        file.write("left")
if not os.path.lexists("link"):
    os.symlink("/etc/passwd", "link")
    os.mkfifo("pipe")
print("seen")
`;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), "safelab-one-"));
  const study = { schemaVersion: 1, name: "t", datasets: [{ name: dataset }], models: [{ name: "m" }], repeats: 2 };
  run = await createRunFolder(join(folder, "run"), JSON.stringify({ ...study, methods: ["base"], prompts: ["nl"] }));
  const [task] = (await loadTasks(dataset)).tasks;
  if (task === undefined) throw new Error("no demo task");
  samples = ["", leaves].map((more, repeat): Sample => {
    const code = `${task.reference}\n${more}`;
    return {
      ...{ schemaVersion: 1, dataset, task: task.id, prompt: "nl", model: "m", method: "base", repeat, index: 0 },
      ...{ status: "generated", code, scanHash: sha256(code), testHash: sha256(calibrate(task, code)) },
      ...{ repairs: [], rounds: [] },
    };
  });
  await writeFile(join(run.path, "samples.jsonl"), samples.map((sample) => `${JSON.stringify(sample)}\n`).join(""));
});
afterEach(() => rm(join(run.path, ".."), { recursive: true, force: true }));

describe.skipIf(!probe.ok)("one sample", () => {
  test("is executed as in a run, its plain files are kept, and nothing is recorded", async () => {
    const keep = join(run.path, "kept");
    const { outcome, kept } = await executeOne(run, samples[1]?.testHash?.slice(0, 10) ?? "", { keep });
    expect(outcome).toMatchObject({ kind: "executed", execution: { status: "passed" } });
    expect(outcome.kind === "executed" && outcome.execution.output).toContain("seen");
    expect(kept).toEqual({ folder: keep, files: 3, passed: 1 });
    expect((await readdir(keep)).sort()).toEqual(["a%0Ab", "plain.txt", "sub"]);
    expect(await readFile(join(keep, "sub", "inner.txt"), "utf8")).toBe("left");
    expect((await readdir(run.path)).filter((name) => name.startsWith("executions"))).toEqual([]);
  }, 60_000);

  test.each([
    ["nothing-like-it", /no sample with code is called "nothing-like-it"/],
    ["", /names 2 samples; give the beginning of one's test hash:\n {2}[0-9a-f]{12} {2}/],
  ])("%j is an error that says what to give", async (wanted, words) => {
    const error = await executeOne(run, wanted).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(words);
  });
});
