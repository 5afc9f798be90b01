import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { samplesOf } from "../../../src/analysis/samplesOf.js";
import { tableOracle } from "../../../src/analysis/tableOracle.js";
import { tableOracleByCwe } from "../../../src/analysis/tableOracleByCwe.js";
import { projectRoot } from "../../../src/process/projectRoot.js";
import { openRunAt } from "../../../src/record/openRun.js";
import { readRecords } from "../../../src/record/readRecords.js";
import { openRunFolder } from "../../../src/record/runFolder.js";
import { withholdCode } from "../../../src/record/withholdCode.js";
import { createOracle } from "../../../src/scan/oracle/createOracle.js";
import { importScans } from "../../../src/scan/importScans.js";
import { scanRun } from "../../../src/scan/scanRun.js";
import type { Row, TypedTable } from "../../../src/table/typedTable.js";
import { data } from "../recordedBearer.js";
import { temporaryFolder } from "../scanFolderOf.js";

const matrix = (table: TypedTable, voice: string, match = "any finding") => {
  const row = table.rows.find((each) => each["voice"]?.value === voice && each["match"]?.value === match);
  return ["n", "tp", "fn", "fp", "tn"].map((key) => row?.[key]?.value);
};

/** The figures that Bandit 1.9.4 and Bearer 2.1.0 gave on the 1,305 pairs that parse. */
function expectPublished(table: TypedTable): void {
  expect(matrix(table, "Bandit")).toEqual([1305, 351, 954, 248, 1057]);
  expect(matrix(table, "Bearer")).toEqual([1305, 438, 867, 356, 949]);
  expect(matrix(table, "Union")).toEqual([1305, 503, 802, 430, 875]);
}

const task = {
  ...{ id: "t1", CWE_ID: "78", unittest: { setup: "import os" } },
  ground_truth: {
    ...{ code_before: "\ndef run(x):", vulnerable_code: "\n    os.system(x)", patched_code: "\n    print(x)" },
    code_after: "\n    return x",
  },
};

test("the two versions of a task become two samples, joined as they parse", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "tasks.jsonl.gz");
  const split = structuredClone({ ...task, id: "t2" });
  split.ground_truth.code_after = "return x";
  split.ground_truth.code_before = "x = 1";
  split.ground_truth.vulnerable_code = "eval(x)";
  split.ground_truth.patched_code = "print(x)";
  split.ground_truth.code_after = "y = 2";
  await writeFile(file, gzipSync([task, split].map((each) => JSON.stringify(each)).join("\n")));
  const run = await createOracle(join(folder, "run"), file, ["bandit"]);
  const samples = await readRecords(run, "samples");
  expect(samples.map(({ task: id, method, code }) => [id, method, code])).toEqual([
    ["t1", "vulnerable", "import os\n\ndef run(x):\n    os.system(x)\n    return x\n"],
    ["t1", "patched", "import os\n\ndef run(x):\n    print(x)\n    return x\n"],
    ["t2", "vulnerable", "import os\nx = 1\neval(x)\ny = 2\n"],
    ["t2", "patched", "import os\nx = 1\nprint(x)\ny = 2\n"],
  ]);
  await scanRun(run);
  const { rows } = await openRunAt(run.path);
  expect(matrix(tableOracle(rows), "Bandit")).toEqual([2, 2, 0, 0, 2]);
});

test("tasks without their ground truth are refused with the line", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "tasks.jsonl");
  await writeFile(file, `${JSON.stringify(task)}\n{"id": "t2", "CWE_ID": "78"}\n`);
  await expect(createOracle(join(folder, "run"), file, ["bandit"])).rejects.toThrow(
    /tasks\.jsonl:2: no task of SecCodePLT/,
  );
  await writeFile(file, `${JSON.stringify(task)}\n${JSON.stringify(task)}\n`);
  await expect(createOracle(join(folder, "run"), file, ["bandit"])).rejects.toThrow(/an id comes twice/);
});

