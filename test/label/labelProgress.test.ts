import { expect, test } from "vitest";
import { labelLines } from "../../src/cli/labelLines.js";
import { labelProgress } from "../../src/label/labelProgress.js";
import type { Draw } from "../../src/record/schema/draw.js";
import type { RowLabel } from "../../src/record/schema/label.js";
import { facts, row } from "../analysis/rows.js";

const shared = facts({ methods: ["base"] });
const says = (annotator: string, value: string, role: RowLabel["role"] = "annotator"): RowLabel => ({
  ...{ annotator, value, role, question: "security", cwe: [], lines: [], note: "", seconds: null },
});
const rows = [
  row(shared, { task: "t1", labels: [says("ada", "secure"), says("bob", "secure")] }),
  row(shared, { task: "t2", labels: [says("ada", "secure"), says("bob", "vulnerable")] }),
  row(shared, {
    task: "t3",
    labels: [says("ada", "secure"), says("bob", "vulnerable"), says("eve", "secure", "adjudicator")],
  }),
  row(shared, { task: "t4", labels: [says("bob", "secure")] }),
  row(shared, { task: "t5", labels: [says("ada", "secure")] }),
];
const draw = (question: string, ...tasks: string[]): Draw => ({
  ...{ schemaVersion: 1, question, seed: 1, n: tasks.length, strata: "none", excluded: [] },
  filter: { dataset: [], model: [], method: [] },
  frame: { count: 5, strata: [], sha256: "" },
  samples: tasks.map((task) => ({
    dataset: "D1",
    task,
    prompt: "nl",
    model: "m1",
    method: "base",
    repeat: 0,
    index: 0,
  })),
});

test("labels are counted per person over the distinct drawn samples, with the disagreements that nobody decided", () => {
  const progress = labelProgress(rows, [
    draw("security", "t1", "t2"),
    draw("security", "t2", "t3", "t4"),
    draw("failure", "t1"),
  ]);
  expect(progress).toEqual([
    {
      ...{ question: "security", drawn: 4, disagreements: 2, open: 1 },
      people: [
        { name: "ada", role: "annotator", labelled: 3 },
        { name: "bob", role: "annotator", labelled: 4 },
        { name: "eve", role: "adjudicator", labelled: 1 },
      ],
    },
    { question: "failure", drawn: 1, disagreements: 0, open: 0, people: [] },
  ]);
  expect(labelLines(progress, "out/mine")).toEqual([
    "Labels: security, 4 samples drawn",
    "  ada  labelled 3 of 4",
    "  bob  labelled 4 of 4",
    "  eve  decided 1 of 2 (adjudicator)",
    "  annotators differ on 2, 1 of them open: `safelab label adjudicate out/mine --question security --annotator NAME`",
    "Labels: failure, 1 samples drawn",
    "  nobody has answered yet: `safelab label serve out/mine --question failure --annotator NAME`",
  ]);
});

test("without a draw there is nothing to say", () => {
  expect(labelProgress(rows, [])).toEqual([]);
});
