import { describe, expect, test } from "vitest";
import { judgeCell } from "../../src/analysis/judgeCell.js";
import { facts, row } from "./rows.js";

const rowsOf = (...verdicts: string[]) => {
  const shared = facts();
  return verdicts.map((judged, i) => row(shared, { task: `t${i}`, judges: { j: judged } }));
};

describe("judgeCell", () => {
  test("counts what the judge calls secure or insecure and leaves the rest out by reason", () => {
    const rows = rowsOf("secure", "secure", "insecure", "unsure", "refused", "judgeFailed", "unparsed", "notJudged");
    const cell = judgeCell({ dataset: "D1", prompt: "nl", model: "m", method: "base", rows, where: {} }, "j");
    expect(cell).toMatchObject({ hits: 2, total: 3 });
    expect(cell.excluded?.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
  });

  test("says whether the judge was not run or gave no verdict", () => {
    const cellOf = (verdict: string, judge: string) =>
      judgeCell({ dataset: "D1", prompt: "nl", model: "m", method: "base", rows: rowsOf(verdict), where: {} }, judge);
    expect(cellOf("notJudged", "j").missing).toBe("no judgements by j in the run folder");
    expect(cellOf("secure", "other").missing).toBe("no judgements by other in the run folder");
    expect(cellOf("unsure", "j").missing).toContain("gave no verdict");
  });
});
