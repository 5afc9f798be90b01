import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { openRunAt } from "../../src/record/openRun.js";
import { openAppender } from "../../src/record/openAppender.js";
import { openRunFolder } from "../../src/record/runFolder.js";
import { newFolder, safelab } from "./safelab.js";

let folder: string;
let into: string;
beforeEach(async () => {
  folder = await newFolder();
  into = join(folder, "run");
});

async function fileOf(tasks: readonly string[], code = "x = 1\n"): Promise<string> {
  const file = join(folder, `${tasks.length}.jsonl`);
  await writeFile(file, tasks.map((task_id) => `${JSON.stringify({ task_id, solution: code })}\n`).join(""));
  return file;
}
const importing = (file: string, model = "m", ...more: readonly string[]) => [
  ...["import", file, "--into", into, "--dataset", "demo-cases", "--model", model, ...more],
];
const contents = async () =>
  Promise.all(["run.json", "tasks.jsonl", "samples.jsonl"].map((name) => readFile(join(into, name), "utf8")));

test("a first import makes the run folder, and a second one completes it", async () => {
  const first = await safelab(importing(await fileOf(["demo-c01"])));
  expect(first).toMatchObject({ exitCode: 0, stderr: "" });
  expect(first.stdout).toMatch(/1 samples imported .*\n\d+ planned samples of this configuration are still missing/);
  const ids = Array.from({ length: 26 }, (_, at) => `demo-c${String(at + 1).padStart(2, "0")}`);
  const second = await safelab(importing(await fileOf(ids.slice(1))));
  expect(second).toMatchObject({ exitCode: 0 });
  expect(second.stdout).not.toMatch(/missing/);
});

test("an import says how many of its samples have no code, and counts those that were there already no more", async () => {
  const lines = [
    { task_id: "demo-c01", solution: " \n" },
    { task_id: "demo-c02", solution: "x = 1\n" },
    { task_id: "demo-c03", solution: "" },
  ];
  const file = join(folder, "blank.jsonl");
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const words = /(\d+) of them have no code: they count as failed/;
  expect(words.exec((await safelab(importing(file))).stdout)?.[1]).toBe("2");
  expect((await safelab(importing(file))).stdout).not.toMatch(words);
});

test("a new run asks for as many samples a task as the file has, and an existing one says what to do with more", async () => {
  const lines = [1, 2, 2].map((at) => ({ task_id: "demo-c01", solution: `x = ${at}\n` }));
  const file = join(folder, "three.jsonl");
  const write = (all: readonly object[]) => writeFile(file, all.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await write([...lines, { task_id: "demo-c02", solution: "y = 1\n" }]);
  const made = await safelab(importing(file));
  expect(made).toMatchObject({ exitCode: 0, stderr: "" });
  expect(made.stdout).toMatch(/4 samples imported .*\nthe new run asks for k = 3 samples a task/);
  const { study } = await openRunFolder(into);
  expect(study.k).toBe(3);
  expect((await safelab(importing(file))).stdout).not.toMatch(/the new run/);
  await write([...lines, ...lines]);
  expect((await safelab(importing(file, "n"))).stderr).toMatch(
    /asks for k = 3 a task: set "k" in run\.json, or import into/,
  );
});

test("a task that has the same line twice has one sample in a new run", async () => {
  expect(await safelab(importing(await fileOf(["demo-c01", "demo-c01"])))).toMatchObject({ exitCode: 0 });
  expect((await openRunFolder(into)).study.k).toBe(1);
});

test("an import says how many of its samples begin with a Markdown fence", async () => {
  const file = await fileOf(["demo-c01", "demo-c02"], "\n```python\nx = 1\n```\n");
  expect((await safelab(importing(file))).stdout).toMatch(/2 of them begin with a Markdown fence .*do(es)? not parse/);
  expect((await safelab(importing(await fileOf(["demo-c03"])))).stdout).not.toMatch(/fence/);
});

test("the help of import names what it reads, the form that the paper's artefact takes among them", async () => {
  const { stdout } = await safelab(["import", "--help"]);
  expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
    /\{"task_id": "…", "solution": "code"\}.*BigCodeBench.*paper's artefact/,
  );
});

