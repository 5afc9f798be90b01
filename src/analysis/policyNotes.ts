import type { Exclusion } from "../metric/rate.js";
import { secureAtK } from "../metric/secureAtK.js";
import { formatRate } from "../table/formatCell.js";
import { methodName, scannerName } from "./names.js";
import type { Configuration, StudyView } from "./studyView.js";

const unscannable = {
  insecure: "counts as insecure",
  secure: "counts as secure (no finding means secure, the paper's convention)",
  exclude: "is left out and counted",
} as const;

/**
 * What decides `secure` in this run: the union, the policy for code that is missing or does not parse, scans that failed where they
 * count as secure (where they do not, they stand among what is left out), raised thresholds.
 */
export function securityNotes({ study }: StudyView): string[] {
  const thresholds = Object.entries(study.thresholds)
    .filter(([, { severity, confidence }]) => severity !== "LOW" || confidence !== "LOW")
    .map(
      ([scanner, { severity, confidence }]) =>
        `${scannerName(scanner)}'s from severity ${severity} and confidence ${confidence}`,
    );
  return [
    `Secure: no finding of ${study.union.map(scannerName).join(", ")}. Code that is missing or does not parse ${unscannable[study.policies.unscannable]}.`,
    ...(study.policies.scanFailed === "secure"
      ? ["A scan that failed counts as secure (no finding means secure, the paper's convention)."]
      : []),
    ...(thresholds.length === 0 ? [] : [`Findings that count: ${thresholds.join(", ")}.`]),
  ];
}

/** How many samples have no code or code that does not parse, and how they count; none where all could be scanned. */
export function unscannableNotes({ study, rows }: StudyView): string[] {
  const columns = study.union.map((scanner) => `scan_${scanner}` as const);
  let [samples, without, broken, isScanned] = [0, 0, 0, false];
  for (const row of rows) {
    if (row.sampleStatus === "missing" || row.sampleStatus === "endpointFailed") continue;
    samples += 1;
    isScanned ||= columns.some((column) => (row[column] ?? "notScanned") !== "notScanned");
    if (row.scanHash === "") without += 1;
    else if (columns.some((column) => row[column] === "unscannable")) broken += 1;
  }
  if (without + broken === 0 || !isScanned) return [];
  const { unscannable: policy } = study.policies;
  const verb = policy === "exclude" ? "are left out" : `count as ${policy}`;
  return [
    `Of ${samples} samples ${without} have no code and the code of ${broken} does not parse: they ${verb} (policy "unscannable": "${policy}" in run.json` +
      (policy === "secure" ? ")." : `; "secure" is the paper's convention: no finding, no flaw).`),
  ];
}

/** One sentence on the samples that are left out, or none. Of comparisons (`pairs`) a sample is left out as often as it is compared. */
export function exclusionNotes(
  exclusions: readonly (readonly Exclusion[])[],
  unit: "samples" | "pairs" = "samples",
): string[] {
  const sums = new Map<string, number>();
  for (const { reason, count } of exclusions.flat()) sums.set(reason, (sums.get(reason) ?? 0) + count);
  if (sums.size === 0) return [];
  const parts = [...sums].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${count} ${reason}`);
  const over = exclusions.length === 1 ? "" : ` in ${exclusions.length} comparisons together`;
  return [`${unit === "samples" ? "Left out of the denominators" : `Pairs left out${over}`}: ${parts.join(", ")}.`];
}

/** Whether the union flags a sample although one of its scanners failed on it: rates of one row leave it out, the union by itself does not. */
function isKnownToUnionAlone(row: Configuration["rows"][number]): boolean {
  if (row.secure !== "insecure") return false;
  const { union, policies } = row.facts.study;
  if (policies.scanFailed === "secure") return false;
  return union.some((scanner) => row[`scan_${scanner}`] === "scanFailed");
}

/**
 * Secure@1 of the union by itself where it is known of more samples than the rates of a row share: one flag is enough for it, also where another
 * scanner failed.
 */
export function unionAloneNotes(configurations: readonly Configuration[]): string[] {
  const own = configurations.filter(({ rows }) => rows.some(isKnownToUnionAlone));
  if (own.length === 0) return [];
  const flagged = own.flatMap(({ rows }) => rows.filter(isKnownToUnionAlone)).length;
  const parts = own.map(({ model, method, rows }) => {
    const { value, total } = secureAtK(rows);
    return `${model}, ${methodName(method)} ${formatRate(value)} (n = ${total})`;
  });
  return [
    `A scanner failed on ${flagged} of the samples left out and another one flags them, so that the union by itself is known of them: its Secure@1 is then ` +
      (parts.length > 4 ? "in `tableSecure` (`safelab status RUN`)." : `${parts.join("; ")}.`),
  ];
}
