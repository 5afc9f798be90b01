import { expect, test } from "vitest";
import { comparisonChanges } from "../../src/analysis/comparisonChanges.js";
import { comparisons } from "../../src/analysis/comparisons.js";
import { studyView } from "../../src/analysis/studyView.js";
import { facts, finding, row } from "./rows.js";

test("a pair counts where the scanners looked at both sides; what is left out says which side is why", () => {
  const shared = facts({ union: ["bandit"] });
  const flagged = { scans: { bandit: "insecure" }, findings: { bandit: [finding("B1", 78)] } } as const;
  const clean = { scans: { bandit: "secure" } } as const;
  const failed = { scans: { bandit: "scanFailed" } } as const;
  const pairs = [
    [flagged, clean],
    [flagged, failed],
    [failed, clean],
    [failed, failed],
  ] as const;
  const rows = pairs.flatMap(([before, after], i) => [
    row(shared, { task: `t${i}`, ...before }),
    row(shared, { task: `t${i}`, method: "sven", ...after }),
  ]);
  const view = studyView(rows);
  const [comparison] = comparisons(view);
  if (comparison === undefined) throw new Error("there is one comparison");
  const { pairs: counted, excluded, changes } = comparisonChanges(view, comparison);
  expect(counted).toBe(1);
  expect(changes.map(({ of, removed, introduced }) => [of.kind, removed, introduced])).toEqual([
    ["family", 1, 0],
    ["rule", 1, 0],
  ]);
  expect(excluded).toEqual([
    { reason: "baseline: on which bandit failed", count: 2 },
    { reason: "method: on which bandit failed", count: 1 },
  ]);
});
