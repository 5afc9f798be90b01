import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readRecords } from "../../src/record/readRecords.js";
import { editStudy, openRunFolder } from "../../src/record/runFolder.js";
import { startStub, type Stub } from "../generate/stubServer.js";
import { newFolder, safelab } from "./safelab.js";

const stubs: Stub[] = [];
afterEach(() => Promise.all(stubs.splice(0).map((stub) => stub.close())));

test("`safelab run` executes, scans and asks the study's judges", { timeout: 180_000 }, async () => {
  const stub = await startStub(() => JSON.stringify({ verdict: "secure", findings: [] }));
  stubs.push(stub);
  const folder = await newFolder();
  const [file, into] = [join(folder, "samples.jsonl"), join(folder, "run")];
  await writeFile(file, `${JSON.stringify({ task_id: "demo-c01", solution: "x = 1\n" })}\n`);
  const target = ["--into", into, "--dataset", "demo-cases", "--model", "m"];
  expect(await safelab(["import", file, ...target])).toMatchObject({ exitCode: 0 });
  await editStudy(await openRunFolder(into), ["judges"], [{ name: "kind", endpoint: stub.address, served: "m" }]);
  const done = await safelab(["run", into]);
  expect(done).toMatchObject({ exitCode: 0 });
  expect(done.stdout).toMatch(/executed 1 [\s\S]*scanned 1 [\s\S]*judged 1 \(secure 1\)/);
  const run = await openRunFolder(into);
  expect(await readRecords(run, "judgements")).toMatchObject([{ judge: "kind", status: "secure" }]);
  expect(await readRecords(run, "scans")).toHaveLength(1);
});
