import { describe, expect, test } from "vitest";
import { tableRates } from "../../src/analysis/table5.js";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { tableSecure } from "../../src/analysis/tableSecure.js";
import type { ScanStatus } from "../../src/record/schema/scan.js";
import { tableText } from "../../src/table/tableText.js";
import { facts, row } from "./rows.js";

const study = (scanFailed: "exclude" | "secure") => {
  const { policies } = facts().study;
  return facts({ methods: ["base"], union: ["bandit", "bearer"], policies: { ...policies, scanFailed } });
};
const pairs: readonly (readonly [ScanStatus, ScanStatus])[] = [
  ["secure", "secure"],
  ["secure", "insecure"],
  ["insecure", "scanFailed"],
  ["secure", "scanFailed"],
];
const rows = (scanFailed: "exclude" | "secure" = "exclude") => {
  const shared = study(scanFailed);
  return pairs.map(([bandit, bearer], i) => row(shared, { task: `t${i}`, casePass: 1, scans: { bandit, bearer } }));
};
const cells = (scanFailed: "exclude" | "secure") =>
  tableSecure(rows(scanFailed)).rows.map(({ scanner, n, flagged, secure }) => [
    ...[scanner?.value, n?.value, flagged?.value, secure?.value],
  ]);

describe("tableSecure", () => {
  test("gives each scanner and the union the samples of which they have a verdict: one flag is enough for the union", () => {
    expect(cells("exclude")).toEqual([
      ["Bearer", 2, 1, 0.5],
      ["Bandit", 4, 1, 0.75],
      ["Union (Bandit, Bearer)", 3, 2, 1 / 3],
    ]);
    const text = tableText(tableSecure(rows()), { intervals: true });
    // Wilson of 1 in 3 by its formula: 0.0614919, 0.7923404
    expect(text).toContain("0.333 [.061, .792]");
    expect(text).toContain("2 on which bearer failed");
  });

  test("code that nobody could scan stands in a column of its own, whatever the policy counts it as", () => {
    const statuses = ["unscannable", "unscannable", "insecure", "secure", "scanFailed"] as const;
    const counts = (policy: "insecure" | "secure" | "exclude") => {
      const { policies } = facts().study;
      const own = { methods: ["base"], union: ["bandit", "bearer"], policies: { ...policies, unscannable: policy } };
      const shared = facts(own);
      const all = statuses.map((bandit, i) =>
        row(shared, { task: `t${i}`, casePass: 1, scans: { bandit, bearer: i === 1 ? "insecure" : "secure" } }),
      );
      const table = tableSecure(all);
      for (const cell of table.rows.flatMap((line) => [line["flagged"], line["unscannable"]]))
        if (cell?.missing === undefined) expect(samplesOf(all, cell?.where ?? {})).toHaveLength(Number(cell?.value));
      return table.rows.map((line) => ["n", "flagged", "unscannable", "secure"].map((key) => line[key]?.value));
    };
    expect(counts("insecure")).toEqual([
      [5, 1, 0, 0.8],
      [4, 1, 2, 0.25],
      [4, 2, 1, 0.25],
    ]);
    expect(counts("secure")).toEqual([
      [5, 1, 0, 0.8],
      [4, 1, 2, 0.75],
      [4, 2, 1, 0.5],
    ]);
    // What is left out stands in the last column: a 0 would look as if all code could be scanned.
    expect(counts("exclude")).toEqual([
      [5, 1, null, 0.8],
      [2, 1, null, 0.5],
      [3, 2, null, 1 / 3],
    ]);
  });

  test("behind the union's cells stand only samples of which the union is known", () => {
    const shared = facts({ methods: ["base"], union: ["bandit", "bearer"] });
    const rows = [
      row(shared, { task: "t1", scans: { bandit: "unscannable", bearer: "unscannable" } }),
      row(shared, { task: "t2", scans: { bandit: "unscannable", bearer: "scanFailed" } }),
    ];
    const cell = tableSecure(rows).rows.at(-1)?.["unscannable"];
    expect(cell?.value).toBe(1);
    expect(samplesOf(rows, cell?.where ?? {}).map(({ task }) => task)).toEqual(["t1"]);
  });

  test("says how many samples nobody could scan and how they count, once something was scanned", () => {
    const shared = facts({ methods: ["base"] });
    const none = row(shared, { task: "t1", casePass: 1, scans: {} });
    expect(tableSecure([none]).notes.join(" ")).not.toContain("does not parse: they");
    const scanned = row(shared, { task: "t2", casePass: 1, scans: { bandit: "secure" } });
    expect(tableSecure([none, scanned]).notes.join(" ")).toContain(
      "Of 2 samples 2 have no code and the code of 0 does not parse: they count as insecure",
    );
  });

  test("of what nobody could scan each sample is counted once, and none that was never made", () => {
    const shared = facts({ methods: ["base"], union: ["bandit"] });
    const scans = { bandit: "unscannable" } as const;
    const rows = [
      row(shared, { task: "t1", scans }),
      { ...row(shared, { task: "t2", scans }), scanHash: "a" },
      { ...row(shared, { task: "t3", scans: { bandit: "secure" } }), scanHash: "b" },
      row(shared, { task: "t4", sampleStatus: "missing" }),
      row(shared, { task: "t5", sampleStatus: "endpointFailed" }),
    ];
    expect(tableSecure(rows).notes.join(" ")).toContain("Of 3 samples 1 have no code and the code of 1 does not parse");
  });

  test("counts a failed scan as secure where the study says so, and says it", () => {
    expect(cells("secure")).toEqual([
      ["Bearer", 4, 1, 0.75],
      ["Bandit", 4, 1, 0.75],
      ["Union (Bandit, Bearer)", 4, 2, 0.5],
    ]);
    expect(tableSecure(rows("secure")).notes.join(" ")).toContain("A scan that failed counts as secure");
    expect(tableSecure(rows("exclude")).notes.join(" ")).not.toContain("A scan that failed counts");
  });

  test("a union of one scanner is that scanner's line", () => {
    const shared = facts({ methods: ["base"] });
    const table = tableSecure([row(shared, { task: "t1", scans: { bandit: "secure", bearer: "insecure" } })]);
    expect(table.rows.map(({ scanner }) => scanner?.value)).toEqual(["Bearer", "Bandit (the union)"]);
  });

  test("says which command scans what a scanner has not seen", () => {
    const shared = study("exclude");
    const table = tableSecure([row(shared, { task: "t1", casePass: 1, scans: { bandit: "secure" } })]);
    expect(table.rows.map(({ secure }) => secure?.missing)).toEqual([
      "no scans by Bearer: run `safelab scan RUN --scanner bearer`",
      undefined,
      expect.stringContaining("no sample is scanned by every scanner of the union"),
    ]);
  });

  test("beside it tableRates keeps one denominator for a row, and notes the union's own where it is larger", () => {
    const table = tableRates(rows());
    expect(table.rows[0]).toMatchObject({ n: { value: 2 }, secure: { hits: 1, total: 2 } });
    expect(table.notes.join("\n")).toContain(
      "A scanner failed on 1 of the samples left out and another one flags them, so that the union by itself is known of them: its Secure@1 is then m1, Base 0.333 (n = 3).",
    );
    expect(tableRates(rows("secure")).rows[0]).toMatchObject({ n: { value: 4 }, secure: { hits: 2, total: 4 } });
    expect(tableRates(rows("secure")).notes.join("\n")).not.toContain("by itself");
  });
});
