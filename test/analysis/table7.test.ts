import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { table7 } from "../../src/analysis/table7.js";
import { label, labelRows, times } from "./labelRows.js";
import { handRows } from "./handRows.js";

const failure = (...values: string[]) =>
  ["ada", "ben", "cy"].slice(0, values.length).map((name, i) => label(name, values[i] ?? "", { question: "failure" }));
const sven = { bandit: "secure" as const, method: "sven" };

const rows = labelRows([
  ...times(2, { ...sven, labels: failure("removedCode", "removedCode", "junkCode") }),
  { ...sven, labels: failure("notFollowingInstruction", "notFollowingInstruction", "other") },
  { ...sven, labels: failure("falseNegative", "falseNegative", "falseNegative") },
  { ...sven, labels: failure("removedCode", "junkCode", "other") },
  { ...sven, method: "base", labels: failure("other") },
  { ...sven, labels: [label("ada", "insecure")] },
]);

describe("table7", () => {
  test("shares each model's and method's samples among the categories by majority, with Wilson intervals", () => {
    const [line] = table7(rows).rows;
    expect(line?.["method"]?.value).toBe("SVEN");
    expect(line?.["n"]).toMatchObject({ value: 4, excluded: [{ reason: "label unresolved", count: 1 }] });
    expect(line?.["removedCode"]).toMatchObject({ hits: 2, total: 4, value: 0.5 });
    expect(line?.["junkCode"]).toMatchObject({ hits: 0, total: 4 });
    expect(line?.["givenUp"]).toMatchObject({ hits: 3, total: 4 });
    // statsmodels.stats.proportion.proportion_confint(3, 4, method="wilson")
    expect(line?.["givenUp"]?.interval?.[0]).toBeCloseTo(0.30064184258240184, 10);
    expect(line?.["givenUp"]?.interval?.[1]).toBeCloseTo(0.9544127391902995, 10);
  });

  test("the last line pools all models and methods", () => {
    const lines = table7(rows).rows;
    expect(lines.map((line) => line["method"]?.value)).toEqual(["SVEN", "Base", ""]);
    expect(lines.at(-1)?.["n"]?.value).toBe(5);
  });

  test("every share knows its samples", () => {
    for (const line of table7(rows).rows)
      for (const key of ["removedCode", "junkCode", "falseNegative", "other"])
        expect(samplesOf(rows, line[key]?.where ?? {}), key).toHaveLength(line[key]?.hits ?? -1);
  });

  test("a run without labels says which commands make them", () => {
    const { rows: lines } = table7(handRows());
    expect(lines).toHaveLength(1);
    expect(lines[0]?.["removedCode"]?.missing).toContain("`safelab label new RUN --question failure`");
  });
});
