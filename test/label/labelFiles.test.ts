import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importLabels } from "../../src/label/importLabels.js";
import { labelCsv, parseLabelCsv } from "../../src/label/labelCsv.js";
import { openRunAt } from "../../src/record/openRun.js";
import { Label } from "../../src/record/schema/label.js";
import { newFolder } from "../cli/safelab.js";
import { historyOf, labelOf, labelRun } from "./labelRun.js";

const labels = [
  labelOf("t01", "ada", "insecure", { cwe: [22, 78], lines: [3, 5], note: 'a "quote",\nand a line' }),
  labelOf("t02", "ada", "secure", { seconds: null }),
  labelOf("t01", "ben", "secure", { role: "adjudicator", note: "why" }),
];

test("labels survive the way to CSV and back", () => {
  const withdrawn = labelOf("t03", "ada", "x", { value: null });
  const parsed = parseLabelCsv(labelCsv([...labels, withdrawn])).map((raw) => Label.parse(raw));
  expect(parsed).toEqual([...labels, withdrawn]);
});

test("labels from a file are added, each to its annotator's file, and a second time nothing is", async () => {
  for (const [name, text] of [
    ["labels.csv", labelCsv(labels)],
    ["labels.jsonl", labels.map((label) => `${JSON.stringify(label)}\n`).join("")],
  ] as const) {
    const folder = await labelRun(3);
    const file = join(await newFolder(), name);
    await writeFile(file, text);
    expect(await importLabels(folder, file)).toEqual({ added: 3, known: 0 });
    expect((await openRunAt(folder)).rows[0]?.labels).toHaveLength(2);
    expect((await readFile(join(folder, "labels.ben.jsonl"), "utf8")).trimEnd().split("\n")).toHaveLength(1);
    expect(await importLabels(folder, file)).toEqual({ added: 0, known: 3 });
  }
});

test("an answer that differs becomes the one that counts, a history is taken over once", async () => {
  const folder = await labelRun(3, { "labels.ada.jsonl": [labelOf("t01", "ada", "secure")] });
  const file = join(await newFolder(), "labels.jsonl");
  const changes = ["cannotTell", "insecure"].map((value) => `${JSON.stringify(labelOf("t01", "ada", value))}\n`);
  await writeFile(file, changes.join(""));
  expect(await importLabels(folder, file)).toEqual({ added: 2, known: 0 });
  expect(await importLabels(folder, file)).toEqual({ added: 0, known: 2 });
  expect((await historyOf(folder)).map(({ value }) => value)).toEqual(["secure", "cannotTell", "insecure"]);
});

test("a line that is no label, or has no sample, is named and nothing is written", async () => {
  const folder = await labelRun(1);
  const into = async (name: string, text: string) => {
    const file = join(await newFolder(), name);
    await writeFile(file, text);
    return importLabels(folder, file);
  };
  await expect(into("a.csv", labelCsv(labels))).rejects.toThrow(
    /nothing was added\. .*a\.csv:3, ada on d t02 .* run\.json asks for no task "t02" of d\).*run `safelab import FILE --into RUN/,
  );
  await expect(into("a.jsonl", "{}\n")).rejects.toThrow(/a\.jsonl:1: not a label: field "dataset"/);
  await expect(into("a.jsonl", "x\n")).rejects.toThrow(/a\.jsonl:1: not JSON/);
  // Empty lines count: the number is that of the line in the file.
  await expect(into("a.jsonl", "\n\n{}\n")).rejects.toThrow(/a\.jsonl:3: not a label/);
  await expect(into("a.csv", "dataset,task\n")).rejects.toThrow("holds no label");
  await expect(into("b.jsonl", `${JSON.stringify({ ...labels[0], annotator: "../x" })}\n`)).rejects.toThrow(
    /:1: not a label: field "annotator"/,
  );
  expect(await historyOf(folder)).toEqual([]);
});
