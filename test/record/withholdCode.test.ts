import { readdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openRunAt } from "../../src/record/openRun.js";
import { readRecords } from "../../src/record/readRecords.js";
import { openRunFolder } from "../../src/record/runFolder.js";
import type { CaseResult, Execution } from "../../src/record/schema/execution.js";
import type { ResultRow } from "../../src/record/schema/resultRow.js";
import type { Finding } from "../../src/record/schema/scan.js";
import { withholdCode } from "../../src/record/withholdCode.js";
import { execution, runFolderWith, sample, scan, study, tasks } from "./fixtures.js";

const secret = "nobody may read this";
const failedCase: CaseResult = { name: "a", outcome: "failed", message: secret, ms: 1 };
const said: Partial<Execution> = {
  status: "failed",
  cases: [failedCase],
  output: secret,
  reason: `the sample did not load: NameError: ${secret}`,
};
const finding: Finding = {
  ruleId: "B602",
  cwe: [78],
  severity: "HIGH",
  confidence: "HIGH",
  lines: [1, 2],
  message: secret,
};

/** Two models' samples of four tasks, of which `t1` is the same text, judged by two scanners. */
async function studyOfTwo(models: readonly string[] = ["m", "org/other"]): Promise<string> {
  const hashes = (task: string, model: string) =>
    task === "t1" || model === "m" ? {} : { scanHash: `scan-${task}-other`, testHash: `test-${task}-other` };
  const samples = models.flatMap((model) =>
    tasks.map(({ task }) => sample(task, { model, code: secret, ...hashes(task, model) })),
  );
  const texts = [...new Map(samples.map((each) => [each.testHash, each])).values()];
  return runFolderWith({
    "run.json": JSON.stringify({ ...study, models: models.map((name) => ({ name })), union: ["bandit", "bearer"] }),
    "tasks.jsonl": tasks,
    "samples.jsonl": samples,
    "executions.jsonl": texts.map(({ task, testHash }) => execution(task, { testHash: testHash ?? "", ...said })),
    "scans.jsonl": ["bandit", "bearer"].flatMap((scanner) =>
      texts.map(({ task, scanHash }) =>
        scan(task, { scanner, scanHash: scanHash ?? "", status: "insecure", findings: [finding] }),
      ),
    ),
  });
}

/** Every file of a folder as text. */
async function textsOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  const text = async (name: string) => {
    const bytes = await readFile(join(folder, name));
    return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  };
  return Object.fromEntries(await Promise.all(names.sort().map(async (name) => [name, await text(name)] as const)));
}

/** What a row says, its code and the words of scanners left out. */
const verdict = (row: ResultRow) =>
  JSON.stringify({ ...row, code: undefined, facts: undefined }).replaceAll(secret, "");

test.each([false, true])(
  "a copy (compressed: %s) says the same of every sample, and nothing in words",
  async (gzip) => {
    const folder = await studyOfTwo();
    const copied = await withholdCode(await openRunFolder(folder), `${folder}-copy`, { provenance: "made up", gzip });
    expect(copied.study.provenance).toBe("made up");
    const texts = await textsOf(copied.path);
    const ending = gzip ? ".jsonl.gz" : ".jsonl";
    const parts = ["m", "org_other"];
    expect(Object.keys(texts)).toEqual(
      [
        "run.json",
        `tasks${ending}`,
        ...parts.flatMap((part) => [
          `executions.${part}${ending}`,
          `samples.${part}${ending}`,
          ...["bandit", "bearer"].map((scanner) => `scans.${scanner}.${part}${ending}`),
        ]),
      ].sort(),
    );
    for (const [name, text] of Object.entries(texts)) expect(text, name).not.toContain(secret);
    for (const { reason } of await readRecords(copied, "executions"))
      expect(reason).toBe("the sample did not load: NameError");
    const before = (await openRunAt(folder)).rows;
    const after = (await openRunAt(copied.path)).rows;
    expect(after).toHaveLength(8);
    expect(after.map(verdict)).toEqual(before.map(verdict));
    expect(after.every(({ code }) => code === null)).toBe(true);
  },
);

test("a copy of one model's run keeps its scans by scanner and the rest whole", async () => {
  const folder = await studyOfTwo(["m"]);
  const copied = await withholdCode(await openRunFolder(folder), `${folder}-copy`, { provenance: "made up" });
  expect((await readdir(copied.path)).sort()).toEqual(
    ["executions.jsonl", "run.json", "samples.jsonl", "scans.bandit.jsonl", "scans.bearer.jsonl", "tasks.jsonl"].sort(),
  );
});

test("a compressed file that is cut off is named", async () => {
  const folder = await studyOfTwo();
  const { path } = await withholdCode(await openRunFolder(folder), `${folder}-copy`, { provenance: "x", gzip: true });
  await truncate(join(path, "samples.m.jsonl.gz"), 60);
  await expect(openRunAt(path)).rejects.toThrow(/samples\.m\.jsonl\.gz cannot be unpacked/);
});
