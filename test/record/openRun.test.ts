import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRunAt } from "../../src/record/openRun.js";
import { resultsCsv } from "../../src/record/resultsCsv.js";
import { createRunFolder, editStudy, openRunFolder } from "../../src/record/runFolder.js";
import { execution, runFolderWith, sample, scan, study, tasks } from "./fixtures.js";

const files = {
  "tasks.jsonl": tasks,
  "samples.jsonl": [sample("t1"), sample("t2"), sample("t3")],
  "executions.jsonl": [execution("t1"), execution("t2", { status: "failed", cases: [] })],
  "scans.jsonl": [scan("t1"), scan("t2"), scan("t3", { status: "unscannable" })],
};

test("a run folder opens as rows, as an arquero table and as a danfojs frame with the same values", async () => {
  const { rows, table, frame } = await openRunAt(await runFolderWith(files));
  expect(rows).toHaveLength(4);
  expect(table().array("secure")).toEqual(rows.map(({ secure }) => secure));
  expect(table().array("casePass")).toEqual([1, 0, null, null]);
  const danfo = await frame();
  expect(danfo.shape).toEqual([4, table().numCols() + 1]);
  expect(danfo.column("secure").values).toEqual(rows.map(({ secure }) => secure));
  expect(danfo.column("sampleIndex").values).toEqual(rows.map(({ index }) => index));
  expect(danfo.head(2).column("secure").values).toEqual(rows.slice(0, 2).map(({ secure }) => secure));
});

test("configurations whose hyphenated names would fall together stay apart in the danfojs frame", async () => {
  const two = {
    ...study,
    models: [
      { name: "a-b", methods: ["c"] },
      { name: "a", methods: ["b-c"] },
    ],
  };
  const { frame } = await openRunAt(await runFolderWith({ ...files, "run.json": JSON.stringify(two) }));
  const grouped = (await frame()).groupby(["configuration"]).col(["sampleIndex"]).count();
  expect(grouped.shape[0]).toBe(2);
});

test("CSV has one line per sample, empty where a value is unknown", async () => {
  const { rows } = await openRunAt(await runFolderWith(files));
  const lines = resultsCsv(rows).trimEnd().split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe(
    "dataset,task,prompt,model,method,repeat,index,cwe,sampleStatus,execution,casePass,taskPass,scan_bandit,secure,safe,scanHash",
  );
  expect(lines[4]).toBe("d,t4,nl,m,base,0,0,,missing,notRun,,,notScanned,notScanned,,");
});

test("run.json may hold comments, and they survive an edit", async () => {
  const folder = await runFolderWith({ "run.json": `{ // why\n${JSON.stringify(study).slice(1)}` });
  const edited = await editStudy(await openRunFolder(folder), ["methods"], ["base", "other"]);
  expect(edited.study.methods).toEqual(["base", "other"]);
  expect(await readFile(join(folder, "run.json"), "utf8")).toContain("// why");
});

test("a study with an unknown field, a missing folder and an existing one are each one clear sentence", async () => {
  const typo = await runFolderWith({ "run.json": JSON.stringify({ ...study, metods: [] }) });
  await expect(openRunFolder(typo)).rejects.toThrow(/run\.json: .*metods/);
  await expect(openRunFolder("/nowhere/at/all")).rejects.toThrow(/safelab study init/);
  await expect(createRunFolder(typo, JSON.stringify(study))).rejects.toThrow(/exists already/);
});
