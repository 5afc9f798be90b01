import { expect, test } from "vitest";
import { sensitivityOf, settings } from "../../src/analysis/sensitivity.js";
import { studyView } from "../../src/analysis/studyView.js";
import { safeOf } from "../../src/metric/safeOf.js";
import { facts, finding, row, seeded } from "./rows.js";

const shared = facts({ methods: ["base"], union: ["bandit", "bearer"] });
const severities = ["UNDEFINED", "LOW", "MEDIUM", "HIGH"] as const;
const ranks = { UNDEFINED: 0, LOW: 0, MEDIUM: 1, HIGH: 2 };

test("a sample counts under a setting as its own findings say, however many samples are like it", () => {
  const random = seeded(3);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const rows = Array.from({ length: 300 }, (_, i) => {
    const statuses = ["bandit", "bearer"].map(
      (scanner) => [scanner, pick(["secure", "insecure", "insecure", "unscannable", "scanFailed"] as const)] as const,
    );
    // A flag may stand without a listed finding.
    const found = statuses.map(([scanner, status]) => {
      const listed = status === "insecure" ? Array.from({ length: Math.floor(random() * 3) }) : [];
      return [scanner, listed.map(() => ({ ...finding("R", 78), severity: pick(severities) }))] as const;
    });
    const [scans, findings] = [Object.fromEntries(statuses), Object.fromEntries(found)];
    return row(shared, { task: `t${i}`, casePass: pick([0, 0.5, 1]), scans, findings });
  });
  const view = studyView(rows);
  const [line] = sensitivityOf(view, view.configurations).lines;
  for (const [at, { form, severity, unscannable }] of settings.entries()) {
    const states = rows.map((each) => {
      const flags = ["bandit", "bearer"].map((scanner) => {
        const listed = each.findings[scanner] ?? [];
        const counts = listed.length === 0 || listed.some((one) => ranks[one.severity] >= ranks[severity]);
        return each[`scan_${scanner}`] === "insecure" ? (counts ? "insecure" : "secure") : each[`scan_${scanner}`];
      });
      if (flags.includes("insecure")) return "insecure";
      if (flags.includes("scanFailed")) return "unknown";
      return flags.includes("unscannable") ? (unscannable === "exclude" ? "unknown" : unscannable) : "secure";
    });
    const sum = rows.reduce((total, { casePass }, i) => {
      if (states[i] !== "secure") return total;
      return total + (form === "linear" ? (casePass ?? 0) : safeOf(casePass ?? 0, true));
    }, 0);
    const n = states.filter((state) => state !== "unknown").length;
    expect(line?.n[at], JSON.stringify(settings[at])).toBe(n);
    expect(line?.safe[at], JSON.stringify(settings[at])).toBeCloseTo(sum / n, 12);
  }
});
