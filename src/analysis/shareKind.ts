import type { ResultRow } from "../record/schema/resultRow.js";
import type { ScanStatus } from "../record/schema/scan.js";
import type { Study } from "../record/schema/study.js";

/** What a sample without a finding is made of, the first that fits: no code, code that does not parse, code without a function, the rest. */
export const silentKinds = ["empty", "unparseable", "stub", "code"] as const;
export type SilentKind = (typeof silentKinds)[number];

/** The same of any sample that was scanned; `withheld` where it takes the code, which the run does not hold. */
export type ShareKind = SilentKind | "finding" | "withheld";

/** What a sample is, or why it is not known whether the study's union finds anything in it. */
export function shareKind({
  union,
  policies,
}: Pick<Study, "union" | "policies">): (row: ResultRow) => { readonly kind: ShareKind } | { readonly reason: string } {
  // Names of columns that are put together anew for each of thousands of rows take most of the time.
  const columns = union.map((scanner) => `scan_${scanner}` as const);
  const says = (row: ResultRow, status: ScanStatus) => columns.some((column) => row[column] === status);
  return (row) => {
    if (row.sampleStatus === "missing") return { reason: "no sample" };
    if (row.sampleStatus === "endpointFailed") return { reason: "endpoint failed" };
    if (columns.some((column) => (row[column] ?? "notScanned") === "notScanned")) return { reason: "not scanned" };
    if (says(row, "insecure")) return { kind: "finding" };
    if (says(row, "scanFailed") && policies.scanFailed === "exclude") return { reason: "scan failed" };
    if (row.code === "") return { kind: "empty" };
    if (says(row, "unscannable")) return { kind: "unparseable" };
    if (row.code === null) return { kind: "withheld" };
    if (row.code.trim() === "") return { kind: "empty" };
    return { kind: /^[^\S\n]*(async\s+)?def\s/m.test(row.code) ? "code" : "stub" };
  };
}

/**
 * Whether a sample is what `share` of a `where` asks for: one of the kinds, `silent` for any without a finding, `scanned` for any of which it is
 * known whether it has one.
 */
export function hasShare(study: Pick<Study, "union" | "policies">, asked: string): (row: ResultRow) => boolean {
  const kindOf = shareKind(study);
  return (row) => {
    const found = kindOf(row);
    if (!("kind" in found)) return false;
    return asked === "scanned" || (asked === "silent" ? found.kind !== "finding" : found.kind === asked);
  };
}
