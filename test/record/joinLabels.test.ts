import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { table3 } from "../../src/analysis/table3.js";
import { table7 } from "../../src/analysis/table7.js";
import { tableAgreement } from "../../src/analysis/tableAgreement.js";
import { tableConfusion } from "../../src/analysis/tableConfusion.js";
import { tableLabels } from "../../src/analysis/tableLabels.js";
import { looseLabelLines } from "../../src/record/looseLabels.js";
import { openAppender } from "../../src/record/openAppender.js";
import { openRunAt } from "../../src/record/openRun.js";
import { resultsCsv } from "../../src/record/resultsCsv.js";
import { openRunFolder } from "../../src/record/runFolder.js";
import type { Label } from "../../src/record/schema/label.js";
import { runFacts } from "../../src/report/runFacts.js";
import { runFolderWith, sample, study, tasks } from "./fixtures.js";

function label(task: string, annotator: string, fields: Partial<Label> = {}): Label {
  return {
    schemaVersion: 1,
    dataset: "d",
    task,
    prompt: "nl",
    model: "m",
    method: "base",
    repeat: 0,
    index: 0,
    annotator,
    role: "annotator",
    question: "security",
    value: "insecure",
    cwe: [],
    lines: [],
    note: "",
    seconds: 12.5,
    ...fields,
  };
}

const run = { "tasks.jsonl": tasks, "samples.jsonl": [sample("t1"), sample("t2"), sample("t3")] };

test("rows carry every annotator's last answer to each question, whichever file it stands in", async () => {
  const folder = await runFolderWith({
    ...run,
    "labels.ben.jsonl": [label("t1", "ben", { value: "secure" }), label("t1", "ben", { cwe: [78], lines: [2] })],
    "labels.ada.jsonl": [label("t1", "ada"), label("t1", "ada", { question: "failure", value: "other", note: "odd" })],
  });
  const { rows } = await openRunAt(folder);
  expect(rows[0]?.labels.map(({ annotator, question, value }) => [annotator, question, value])).toEqual([
    ["ada", "security", "insecure"],
    ["ada", "failure", "other"],
    ["ben", "security", "insecure"],
  ]);
  expect(rows[0]?.labels[2]).toEqual({
    annotator: "ben",
    role: "annotator",
    question: "security",
    value: "insecure",
    cwe: [78],
    lines: [2],
    note: "",
    seconds: 12.5,
  });
  expect(rows.slice(1).map(({ labels }) => labels)).toEqual([[], [], []]);
});

test("labels change neither the columns of tables nor the CSV", async () => {
  const before = await openRunAt(await runFolderWith(run));
  const after = await openRunAt(await runFolderWith({ ...run, "labels.ada.jsonl": [label("t1", "ada")] }));
  expect(after.rows[0]?.labels).toHaveLength(1);
  expect(resultsCsv(after.rows)).toBe(resultsCsv(before.rows));
  expect(after.table().columnNames()).toEqual(before.table().columnNames());
});

test("an answer that was taken back is gone from the rows, and the answer given after it counts", async () => {
  const lines = [label("t1", "ada"), label("t1", "ada", { value: null })];
  const folder = await runFolderWith({ ...run, "labels.ada.jsonl": lines });
  expect((await openRunAt(folder)).rows[0]?.labels).toEqual([]);
  const appender = await openAppender(await openRunFolder(folder), "labels", { part: "ada" });
  await appender.append(label("t1", "ada", { value: "cannotTell" }));
  await appender.close();
  expect((await openRunAt(folder)).rows[0]?.labels).toMatchObject([{ value: "cannotTell" }]);
});