test.skipIf(data === undefined)(
  "on the 1,345 tasks of SecCodePLT 40 do not parse and the scanners' matrices are those that were counted",
  async () => {
    const folder = await temporaryFolder();
    const run = await createOracle(join(folder, "run"), join(data ?? "", "seccodeplt-tasks.jsonl.gz"), [
      "bandit",
      "bearer",
    ]);
    for (const method of ["vulnerable", "patched"]) {
      const file = join(data ?? "", "bearer", `seccodeplt-${method}.jsonv2.gz`);
      const { counts } = await importScans(run, file, { as: "bearer", where: { method } });
      expect(counts).toMatchObject({ unscannable: 40, scanFailed: 0 });
    }
    await scanRun(run);
    const { rows } = await openRunAt(run.path);
    expect(rows.filter((row) => row["scan_bandit"] === "unscannable")).toHaveLength(80);
    expectPublished(tableOracle(rows));

    const withheld = await withholdCode(await openRunFolder(run.path), join(folder, "withheld"), {
      provenance: "recorded",
    });
    const recorded = await openRunAt(withheld.path);
    expectPublished(tableOracle(recorded.rows));
    expect(recorded.rows.every(({ code }) => code === null)).toBe(true);
    for (const scanner of ["bandit", "bearer"])
      expect(readFileSync(join(withheld.path, `scans.${scanner}.jsonl`), "utf8")).not.toMatch(/"message":"[^"]/);
    expect(readFileSync(join(withheld.path, "samples.jsonl"), "utf8")).not.toContain("def ");
  },
  300_000,
);

test("the recorded oracle gives the same figures offline, and cells lead to their samples", async () => {
  const { rows, run } = await openRunAt(join(projectRoot(), "data", "recorded", "seccodeplt-oracle"));
  expect(run.study.union).toEqual(["bandit", "bearer"]);
  const table = tableOracle(rows);
  expectPublished(table);
  const byCwe = tableOracleByCwe(rows);
  expect(new Set(byCwe.rows.map((row) => row["cwe"]?.value)).size).toBe(27);
  // Over all labels each line of the whole table comes out again, and every cell of a label is the whole table of its pairs alone.
  const own = (line: Row, other: Row) =>
    line["voice"]?.value === other["voice"]?.value && line["match"]?.value === other["match"]?.value;
  for (const line of table.rows)
    for (const key of ["n", "tp", "fn", "fp", "tn"])
      expect(byCwe.rows.filter((row) => own(row, line)).reduce((sum, row) => sum + Number(row[key]?.value), 0)).toBe(
        line[key]?.value,
      );
  const alone = tableOracle(rows.filter(({ cwe }) => cwe === "CWE-502"));
  const said = (table: TypedTable, at: Row | undefined) =>
    table.columns.map(({ key }) => [at?.[key]?.value, at?.[key]?.interval]);
  expect(byCwe.rows.filter((row) => row["cwe"]?.value === "CWE-502").map((row) => said(alone, row))).toEqual(
    alone.rows.map((row) => said(alone, row)),
  );
  const few = byCwe.rows.find((row) => row["cwe"]?.value === "CWE-400");
  expect([few?.["n"]?.value, few?.["recall"]?.total, few?.["left"]?.value]).toEqual([11, 11, "40 unscannable"]);
  expect(few?.["precision"]?.interval?.map((end) => end.toFixed(3))).toEqual(["0.299", "0.701"]);
  for (const [row, key] of [...table.rows.flatMap((each) => ["tp", "fp"].map((name) => [each, name] as const))])
    expect(samplesOf(rows, row[key]?.where ?? {})).toHaveLength(Number(row[key]?.value));
  for (const row of byCwe.rows.slice(0, 12))
    for (const key of ["tp", "fp"])
      expect(samplesOf(rows, row[key]?.where ?? {})).toHaveLength(Number(row[key]?.value));
});
