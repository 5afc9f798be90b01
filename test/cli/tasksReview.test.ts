import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { table2 } from "../../src/analysis/table2.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { hasEmbeddedModel } from "../../src/generate/hasEmbeddedModel.js";
import { openRunAt } from "../../src/record/openRun.js";
import { reviewedCases } from "../../src/task/reviewedCases.js";
import { readCaseRecords } from "../../src/cli/caseFile.js";
import { newFolder, safelab } from "./safelab.js";

const probe = await probeIsolation();
const hasModel = await hasEmbeddedModel();
const by = ["--who", "ann", "--why", "seen"];

/** Cases of demo-c01 (`md5_hex(text)`) as the builder records them. */
async function recorded(...texts: readonly string[]): Promise<string> {
  const file = join(await newFolder(), "cases.jsonl");
  const lines = texts.map((after, at) =>
    JSON.stringify({
      ...{ schemaVersion: 1, dataset: "demo-cases", task: "demo-c01", case: `g${at + 1}`, event: "generated" },
      ...{ model: "m", after, ms: 1, lines: [5] },
    }),
  );
  await writeFile(file, `${lines.join("\n")}\n`);
  return file;
}

const review = (file: string, ...args: readonly string[]) => safelab(["tasks", "review", file, ...args]);

describe("safelab tasks review", () => {
  test("lists what is open, strikes, accepts, and keeps every decision with who and why", async () => {
    const file = await recorded("{'text': 'x'}", "{'text': 'y'}");
    const before = await readFile(file, "utf8");
    expect((await review(file)).stdout).toMatch(/demo-c01\n {2}g1 +open +\{'text': 'x'\}\n {2}g2 +open/);
    expect(await review(file, "--case", "g1", "--strike", ...by)).toMatchObject({ exitCode: 0 });
    expect((await review(file, "--case", "g2", "--accept", ...by)).stdout).toMatch(/g2 +accepted .*\[ann: seen\]/);
    expect((await review(file, "--open")).stdout).not.toContain("g1 ");
    expect((await review(file)).stdout).toContain("2 generated, 0 dropped, 1 struck, 0 edited, 1 kept (0 of them open)");
    expect((await readFile(file, "utf8")).startsWith(before)).toBe(true);
    expect((await readCaseRecords(file)).slice(2)).toMatchObject([
      { case: "g1", event: "struck", who: "ann", why: "seen", before: "{'text': 'x'}" },
      { case: "g2", event: "accepted", who: "ann", why: "seen", before: "{'text': 'y'}" },
    ]);
  });

  test.each([
    ["no verb", ["--case", "g1"], /what about case "g1"\? Add --strike/],
    ["two verbs", ["--case", "g1", "--strike", "--accept", ...by], /say one of --strike, --accept and --edit/],
    ["no case", ["--strike", ...by], /say which case with --case/],
    ["nobody", ["--case", "g1", "--strike", "--why", "x"], /add --who NAME/],
    ["an empty reason", ["--case", "g1", "--strike", "--who", "ann", "--why", ""], /--why is empty/],
    ["an unknown case", ["--case", "g9", "--strike", ...by], /no case "g9": there are g1/],
    ["inputs that are none", ["--case", "g1", "--edit", "{x", ...by], /neither a file nor an object/],
    ["inputs that are a list", ["--case", "g1", "--edit", "[1]", ...by], /expected an object of arguments/],
    ["a data set without a name", ["--write", "x.jsonl"], /NAME-tasks\.jsonl/],
    ["a data set of cases that are open", ["--write", "x-tasks.jsonl"], /1 of 1 cases are open: accept, edit or strike/],
  ])("refuses %s in one sentence, and records nothing", async (_, args, words) => {
    const file = await recorded("{'text': 'x'}");
    const before = await readFile(file, "utf8");
    const { exitCode, stderr } = await review(file, ...args);
    expect([exitCode, stderr.trim().split("\n")]).toEqual([2, [expect.stringMatching(words)]]);
    expect(await readFile(file, "utf8")).toBe(before);
  });

  test("a file that is not there, and one that holds something else", async () => {
    expect((await review("/no/such.jsonl")).stderr).toContain("safelab tasks build-tests");
    const file = join(await newFolder(), "other.jsonl");
    await writeFile(file, '{"a": 1}\n');
    expect((await review(file)).stderr).toMatch(/other\.jsonl:1: no record of a generated test case/);
  });

  test.skipIf(!probe.ok)("an edited case counts once the reference has answered it; Table 2 tells of the review", async () => {
    const file = await recorded("{'text': 'x'}", "{'text': 'y'}");
    const edit = (inputs: string, name = "g1") => review(file, "--case", name, "--edit", inputs, ...by);
    expect((await edit('{"txt": "z"}')).stderr).toMatch(/no test case of task demo-c01: it does not fit the arguments/);
    expect((await edit('{"text": "y"}')).stderr).toMatch(/it is there already/);
    expect(reviewedCases(await readCaseRecords(file)).counts.open).toBe(2);
    const done = await edit('{"text": "z"}');
    expect(done.stdout).toMatch(/g1 +edited +\{"text": "z"\}/);
    await review(file, "--case", "g2", "--strike", ...by);
    const folder = join(file, "..");
    const written = await review(file, "--write", join(folder, "mine-tasks.jsonl"));
    expect(written.stdout).toContain("1 tasks with 6 cases; 2 generated, 0 dropped, 1 struck, 1 edited, 1 kept");

    const run = join(folder, "run");
    await mkdir(run);
    const study = {
      ...{ schemaVersion: 1, name: "t", datasets: [{ name: "mine" }], models: [{ name: "m" }] },
      ...{ methods: ["base"], prompts: ["nl"] },
    };
    await writeFile(join(run, "run.json"), JSON.stringify(study));
    expect((await safelab(["plan", run], { SAFELAB_DATA: folder })).exitCode).toBe(0);
    const { rows } = await openRunAt(run);
    expect(table2(rows).rows[0]).toMatchObject({
      ...{ cases: { value: 6 }, generated: { value: 2 }, struck: { value: 1 }, edited: { value: 1 }, kept: { value: 1 } },
    });
  });
});

