import { describe, expect, test } from "vitest";
import { openPaper } from "../../src/notebook/openPaper.js";
import { openRecorded } from "../../src/notebook/openRecorded.js";
import { openRun } from "../../src/notebook/openRun.js";
import { compareWithPublished } from "../../src/paper/compareWithPublished.js";
import { publishedDataset, publishedModel } from "../../src/paper/publishedNames.js";
import { publishedTable3 } from "../../src/paper/publishedTable3.js";
import type { Row, TypedTable } from "../../src/table/typedTable.js";
import { smallDesign } from "../synthetic/syntheticDesign.js";
import { syntheticRows } from "../synthetic/syntheticRows.js";

const paper = await openPaper();
const find = ({ rows }: TypedTable, values: Readonly<Record<string, string>>): Row[] =>
  rows.filter((row) => Object.entries(values).every(([key, value]) => row[key]?.value === value));

describe("a run of the paper's design", () => {
  const table = compareWithPublished(syntheticRows(smallDesign(40)), paper);

  test("has a row for every printed number that it has too", () => {
    // 7 rates of 2 models without weights × 2 methods × 2 data sets.
    expect(find(table, { place: "Table 5" })).toHaveLength(56);
    // 4 transitions of 21 methods of models × 2 data sets, where the run has samples in the state before.
    expect(find(table, { place: "Table 6" }).length).toBeGreaterThan(4 * 42 * 0.9);
    // |d| and p on 2 measures, of the 21 of Table 4's configurations that were run, less the empty row of GPT-4o.
    expect(find(table, { place: "Table 4" })).toHaveLength(2 * 2 * 20 * 2);
    expect(
      find(table, { place: "derived from Table 6", model: "CodeLlama-7B" }).map((row) => row["quantity"]?.value),
    ).toEqual([...["Pass@1 task", "Secure-Pass@1"], ...["Pass@1 task", "Secure-Pass@1", "Secure@1 union"]]);
  });

  test("says the difference and whether the printed number lies within the interval", () => {
    const [row] = find(table, {
      place: "Table 5",
      dataset: "BigCodeBench",
      model: "GPT-4o",
      method: "Base",
      quantity: "Pass@1 task",
    });
    expect(row?.["printed"]?.value).toBe("0.6043");
    const [ours, within] = [row?.["ours"], row?.["within"]];
    expect(row?.["difference"]?.value).toBeCloseTo(Number(ours?.value) - 0.6043, 12);
    const [low, high] = ours?.interval ?? [NaN, NaN];
    expect(within?.value).toBe(low <= 0.6043 && 0.6043 <= high ? "yes" : "no");
    expect(new Set(table.rows.map((each) => each["within"]?.value))).toEqual(new Set(["yes", "no", null]));
    const [effect] = find(table, { place: "Table 4", quantity: "SAFE@1 d" });
    expect(effect?.["within"]?.missing).toContain("no interval");
    expect(Number(effect?.["ours"]?.value)).toBeGreaterThanOrEqual(0);
  });

  test("shows each research question its own numbers", () => {
    const quantities = (question: 1 | 2 | 3 | 4) =>
      [
        ...new Set(
          compareWithPublished(syntheticRows(smallDesign(40)), paper, { question }).rows.map(
            (row) => row["quantity"]?.value,
          ),
        ),
      ].sort();
    expect(quantities(1)).toEqual(["Secure@1 Bandit", "Secure@1 Bearer", "Secure@1 CodeQL"]);
    expect(quantities(3)).toEqual([
      "insecure+functional → secure+nonfunctional",
      "secure+functional → secure+nonfunctional",
    ]);
    expect(quantities(4)).toEqual(["secure → insecure", "secure+functional → insecure+functional"]);
    expect(quantities(2)).toContain("Secure-Pass@1 d");
  });
});

test("a run of another model says so in one sentence", async () => {
  const { rows } = await openRun("data/demo");
  const { rows: lines, notes } = compareWithPublished(rows, paper);
  expect(lines).toEqual([]);
  expect(notes).toEqual([
    "Nothing to compare: the run is of SmolLM2-135M-Instruct, and the paper’s models are CodeLlama, Qwen2.5-Coder, DeepSeek-Coder, Mistral, StarCoder, GPT-3.5-Turbo, GPT-4o.",
  ]);
});

test("the recorded generations stand beside the paper's Qwen base", async () => {
  const { rows } = await openRecorded("qwen2.5-coder-7b-bigcodebench");
  const [pass] = find(compareWithPublished(rows, paper), { quantity: "Pass@1 task" });
  expect(pass?.["printed"]?.value).toBe("0.4412 ((193 + 310) of 1140)");
  expect(Number(pass?.["ours"]?.value)).toBeGreaterThan(0.4412);
  expect(pass?.["within"]?.value).toBe("no");
});

test("names of models and data sets are the paper's or no one's", () => {
  expect(publishedModel("Qwen/Qwen2.5-Coder-7B-Instruct")).toBe("Qwen2.5-Coder");
  expect(publishedModel("codellama-7b-instruct")).toBe("CodeLlama");
  for (const other of ["Qwen2.5-Coder-0.5B", "gpt-4o-mini", "starcoder2-3b", "CodeLlama-13B", "my-mistral-7b"])
    expect(publishedModel(other), other).toBeUndefined();
  expect(publishedDataset("bigcodebench")).toBe("BigCodeBench");
  expect(publishedDataset("bigcodebench-hard")).toBeUndefined();
});

test("Table 3 as published has the columns of a run's own, with what follows from its counts", () => {
  const { rows } = publishedTable3(paper.numbers);
  expect(rows.map((row) => [row["tool"]?.value, row["n"]?.value, row["falsePositiveRate"]?.hits])).toEqual([
    ["CodeQL", 42, 0],
    ["Bearer", 42, 6],
    ["Bandit", 42, 2],
    ["Qwen", 42, 18],
    ["Llama", 42, 21],
  ]);
  expect(rows[4]?.["mcc"]?.missing).toContain("alike");
});
