import { cweFamilyName } from "../metric/cweFamily.js";
import type { ScannerCweCounts } from "../metric/cweCounts.js";
import type { ResultRow } from "../record/schema/resultRow.js";

/** A line of the chart: a CWE, the CWEs beyond the most frequent, or findings that name none. */
export type CweLine = number | "other" | "none";

/** CWEs that get a line of their own; the rest share one. */
const lines = 15;

type Counts = ScannerCweCounts<ResultRow>;

/** The CWEs with a line, most frequent over all scanners first; `other` for the rest, `none` for findings that name none. */
export function cweLines(seen: readonly Counts[], count: "samples" | "findings"): CweLine[] {
  const sums = new Map<number | null, number>();
  for (const { counts } of seen) for (const each of counts) sums.set(each.cwe, (sums.get(each.cwe) ?? 0) + each[count]);
  const named = [...sums]
    .filter((entry): entry is [number, number] => entry[0] !== null)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return [
    ...named.slice(0, lines).map(([cwe]) => cwe),
    ...(named.length > lines ? (["other"] as const) : []),
    ...(sums.has(null) ? (["none"] as const) : []),
  ];
}

/** How often a line's CWEs are reported. A sample that has several of them counts once. */
export function countOf(of: Counts, name: CweLine, names: readonly unknown[], count: "samples" | "findings"): number {
  const members = of.counts.filter(({ cwe }) => {
    if (name === "none") return cwe === null;
    return name === "other" ? cwe !== null && !names.includes(cwe) : cwe === name;
  });
  const [only] = members;
  if (count === "samples" && members.length === 1 && only !== undefined) return only.samples;
  return count === "findings"
    ? members.reduce((sum, each) => sum + each.findings, 0)
    : new Set(members.flatMap((each) => each.where)).size;
}

/** A line's name; a family's says what it is about. */
export function lineName(line: CweLine, cwes: "raw" | "families"): string {
  if (typeof line !== "number") return line === "other" ? "other" : "no CWE";
  return cwes === "raw" ? `CWE-${line}` : cweFamilyName(line);
}