describe("safelab tasks build-tests", () => {
  test.each([
    ["a count that is none", ["--count", "many"], /whole number from 1 to 50/],
    ["a count of nothing", ["--count", "0"], /whole number from 1 to 50/],
    ["a seed that is none", ["--seed", "1.5"], /whole number from 0 on/],
    ["a task that is not there", ["--task", "demo-c99"], /no task "demo-c99" of the cases style; it has demo-c01/],
  ])("refuses %s", async (_, args, words) => {
    const out = join(await newFolder(), "cases.jsonl");
    const { exitCode, stderr } = await safelab(["tasks", "build-tests", "demo-cases", "--out", out, ...args]);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(words)]);
  });

  test("refuses a data set without such tasks", async () => {
    const out = join(await newFolder(), "cases.jsonl");
    const { exitCode, stderr } = await safelab(["tasks", "build-tests", "demo-unittest", "--out", out]);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/no task of the cases style/)]);
  });

  test.skipIf(!probe.ok || !hasModel)("what the embedded model proposes is tried, covered, counted and can be reviewed", async () => {
    const out = join(await newFolder(), "cases.jsonl");
    const args = ["tasks", "build-tests", "demo-cases", "--task", "demo-c12", "--count", "2", "--out", out];
    const { exitCode, stdout } = await safelab(args);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^demo-c12: \d+ of \d+ proposals became cases$/m);
    expect(stdout).toMatch(/executable lines of the reference that run: \d+ % \(\d+ of \d+\) with its own cases, \d+ %/);
    const { counts } = reviewedCases(await readCaseRecords(out));
    expect(counts.generated + counts.dropped).toBeGreaterThan(0);
    expect((await review(out)).stdout).toContain(`${counts.generated} generated, ${counts.dropped} dropped`);
  }, 300_000);
});
