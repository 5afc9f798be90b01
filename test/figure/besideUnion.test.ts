import { expect, test } from "vitest";
import { figure3 } from "../../src/figure/figure3.js";
import { figure6 } from "../../src/figure/figure6.js";
import { facts, row } from "../analysis/rows.js";

const shared = facts({ methods: ["base"], union: ["bandit", "codeql"] });
const rows = Array.from({ length: 30 }, (_, i) =>
  row(shared, {
    task: `t${i}`,
    casePass: 1,
    scans: { bandit: "secure", codeql: "secure", semgrep: i === 0 ? "insecure" : "notScanned" },
  }),
);

test("figures say of how many samples a scanner beside the union has its bars, and what they leave out", () => {
  const told = expect.stringMatching(
    /is beside the union and has an n of its own, 1\. Left out .*29 not scanned by semgrep/,
  ) as string;
  expect(figure3(rows).notes).toContainEqual(told);
  expect(figure6(rows).notes).toContainEqual(told);
});
