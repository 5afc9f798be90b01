import { expect, test } from "vitest";
import { tableChoices } from "../../../src/analysis/findings/tableChoices.js";
import { tableThreats } from "../../../src/analysis/findings/tableThreats.js";
import { openRun } from "../../../src/notebook/openRun.js";
import { toolVersions } from "../../../src/record/toolVersions.js";
import type { TypedTable } from "../../../src/table/typedTable.js";
import { label } from "../labelRows.js";
import { plantedStudy } from "./plantedStudy.js";

const lines = ({ rows, columns }: TypedTable) => rows.map((row) => columns.map(({ key }) => row[key]?.value));

test("the threats of a run are counted from its rows", () => {
  const rows = plantedStudy("holds").map((row) =>
    row.labels.length > 0 && row.method === "base" && row.task === "t2"
      ? { ...row, labels: [...row.labels, label("cleo", "secure", { role: "adjudicator" })] }
      : row,
  );
  const said = lines(tableThreats(rows));
  // Bearer alone flags d = 0 … 1 under the baseline, and 6 of 100 under the methods; no other part of the union is as heavy.
  expect(said.slice(0, 3)).toEqual([
    ["The union hangs on one scanner", "without CodeQL", expect.stringMatching(/^Secure@1 rises by 0\.000; 0 of 16/)],
    [
      "The union hangs on one scanner",
      "without Bearer",
      expect.stringMatching(/^Secure@1 rises by 0\.060 to 0\.150; /),
    ],
    [
      "The union hangs on one scanner",
      "without Bandit",
      expect.stringMatching(/^Secure@1 rises by 0\.100 to 0\.200; /),
    ],
  ]);
  expect(said[3]).toEqual(["Few tests say ‘functional’", "D1", expect.stringContaining("100 tasks; ")]);
  expect(said[5]?.[2]).toMatch(
    /^2 annotators, manual labels \(seed 1\); ann, bea: agreement 100\.00 .*; 2 of 200 decided by an adjudicator, 0 unresolved$/,
  );
  expect(said[6]?.[2]).toContain("0 of 50 decided by an adjudicator");
});

test("a run without labels says which command makes them", () => {
  const said = lines(tableThreats(plantedStudy("holds", { labelled: false })));
  expect(said.at(-1)?.[2]).toContain("safelab label new RUN --question failure");
});

test("what the paper leaves open stands beside the run's choice, versions as its records name them", async () => {
  const { run, rows } = await openRun("data/demo");
  const choices = Object.fromEntries(lines(tableChoices(rows, await toolVersions(run)))) as Record<string, string>;
  expect(choices["Decoding"]).toBe("temperature 0, top-p 1, at most 256 tokens, seed 1");
  expect(choices["Severity from which a finding counts"]).toBe("Bandit: severity LOW, confidence LOW");
  expect(choices["Code that does not parse"]).toBe("counts as insecure");
  expect(choices["Versions of the scanners"]).toMatch(/^Bandit \d+\.\d+\.\d+$/);
  expect(choices["Prompts of the judges"]).toBe("no judge in this run");
  const withoutVersions = Object.fromEntries(lines(tableChoices(rows))) as Record<string, string>;
  expect(withoutVersions["Versions of the scanners"]).toContain("no scan recorded");
});

test("a judge's prompt is named by the hash that its records carry", () => {
  const versions = { scanners: {}, judgePrompts: { j: ["abcdef0123456789"] } };
  const choices = Object.fromEntries(lines(tableChoices(plantedStudy("holds"), versions))) as Record<string, string>;
  expect(choices["Prompts of the judges"]).toBe("j: prompt abcdef012345");
});
