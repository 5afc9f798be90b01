import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from "vitest";
import { table2 } from "../../src/analysis/table2.js";
import { type BuildOptions, buildTests, noCaseLines } from "../../src/cli/tasksBuild.js";
import { type ReviewOptions, reviewCases } from "../../src/cli/tasksReview.js";
import { InputError } from "../../src/error.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { hasEmbeddedModel } from "../../src/generate/hasEmbeddedModel.js";
import { openRunAt } from "../../src/record/openRun.js";
import { initRun } from "../../src/task/initRun.js";
import { reviewedCases } from "../../src/task/reviewedCases.js";
import type { CaseRecord } from "../../src/task/caseRecord.js";
import { readCaseRecords } from "../../src/cli/caseFile.js";
import { newFolder, safelab } from "./safelab.js";

const probe = await probeIsolation();
const hasModel = await hasEmbeddedModel();
const by = { who: "ann", why: "seen" };

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

let logged: MockInstance<typeof console.log>;
beforeEach(() => {
  logged = vi.spyOn(console, "log").mockImplementation(() => undefined);
});
afterEach(() => logged.mockRestore());

const signal = new AbortController().signal;
/** Runs the verb as the command line does; returns what it printed. */
async function printed(work: Promise<void>): Promise<string> {
  const before = logged.mock.calls.length;
  await work;
  return logged.mock.calls
    .slice(before)
    .map((line) => line.join(" "))
    .join("\n");
}
const review = (file: string, options: Omit<ReviewOptions, "signal"> = {}) =>
  printed(reviewCases(file, { ...options, signal }));

describe("safelab tasks review", () => {
  test("lists what is open, strikes, accepts, and keeps every decision with who and why", async () => {
    const file = await recorded("{'text': 'x'}", "{'text': 'y'}");
    const before = await readFile(file, "utf8");
    expect(await review(file)).toContain(
      `decide about each: safelab tasks review ${file} --case g1 --accept --who NAME --why TEXT`,
    );
    await expect(review(file, { case: "g1", accept: true })).rejects.toThrow(/add --who NAME and --why TEXT/);
    await expect(review(file, { write: "mine-tasks.jsonl" })).rejects.toThrow(
      /2 of 2 cases are open .*--who NAME --why TEXT/,
    );
    expect(await review(file)).toMatch(/demo-c01\n {2}g1 +open +\{'text': 'x'\}\n {2}g2 +open/);
    await review(file, { case: "g1", strike: true, ...by });
    expect(await review(file, { case: "g2", accept: true, ...by })).toMatch(/g2 +accepted .*\[ann: seen\]/);
    expect(await review(file, { open: true })).not.toContain("g1 ");
    expect(await review(file)).not.toContain("decide about each");
    expect(await review(file)).toContain("2 generated, 0 dropped, 1 struck, 0 edited, 1 kept (0 of them open)");
    expect((await readFile(file, "utf8")).startsWith(before)).toBe(true);
    expect((await readCaseRecords(file)).slice(2)).toMatchObject([
      { case: "g1", event: "struck", who: "ann", why: "seen", before: "{'text': 'x'}" },
      { case: "g2", event: "accepted", who: "ann", why: "seen", before: "{'text': 'y'}" },
    ]);
  });

  test.each<[string, Omit<ReviewOptions, "signal">, RegExp]>([
    ["no verb", { case: "g1" }, /what about case "g1"\? Add --strike/],
    ["two verbs", { case: "g1", strike: true, accept: true, ...by }, /say one of --strike, --accept and --edit/],
    ["no case", { strike: true, ...by }, /say which case with --case/],
    ["nobody", { case: "g1", strike: true, why: "x" }, /add --who NAME/],
    ["an empty reason", { case: "g1", strike: true, who: "ann", why: "" }, /--why is empty/],
    ["an unknown case", { case: "g9", strike: true, ...by }, /no case "g9": there are g1/],
    ["inputs that are none", { case: "g1", edit: "{x", ...by }, /neither a file nor an object/],
    ["inputs that are a list", { case: "g1", edit: "[1]", ...by }, /expected an object of arguments/],
    ["a data set without a name", { write: "x.jsonl" }, /NAME-tasks\.jsonl/],
    [
      "a data set of cases that are open",
      { write: "x-tasks.jsonl" },
      /1 of 1 cases are open .*decide about each first/,
    ],
  ])("refuses %s, and records nothing", async (_, options, words) => {
    const file = await recorded("{'text': 'x'}");
    const before = await readFile(file, "utf8");
    await expect(review(file, options)).rejects.toThrow(words);
    await expect(review(file, options)).rejects.toThrow(InputError);
    expect(await readFile(file, "utf8")).toBe(before);
  });

  test("refuses a file that is not there, and one that holds something else", async () => {
    await expect(review("/no/such.jsonl")).rejects.toThrow(/safelab tasks build-tests/);
    const file = join(await newFolder(), "other.jsonl");
    await writeFile(file, '{"a": 1}\n');
    await expect(review(file)).rejects.toThrow(/other\.jsonl:1: no record of a generated test case/);
  });

  test.skipIf(!probe.ok)(
    "an edited case counts once the reference answered it; Table 2 tells of the review",
    async () => {
      const file = await recorded("{'text': 'x'}", "{'text': 'y'}");
      const edit = (inputs: string) => review(file, { case: "g1", edit: inputs, ...by });
      await expect(edit('{"txt": "z"}')).rejects.toThrow(
        /no test case of task demo-c01: it does not fit the arguments/,
      );
      await expect(edit('{"text": "y"}')).rejects.toThrow(/it is there already/);
      expect(reviewedCases(await readCaseRecords(file)).counts.open).toBe(2);
      expect(await edit('{"text": "z"}')).toMatch(/g1 +edited +\{"text": "z"\}/);
      await review(file, { case: "g2", strike: true, ...by });
      const folder = join(file, "..");
      const written = await review(file, { write: join(folder, "mine-tasks.jsonl") });
      expect(written).toContain("1 tasks with 6 cases; 2 generated, 0 dropped, 1 struck, 1 edited, 1 kept");

      vi.stubEnv("SAFELAB_DATA", folder);
      try {
        await initRun(join(folder, "run"), {
          ...{ name: "t", datasets: [{ name: "mine" }], models: [{ name: "m" }], methods: ["base"], prompts: ["nl"] },
        });
      } finally {
        vi.unstubAllEnvs();
      }
      const { rows } = await openRunAt(join(folder, "run"));
      expect(table2(rows).rows[0]).toMatchObject({
        ...{
          cases: { value: 6 },
          generated: { value: 2 },
          struck: { value: 1 },
          edited: { value: 1 },
          kept: { value: 1 },
        },
      });
    },
    120_000,
  );
});

