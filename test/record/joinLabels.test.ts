import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openAppender } from "../../src/record/openAppender.js";
import { openRunAt } from "../../src/record/openRun.js";
import { resultsCsv } from "../../src/record/resultsCsv.js";
import { openRunFolder } from "../../src/record/runFolder.js";
import type { Label } from "../../src/record/schema/label.js";
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

test("a label without a sample is named with file, line and sample, planned or not", async () => {
  const ada = [label("t1", "ada"), label("t9", "ada")];
  await expect(openRunAt(await runFolderWith({ ...run, "labels.ada.jsonl": ada }))).rejects.toThrow(
    "labels.ada.jsonl:2: ada labels a sample that is not in the run, d t9 (nl) of m with base, repeat 0, index 0 (the study does not plan it): remove the line",
  );
  const missing = await runFolderWith({ ...run, "labels.ada.jsonl": [label("t4", "ada")] });
  await expect(openRunAt(missing)).rejects.toThrow(/labels\.ada\.jsonl:1: .* d t4 .*\(it was not generated\)/);
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
