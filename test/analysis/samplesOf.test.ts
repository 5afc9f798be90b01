import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { tableChanges } from "../../src/analysis/tableChanges.js";
import { tableLabelledCwe } from "../../src/analysis/tableLabelledCwe.js";
import { tableShare } from "../../src/analysis/tableShare.js";
import type { ResultRow } from "../../src/record/schema/resultRow.js";
import type { TypedTable } from "../../src/table/typedTable.js";
import { facts, finding, row } from "./rows.js";

const names = ["bandit", "bearer", "codeql"] as const;
const findings = fc.subarray([finding("B1", 78), finding("B2", 327, 89), finding("B3", 338), finding("B4")], {
  minLength: 1,
});
/** What one scanner says of a sample: its findings, or what stands in their place. */
const said = fc.oneof(
  { weight: 3, arbitrary: findings },
  { weight: 3, arbitrary: fc.constant("secure" as const) },
  fc.constantFrom("unscannable" as const, "scanFailed" as const, "notScanned" as const),
);
const sample = fc.record({
  status: fc.constantFrom("generated", "generated", "generated", "refused", "endpointFailed", "missing" as const),
  code: fc.constantFrom("", " ", "x = 1\n", "def f(): ...\n"),
  said: fc.tuple(said, said, said),
  isKept: fc.constantFrom(true, true, true, true, false),
});
const task = fc.record({
  cwe: fc.constantFrom("", "CWE-78", "CWE-338 CWE-89"),
  samples: fc.array(sample, { minLength: 4, maxLength: 4 }),
});

/** Damaged runs of two methods and two repeats, whose union does not hold the third scanner. */
const damaged = fc
  .record({
    tasks: fc.array(task, { minLength: 1, maxLength: 8 }),
    unscannable: fc.constantFrom("insecure", "secure", "exclude" as const),
    scanFailed: fc.constantFrom("exclude", "secure" as const),
  })
  .map(({ tasks, unscannable, scanFailed }) => {
    const { policies } = facts().study;
    const shared = facts({
      union: ["bandit", "bearer"],
      repeats: 2,
      policies: { ...policies, unscannable, scanFailed },
    });
    return tasks.flatMap(({ cwe, samples }, t) =>
      samples.flatMap(({ status, code, said, isKept }, at): ResultRow[] => {
        if (!isKept) return [];
        const each = names.map((name, i) => [name, said[i] ?? "secure"] as const);
        return [
          row(shared, {
            ...{ task: `t${t}`, cwe, method: at % 2 === 0 ? "base" : "sven", repeat: at < 2 ? 0 : 1 },
            ...{ sampleStatus: status, code },
            scans: Object.fromEntries(each.map(([name, one]) => [name, typeof one === "string" ? one : "insecure"])),
            findings: Object.fromEntries(each.flatMap(([name, one]) => (typeof one === "string" ? [] : [[name, one]]))),
          }),
        ];
      }),
    );
  })
  .filter((rows) => rows.length > 0);

/** The cells of these columns that count samples and select others than they count. */
function strayCells(rows: readonly ResultRow[], table: TypedTable, columns: (key: string) => boolean): string[] {
  return table.rows.flatMap((cells, at) =>
    Object.entries(cells).flatMap(([key, { value, hits, where }]) => {
      if (!columns(key) || value === null) return [];
      const [count, behind] = [hits ?? value, samplesOf(rows, where).length];
      return count === behind
        ? []
        : [`line ${at}, ${key}: ${count} counted, ${behind} selected by ${JSON.stringify(where)}`];
    }),
  );
}

describe("samplesOf selects as many samples as a cell counts, whatever is unknown,", () => {
  test("for the changes of findings", () => {
    const counts = new Set(["n", "before", "after", "removed", "silenced", "introduced"]);
    fc.assert(
      fc.property(damaged, (rows) => {
        expect(strayCells(rows, tableChanges(rows), (key) => counts.has(key))).toEqual([]);
      }),
    );
  });

  test("for findings that hit the label", () => {
    const counts = /^(n|flagged|(raw|family)(_.*)?)$/;
    fc.assert(
      fc.property(damaged, (rows) => {
        expect(strayCells(rows, tableLabelledCwe(rows), (key) => counts.test(key))).toEqual([]);
      }),
    );
  });

  test("for what samples without a finding are made of", () => {
    const counts = new Set(["n", "silent", "empty", "unparseable", "stub", "code"]);
    fc.assert(
      fc.property(damaged, fc.boolean(), (made, isWithheld) => {
        const rows = isWithheld ? made.map((each) => ({ ...each, code: each.code === "" ? "" : null })) : made;
        expect(strayCells(rows, tableShare(rows), (key) => counts.has(key))).toEqual([]);
      }),
    );
  });
});
