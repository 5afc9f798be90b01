import { describe, expect, test } from "vitest";
import {
  describeCell,
  formatCell,
  formatCount,
  formatCounts,
  formatInterval,
  formatP,
  formatPercent,
  formatRate,
  formatSigned,
} from "../../src/table/formatCell.js";

describe("formatCell", () => {
  test("a rate has three digits, a percentage two and no sign", () => {
    expect(formatRate(0.7514)).toBe("0.751");
    expect(formatRate(1)).toBe("1.000");
    expect(formatPercent(0.18814)).toBe("18.81");
    expect(formatPercent(0)).toBe("0.00");
  });

  test.each([
    [0, "< .001"],
    [0.00099, "< .001"],
    [0.001, ".001"],
    [0.04216, ".042"],
    [0.9996, "> .999"],
    [1, "1"],
    [0.9999999999999977, "1"],
  ])("p = %d prints as %s, never as zero", (p, text) => {
    expect(formatP(p)).toBe(text);
  });

  test("differences are signed with a true minus, and zero has no sign", () => {
    expect(formatSigned(0.172)).toBe("+0.172");
    expect(formatSigned(-0.0436)).toBe("\u22120.044");
    expect(formatSigned(-0.0001)).toBe("0.000");
    expect(formatSigned(0.0001)).toBe("0.000");
  });

  test("counts are grouped from five digits on", () => {
    expect([9, 1140, 65_548, 1_234_567].map(formatCount)).toEqual(["9", "1140", "65,548", "1,234,567"]);
  });

  test("a missing value is a dash", () => {
    expect(formatCell({ value: null, missing: "no scans", where: {} }, "rate")).toBe("–");
  });

  test("intervals follow the column's kind and drop leading zeros", () => {
    expect(formatInterval({ value: 0.5, interval: [0.3006, 1], where: {} }, "rate")).toBe("[.301, 1.000]");
    // A percentage without its leading zero would read as a fraction.
    expect(formatInterval({ value: 0.01, interval: [0.0029, 0.0886], where: {} }, "percent")).toBe("[0.29, 8.86]");
    expect(formatInterval({ value: 0.5, interval: [0.03, 0.1256], where: {} }, "percent")).toBe("[3.00, 12.56]");
    expect(formatInterval({ value: 0, interval: [-0.1, 0.02], where: {} }, "difference")).toBe("[\u2212.100, +.020]");
    expect(formatInterval({ value: 0.5, where: {} }, "rate")).toBe("");
  });

  test("counts are hits over total, or n where a mean has no hits", () => {
    expect(formatCounts({ value: 0.5, hits: 2, total: 4, where: {} })).toBe("2/4");
    expect(formatCounts({ value: 0.5, total: 4, where: {} })).toBe("n = 4");
  });

  test("a description tells counts, interval and what was left out", () => {
    const cell = {
      value: 0.5,
      hits: 2,
      total: 4,
      interval: [0.15, 0.85] as const,
      excluded: [{ reason: "not scanned", count: 3 }],
      where: {},
    };
    expect(describeCell(cell, "rate")).toBe("2/4; 95 % interval [.150, .850]; 3 left out (not scanned)");
    expect(describeCell({ value: null, missing: "no scans", where: {} }, "rate")).toBe("no scans");
  });
});
