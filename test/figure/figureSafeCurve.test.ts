import { describe, expect, test } from "vitest";
import { figureSafeCurve } from "../../src/figure/figureSafeCurve.js";
import { handRows } from "../analysis/handRows.js";
import { rounded } from "./rounded.js";

describe("figureSafeCurve", () => {
  const rows = handRows();

  test("keeps its specification", async () => {
    await expect(rounded(figureSafeCurve(rows))).toMatchFileSnapshot("golden/figureSafeCurve.json");
  });

  test("has a curve for each steepness, told apart by dash and colour, and says what half the cases give", () => {
    const { data, alt } = figureSafeCurve(rows, { steepness: [0, 1, 3] });
    const lines = data.slice(0, 3).map((trace) => trace["line"] as { dash: string; color: string });
    expect(new Set(lines.map(({ dash }) => dash)).size).toBe(3);
    expect(new Set(lines.map(({ color }) => color)).size).toBe(3);
    // (e^0.5 − 1)/(e − 1) and (e^1.5 − 1)/(e^3 − 1).
    expect(alt).toContain("Steepness 1: half the cases give 0.378. Steepness 3: half the cases give 0.182.");
  });

  test("makes room for every line of its legend", () => {
    const room = (steepness: number[]) =>
      (figureSafeCurve(rows, { steepness, width: "column" }).layout["margin"] as { t: number }).t;
    // In a column two entries stand beside each other; the circles are one more.
    expect(room([0, 1])).toBeGreaterThan(room([0]) + 10);
    expect(room([0, 1, 2])).toBe(room([0, 1]));
    expect(room([0, 1, 2, 3])).toBeGreaterThan(room([0, 1]) + 10);
  });

  test("draws every secure sample that was executed once, and says so where there is none", () => {
    const known = rows.filter(({ secure, casePass }) => secure === "secure" && casePass !== null).length;
    expect(figureSafeCurve(rows).notes.join(" ")).toContain(`the ${known} secure samples`);
    const none = figureSafeCurve([]);
    expect(none.data).toHaveLength(2);
    expect(none.notes.join(" ")).toContain("No secure sample has been executed");
  });
});