test("the first import's method is the baseline of a new run, and a later one leaves it", async () => {
  const file = await fileOf(["demo-c01"]);
  for (const method of ["fp16", "awq"]) await safelab(importing(file, "m", "--method", method));
  const { study } = await openRunFolder(into);
  expect(study).toMatchObject({ baseline: "fp16", models: [{ methods: ["fp16", "awq"] }] });
});

test("another model with another prompt of another data set is planned for itself alone", async () => {
  await safelab(importing(await fileOf(["demo-c01"])));
  const before = (await openRunAt(into)).rows.length;
  const file = await fileOf(["demo-u01"]);
  const args = ["import", file, "--into", into, "--dataset", "demo-unittest", "--model", "n", "--prompt", "ct"];
  expect(await safelab(args)).toMatchObject({ exitCode: 0 });
  const { rows } = await openRunAt(into);
  const added = rows.filter(({ model }) => model === "n");
  expect(rows.length).toBe(before + added.length);
  expect(new Set(added.map(({ dataset, prompt, method }) => `${dataset} ${prompt} ${method}`))).toEqual(
    new Set(["demo-unittest ct base"]),
  );
  expect(await readFile(join(into, "run.json"), "utf8")).toContain("// nl: an instruction in natural language");
});

test("an import that does not fit an existing run changes no file of it", async () => {
  await safelab(importing(await fileOf(["demo-c01"])));
  const before = await contents();
  const unknown = await fileOf(["demo-c02", "demo-c99"]);
  expect(await safelab(importing(unknown, "n", "--method", "sven"))).toMatchObject({ exitCode: 2 });
  const other = await fileOf(["demo-c01"], "y = 2\n");
  expect(await safelab(importing(other))).toMatchObject({ exitCode: 2 });
  expect(await contents()).toEqual(before);
});

test("while somebody else writes samples an import says so, and goes on when they are done", async () => {
  await safelab(importing(await fileOf(["demo-c01"])));
  const appender = await openAppender(await openRunFolder(into), "samples");
  const file = await fileOf(["demo-c01", "demo-c02"]);
  const busy = await safelab(importing(file, "n"));
  expect(busy).toMatchObject({ exitCode: 2 });
  expect(busy.stderr).toMatch(/in use by process .*the same import goes on from there/);
  const asked = await readFile(join(into, "run.json"), "utf8");
  expect(asked).toContain('"n"');
  await appender.close();
  expect((await safelab(importing(file, "n"))).stdout).toMatch(/2 samples imported/);
  expect(await readFile(join(into, "run.json"), "utf8")).toBe(asked);
});

test("a folder that holds records without a study is refused, and they stay", async () => {
  await mkdir(into);
  await writeFile(join(into, "tasks.jsonl"), "mine\n");
  const file = await fileOf(["demo-c01"]);
  for (const args of [importing(file), ["study", "init", into]]) {
    const refused = await safelab(args);
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toMatch(/holds tasks\.jsonl but no run\.json/);
  }
  expect(await readdir(into)).toEqual(["tasks.jsonl"]);
  expect(await readFile(join(into, "tasks.jsonl"), "utf8")).toBe("mine\n");
});

test("an existing run keeps its own policies for code without a verdict, and says how to change one where another is asked for", async () => {
  const file = await fileOf(["demo-c01"]);
  expect((await safelab(importing(file, "m", "--unscannable", "secure"))).stdout).not.toMatch(/keeps its policy/);
  const line =
    /exists and keeps its policy "unscannable": "secure"; to count otherwise set .*"exclude".* in .*run\.json/;
  expect((await safelab(importing(file, "n", "--unscannable", "exclude"))).stdout).toMatch(line);
  expect((await safelab(importing(file, "n", "--unscannable", "secure"))).stdout).not.toMatch(line);
  expect((await safelab(importing(file, "n"))).stdout).not.toMatch(line);
  expect((await safelab(importing(file, "n", "--scan-failed", "secure"))).stdout).toMatch(
    /keeps its policy "scanFailed": "exclude"/,
  );
});

test("an unknown kind of prompt is wrong input", async () => {
  const wrong = await safelab(importing(await fileOf(["demo-c01"]), "m", "--prompt", "poem"));
  expect(wrong).toMatchObject({ exitCode: 2 });
  expect(wrong.stderr).toMatch(/nl, ct/);
  expect(existsSync(into)).toBe(false);
});
