import { expect, test } from "vitest";
import { table2 } from "../../src/analysis/table2.js";
import { statusText } from "../../src/cli/statusText.js";
import { about } from "../../src/notebook/about.js";
import { looseSampleLines } from "../../src/record/looseSamples.js";
import { openRunAt } from "../../src/record/openRun.js";
import { runFacts } from "../../src/report/runFacts.js";
import { runFolderWith, sample, study, tasks } from "./fixtures.js";

/** Two samples that the study plans, then ten that it does not. */
const samples = [
  ...[sample("t1"), sample("t2")],
  ...[sample("t8"), sample("t9"), sample("t9", { dataset: "e" })],
  ...[sample("t1", { method: "sven" }), sample("t1", { prompt: "ct" }), sample("t2", { prompt: "ct" })],
  ...[sample("t1", { model: "n" }), sample("t1", { model: "elsewhere" })],
  ...[sample("t1", { repeat: 1, index: 2 }), sample("t1", { index: 1 })],
];
const asked = {
  ...study,
  datasets: [{ name: "d" }, { name: "f" }],
  models: [{ name: "m" }, { name: "elsewhere", datasets: ["f"] }],
};
const files = {
  "run.json": JSON.stringify(asked),
  "tasks.jsonl": [...tasks, { ...tasks[0], dataset: "f" }],
  "samples.jsonl": samples,
};

test("every recorded sample that the study does not plan is counted once, by the first reason for which it counts nowhere", async () => {
  const { rows } = await openRunAt(await runFolderWith(files));
  expect(rows.filter(({ sampleStatus }) => sampleStatus !== "missing")).toHaveLength(2);
  expect(rows[3]?.facts.looseSamples).toEqual([
    { reason: "unknownTask", count: 2, of: ["t8 of d", "t9 of d"] },
    {
      reason: "configuration",
      count: 6,
      of: ["data set e", "method sven for m", "prompt ct for m", "model n", "elsewhere on d"],
    },
    { reason: "repeat", count: 1, of: ["repeat 1"] },
    { reason: "index", count: 1, of: ["index 1"] },
  ]);
});

test("samples of tasks that run.json leaves out are told apart from those of tasks that tasks.jsonl does not know", async () => {
  const few = { ...study, datasets: [{ name: "d", tasks: 1 }] };
  const folder = await runFolderWith({
    ...files,
    "run.json": JSON.stringify(few),
    "samples.jsonl": samples.slice(0, 3),
  });
  const { rows } = await openRunAt(folder);
  expect(rows[0]?.facts.looseSamples).toEqual([
    { reason: "unknownTask", count: 1, of: ["t8 of d"] },
    { reason: "task", count: 1, of: ["t2 of d"] },
  ]);
  expect(looseSampleLines(rows[0]?.facts.looseSamples ?? [])[1]).toBe(
    '1 recorded sample counts nowhere: run.json does not ask for t2 of d. To count it, name these tasks under "datasets" in run.json.',
  );
});

test("status, the facts of a run, about and Table 2 say which recorded samples count nowhere and what makes them count", async () => {
  const folder = await runFolderWith(files);
  const { rows } = await openRunAt(folder);
  const lines = [
    "2 recorded samples count nowhere: tasks.jsonl does not know t8 of d, t9 of d. To count them, put the lines of these tasks back into it, " +
      "or run `safelab plan RUN`, which adds those of registered data sets.",
    "6 recorded samples count nowhere: run.json does not ask for data set e, method sven for m, prompt ct for m, model n, elsewhere on d. " +
      "To count them, put that back into run.json.",
    '1 recorded sample counts nowhere: run.json sets "repeats" too low for repeat 1 (the first is 0). To count it, raise "repeats" in run.json.',
    '1 recorded sample counts nowhere: run.json sets "k" too low for index 1 (the first is 0). To count it, raise "k" in run.json.',
  ];
  expect(runFacts(rows).flatMap(([name, text]) => (name === "Not counted" ? [text] : []))).toEqual(lines);
  expect(table2(rows).notes).toEqual(expect.arrayContaining(lines));
  const status = await statusText(folder);
  for (const line of lines) {
    expect(about(rows)).toContain(line);
    expect(status).toContain(line);
  }
});

test("of many tasks the first are named and the others counted", () => {
  const of = Array.from({ length: 30 }, (_, i) => `t${i} of d`);
  const loose = [{ reason: "unknownTask", count: 90, of }] as const;
  expect(looseSampleLines(loose)[0]).toMatch(/^90 .* t3 of d, t4 of d and 25 more\. To/);
  expect(looseSampleLines(loose, 30)[0]).toContain("t29 of d. To");
});

test("a run whose samples are all planned has nothing to say", async () => {
  const { rows } = await openRunAt(await runFolderWith({ "tasks.jsonl": tasks, "samples.jsonl": [sample("t1")] }));
  expect(rows[0]?.facts).not.toHaveProperty("looseSamples");
  expect(table2(rows).notes.join()).not.toContain("nowhere");
});
