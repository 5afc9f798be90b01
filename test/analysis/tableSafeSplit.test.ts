import { describe, expect, test } from "vitest";
import { table4 } from "../../src/analysis/table4.js";
import { tableSafeSplit } from "../../src/analysis/tableSafeSplit.js";
import { handRows } from "./handRows.js";
import { syntheticRows } from "./rows.js";

describe("tableSafeSplit", () => {
  const [cells] = tableSafeSplit(handRows()).rows;
  const half = Math.expm1(0.5) / Math.expm1(1);

  test("the two parts are those of the pairs, and add up to the change of Table 4", () => {
    // Per pair: t1 no change; t2 security (1 + half)/2, function (half − 1)/2; t3 security −1; t4 function −half;
    // t5 is insecure under both, so that its function counts for nothing.
    const security = ((1 + half) / 2 - 1) / 5;
    const functionality = ((half - 1) / 2 - half) / 5;
    expect(cells?.["security"]?.value).toBeCloseTo(security, 12);
    expect(cells?.["functionality"]?.value).toBeCloseTo(functionality, 12);
    expect(cells?.["total"]?.value).toBeCloseTo(security + functionality, 12);
    const safe = table4(handRows()).rows.find((each) => each["measure"]?.value === "SAFE@1");
    expect(cells?.["total"]?.value).toBeCloseTo(Number(safe?.["difference"]?.value), 12);
  });

  test("each part has an interval around it and its pairs", () => {
    for (const key of ["total", "security", "functionality"]) {
      const { value, interval, total } = cells?.[key] ?? {};
      expect(interval?.[0]).toBeLessThanOrEqual(Number(value));
      expect(interval?.[1]).toBeGreaterThanOrEqual(Number(value));
      expect(total).toBe(5);
    }
  });

  test("says what is missing: a second method, executions", () => {
    expect(tableSafeSplit(syntheticRows({ methods: ["base"] })).notes[0]).toContain('no method beside "base"');
    const [line] = tableSafeSplit(syntheticRows({ executed: false, tasks: 4 })).rows;
    expect(line?.["total"]).toMatchObject({ value: null, missing: "no executions: run `safelab execute RUN`" });
  });
});
