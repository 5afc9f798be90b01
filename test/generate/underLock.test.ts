import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { generateRun } from "../../src/generate/generateRun.js";
import { importSamples } from "../../src/generate/importSamples.js";
import * as appending from "../../src/record/openAppender.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder } from "../../src/record/runFolder.js";
import { type Stub, startStub } from "./stubServer.js";

// The real appender, with a place to let another process work just before the lock is taken.
vi.mock("../../src/record/openAppender.js", async (original) => {
  const real = await original<typeof appending>();
  return { ...real, openAppender: vi.fn(real.openAppender) };
});

let stub: Stub;
beforeEach(async () => {
  stub = await startStub(() => "```python\ndef f(a):\n    return a\n```");
});
afterEach(() => stub.close());

async function makeRun() {
  const folder = await mkdtemp(join(tmpdir(), "safelab-lock-"));
  const file = join(folder, "one.jsonl");
  const both = join(folder, "both.jsonl");
  const [one, two] = ["demo-c01", "demo-c02"].map((task_id) => JSON.stringify({ task_id, solution: "x = 1\n" }));
  await writeFile(file, one ?? "");
  await writeFile(both, `${one}\n${two}\n`);
  const study = {
    ...{ schemaVersion: 1, name: "t", datasets: [{ name: "demo-cases", tasks: 2 }], methods: ["base"] },
    ...{ prompts: ["nl"], models: [{ name: "m", endpoint: stub.address }] },
  };
  const run = await createRunFolder(join(folder, "run"), JSON.stringify(study));
  const target = { dataset: "demo-cases", model: "m", method: "base", prompt: "nl" } as const;
  return { run, addOne: () => importSamples(run, file, target), addBoth: () => importSamples(run, both, target) };
}

const real = vi.mocked(appending.openAppender).getMockImplementation() ?? appending.openAppender;

/** Lets `other` work when the lock is about to be taken for the first time. */
function beforeLock(other: () => Promise<unknown>): void {
  vi.mocked(appending.openAppender).mockImplementationOnce(async (run, kind) => {
    await other();
    return real(run, kind);
  });
}

test("what another process added before the lock was taken is not generated again", async () => {
  const { run, addOne } = await makeRun();
  beforeLock(addOne);
  expect(await generateRun(run)).toMatchObject({ counts: { generated: 1 }, skipped: 1 });
  expect(stub.asked).toHaveLength(1);
  expect(await readRecords(run, "samples")).toHaveLength(2);
});

test("what another process added before the lock was taken is not imported again", async () => {
  const { addOne } = await makeRun();
  beforeLock(addOne);
  expect(await addOne()).toMatchObject({ imported: 0, skipped: 1, missing: 1 });
});

test("an import that cannot write all of its samples keeps those that it wrote, and the same import goes on", async () => {
  const { run, addBoth } = await makeRun();
  vi.mocked(appending.openAppender).mockImplementationOnce(async (folder, kind) => {
    const appender = await real(folder, kind);
    let left = 1;
    return {
      ...appender,
      append: (record) => (left-- > 0 ? appender.append(record) : Promise.reject(new Error("no space left"))),
    };
  });
  await expect(addBoth()).rejects.toThrow("no space left");
  expect(await readRecords(run, "samples")).toHaveLength(1);
  expect(await addBoth()).toEqual({ imported: 1, withoutCode: 0, fenced: 0, skipped: 1, outside: 0, missing: 0 });
});