test("a label without a sample stops nothing and counts nowhere, and every table of labels and the run's facts name it", async () => {
  const ada = [label("t1", "ada"), label("t9", "ada"), label("t4", "ada"), label("t9", "ada", { index: 3 })];
  const more = [label("t2", "ben", { method: "sven" }), label("t8", "ben", { value: null })];
  const files = { ...run, "labels.ada.jsonl": ada, "labels.ben.jsonl": more };
  const { rows } = await openRunAt(await runFolderWith(files));
  expect(rows.map(({ labels }) => labels.length)).toEqual([1, 0, 0, 0]);
  expect(rows[3]?.facts.looseLabels?.map(({ place, sample, why }) => [place, sample, why])).toEqual([
    ["labels.ada.jsonl:2", "d t9 (nl) of m with base, repeat 0, index 0", 'run.json asks for no task "t9" of d'],
    ["labels.ada.jsonl:3", "d t4 (nl) of m with base, repeat 0, index 0", "it was not generated"],
    ["labels.ada.jsonl:4", "d t9 (nl) of m with base, repeat 0, index 3", 'run.json sets "k" to 1, counted from 0'],
    ["labels.ben.jsonl:1", "d t2 (nl) of m with sven, repeat 0, index 0", 'run.json names no method "sven" for m'],
  ]);
  const facts = runFacts(rows).filter(([name]) => name === "Labels");
  expect(facts.map(([, text]) => text)).toEqual([
    expect.stringMatching(
      /^2 labels are left out: .*labels\.ada\.jsonl:2, ada on d t9 .*To count them, name it in run\.json and run `safelab import FILE --into RUN --method base`, or give the label to the run that it is of, `safelab label import OTHER FILE`, and remove the line\.$/,
    ),
    "1 label is left out: its sample is not in the run (labels.ada.jsonl:3, ada on d t4 (nl) of m with base, repeat 0, index 0: it was not generated). To count it, run `safelab import FILE --into RUN --method base`.",
    expect.stringMatching(
      /^1 label is left out: .*labels\.ben\.jsonl:1, ben on d t2 .*FILE --into RUN --method sven`, or/,
    ),
  ]);
  for (const table of [table3, tableAgreement, tableConfusion, tableLabels])
    expect(table(rows).notes.filter((note) => note.includes("left out: ") && note.includes("labels.ada"))).toHaveLength(
      2,
    );
  // An answer to another question is no concern of the table.
  expect(table7(rows).notes.join()).not.toContain("labels.ada");
});

test("of many labels without a sample the first three are named and the others counted", async () => {
  const ada = [5, 6, 7, 8, 9].map((task) => label(`t${task}`, "ada"));
  const { rows } = await openRunAt(await runFolderWith({ ...run, "labels.ada.jsonl": ada }));
  const [note = ""] = tableLabels(rows).notes;
  expect(note).toMatch(/^5 labels are left out: .*; and 2 more, which `safelab status RUN` lists\)/);
  expect(looseLabelLines(rows[0]?.facts.looseLabels ?? [], Infinity).join()).toContain("labels.ada.jsonl:5");
});

test("a study's own question is answered with its own words, and others are refused", async () => {
  const answers = ["yes", "no"].map((value) => ({ value, text: value }));
  const asking = JSON.stringify({ ...study, questions: { idiomatic: { text: "Is it idiomatic?", answers } } });
  const own = (value: string) => [label("t1", "ada", { question: "idiomatic", value })];
  const folder = await runFolderWith({ ...run, "run.json": asking, "labels.ada.jsonl": own("yes") });
  expect((await openRunAt(folder)).rows[0]?.labels).toMatchObject([{ question: "idiomatic", value: "yes" }]);
  await writeFile(join(folder, "labels.ada.jsonl"), `${JSON.stringify(own("maybe")[0])}\n`);
  await expect(openRunAt(folder)).rejects.toThrow(
    'labels.ada.jsonl:1: "maybe" is no answer to idiomatic: expected yes, no',
  );
  const unasked = await runFolderWith({ ...run, "labels.ada.jsonl": own("yes") });
  await expect(openRunAt(unasked)).rejects.toThrow(
    'labels.ada.jsonl:1: the run has no question "idiomatic": define it under `questions` in run.json',
  );
});

test("a line that is no label is named, and a last line that was cut off is passed over", async () => {
  const whole = `${JSON.stringify(label("t1", "ada"))}\n`;
  const cut = await runFolderWith({ ...run, "labels.ada.jsonl": whole + whole.slice(0, 40) });
  expect((await openRunAt(cut)).rows[0]?.labels).toHaveLength(1);
  const wrong = await runFolderWith({ ...run, "labels.ada.jsonl": [{ ...label("t1", "ada"), annotator: "../ada" }] });
  await expect(openRunAt(wrong)).rejects.toThrow(/labels\.ada\.jsonl:1: not a record of labels: field "annotator"/);
});