describe("safelab tasks build-tests", () => {
  const build = (dataset: string, options: Partial<BuildOptions> & { out: string }) =>
    printed(
      buildTests(dataset, {
        ...{ model: "SmolLM2-135M-Instruct", endpoint: "embedded", count: 2, seed: 1, signal },
        ...options,
      }),
    );
  const outFile = async () => join(await newFolder(), "cases.jsonl");

  test.each([
    ["a count that is none", ["--count", "many"], /whole number from 1 to 50/],
    ["a seed that is none", ["--seed", "1.5"], /whole number from 0 on/],
  ])("refuses %s", async (_, args, words) => {
    const { exitCode, stderr } = await safelab([
      "tasks",
      "build-tests",
      "demo-cases",
      "--out",
      await outFile(),
      ...args,
    ]);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(words)]);
  });

  test("refuses tasks that are not there, and a data set or a file of another kind", async () => {
    const out = await outFile();
    await expect(build("demo-cases", { out, task: ["demo-c99"] })).rejects.toThrow(
      /no task "demo-c99".*it has demo-c01/,
    );
    await expect(build("demo-unittest", { out })).rejects.toThrow(/no task of the cases style/);
    const foreign = (await readFile(await recorded("{}"), "utf8")).replace('"demo-cases"', '"mine"');
    await writeFile(out, foreign);
    await expect(build("demo-cases", { out })).rejects.toThrow(/holds cases of the data set "mine"/);
  });

  test.skipIf(!probe.ok || !hasModel)(
    "what the embedded model proposes is tried, covered, counted and reviewed",
    async () => {
      const out = await outFile();
      const text = await build("demo-cases", { out, task: ["demo-c02"] });
      expect(text).toMatch(/^demo-c02: \d+ of \d+ proposals became cases$/m);
      expect(text).toMatch(
        /executable lines of the reference that run: \d+ % \(\d+ of \d+\) with its own cases, \d+ %/,
      );
      const records = await readCaseRecords(out);
      const { counts } = reviewedCases(records);
      expect(counts.generated).toBeGreaterThan(0);
      const [first] = records.filter(({ event }) => event === "generated");
      await review(out, { case: first?.case ?? "", strike: true, ...by });
      expect(reviewedCases(await readCaseRecords(out)).counts).toEqual({
        ...counts,
        struck: 1,
        kept: counts.kept - 1,
        open: counts.open - 1,
      });
    },
    300_000,
  );
});

describe("safelab tasks build-tests without a case", () => {
  const dropped = (why: string): CaseRecord => ({
    ...{ schemaVersion: 1, dataset: "demo-cases", task: "demo-c01", model: "m", case: "g1" },
    ...{ event: "dropped", before: "{}", why },
  });
  const options = { model: "m", seed: 4 };

  test("says how many proposals were dropped for which reason, and what to try", () => {
    const [first, then] = noCaseLines(
      [dropped("it does not fit the arguments"), dropped("it is there already"), dropped("it is there already")],
      options,
    );
    expect(first).toBe("no case was kept: 2 × it is there already; 1 × it does not fit the arguments");
    expect(then).toBe("try again with another seed (--seed 5) or more proposals (--count); each call adds to the file");
    expect(noCaseLines([dropped("x")], { ...options, model: "SmolLM2-135M-Instruct" })[1]).toContain(
      "a larger model than the embedded one: --model NAME --endpoint URL",
    );
  });

  test("says nothing where one was kept", () => {
    const kept: CaseRecord = {
      ...{ schemaVersion: 1, dataset: "demo-cases", task: "demo-c01", model: "m", case: "g1", event: "generated" },
      ...{ after: "{'text': 'x'}", ms: 1, lines: [5] },
    };
    expect(noCaseLines([dropped("x"), kept], options)).toEqual([]);
  });
});
