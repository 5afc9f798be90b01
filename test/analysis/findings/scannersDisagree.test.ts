import { expect, test } from "vitest";
import { findings } from "../../../src/analysis/findings/findings.js";
import { facts, row } from "../rows.js";

const shared = facts({ methods: ["base"], union: ["bandit", "codeql"] });
const rows = Array.from({ length: 30 }, (_, i) =>
  row(shared, {
    task: `t${i}`,
    casePass: 1,
    scans: { bandit: "secure", codeql: "secure", semgrep: i === 0 ? "insecure" : "notScanned" },
  }),
);

test("scanners are compared on the same samples, and one without any scan is none that flags nothing or everything", () => {
  const silent = rows.map((each) => ({ ...each, scan_semgrep: "notScanned" }) as const);
  const [first] = findings(silent);
  expect(first?.evidence[0]).toMatchObject({ n: 30, difference: { value: 0 }, reading: "alike" });
});
