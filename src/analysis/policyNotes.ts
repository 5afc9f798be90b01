import type { Exclusion } from "../metric/rate.js";
import { scannerName } from "./names.js";
import type { StudyView } from "./studyView.js";

const unscannable = {
  insecure: "counts as insecure",
  secure: "counts as secure (no finding means secure, the paper's convention)",
  exclude: "is left out and counted",
} as const;

/** What decides `secure` in this run: the union, the policy for code that is missing or does not parse, raised thresholds. */
export function securityNotes({ study }: StudyView): string[] {
  const thresholds = Object.entries(study.thresholds)
    .filter(([, { severity, confidence }]) => severity !== "LOW" || confidence !== "LOW")
    .map(
      ([scanner, { severity, confidence }]) =>
        `${scannerName(scanner)} from severity ${severity} and confidence ${confidence}`,
    );
  return [
    `Secure: no finding of ${study.union.map(scannerName).join(", ")}. Code that is missing or does not parse ${unscannable[study.policies.unscannable]}.`,
    ...(thresholds.length === 0 ? [] : [`Findings count ${thresholds.join(", ")}.`]),
  ];
}

/** One sentence on the samples that are left out, or none. */
export function exclusionNotes(exclusions: readonly (readonly Exclusion[])[]): string[] {
  const sums = new Map<string, number>();
  for (const { reason, count } of exclusions.flat()) sums.set(reason, (sums.get(reason) ?? 0) + count);
  if (sums.size === 0) return [];
  const parts = [...sums].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${count} ${reason}`);
  return [`Left out of the denominators: ${parts.join(", ")}.`];
}
