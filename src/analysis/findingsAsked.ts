import { exclusionReason, type Need } from "../metric/exclusionReason.js";
import { cweFamily } from "../metric/cweFamily.js";
import { hitsLabel, labelOf } from "../metric/labelledCwe.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { Finding } from "../record/schema/scan.js";
import type { Where } from "../table/typedTable.js";
import { anyAnswer } from "./hasLabels.js";

/** Keys of a `where` that select by findings and by who looked. */
export const findingKeys = ["change", "seenBy", "scanner", "rule", "cwe", "family", "labelled"] as const;

/** What `seenBy` holds for these scanners. */
export function seenBy(scanners: readonly string[]): string {
  return scanners.join(",");
}

/** The question of a `where` to the findings of a sample; the sample that it is compared with comes first. */
export interface FindingsAsked {
  /** Whether each scanner of `seenBy` has a verdict on the sample. */
  readonly isSeen: (row: ResultRow) => boolean;
  /** Whether the sample has such a finding; where none is asked for, any sample has. */
  readonly has: (row: ResultRow) => boolean;
  /** Whether it changed as `change` says; never where a verdict that this takes is unknown. */
  readonly hasChanged: (base: ResultRow | undefined, row: ResultRow) => boolean;
}

/** Reads what a `where` asks of findings once, for a loop over many rows. */
export function findingsAsked(where: Where): FindingsAsked {
  const { scanner, rule, cwe, family, labelled, change } = where;
  const seen = where["seenBy"] === undefined ? undefined : String(where["seenBy"]).split(",");
  const own = scanner === undefined || scanner === anyAnswer ? seen : [String(scanner)];
  const needs = (seen ?? []).map((each) => `scan_${each}` as const);
  const compared: Need[] = seen !== undefined ? needs : own?.[0] === undefined ? ["union"] : [`scan_${own[0]}`];
  const isAsked = [scanner, rule, cwe, family, labelled].some((asked) => asked !== undefined);
  const isKnown = (row: ResultRow, what: readonly Need[]) => exclusionReason(row, what) === undefined;
  const fits = (row: ResultRow) => {
    const label = labelled === undefined ? undefined : labelOf(row);
    return (finding: Finding) =>
      (rule === undefined || finding.ruleId === rule) &&
      (cwe === undefined || finding.cwe.includes(Number(cwe))) &&
      (family === undefined || finding.cwe.some((each) => cweFamily(each) === Number(family))) &&
      (label === undefined || hitsLabel(finding, label, labelled === "family"));
  };
  const reporters = (row: ResultRow) => {
    const isHit = fits(row);
    return (own ?? Object.keys(row.findings)).filter((each) => (row.findings[each] ?? []).some(isHit));
  };
  const has = (row: ResultRow) => !isAsked || reporters(row).length > 0;
  const isSilent = (row: ResultRow) => (each: string) => row[`scan_${each}`] === "unscannable";
  return {
    isSeen: (row) => needs.every((need) => row[need] !== undefined) && isKnown(row, needs),
    has,
    hasChanged: (base, row) => {
      if (base === undefined || !isKnown(base, compared) || !isKnown(row, compared)) return false;
      const [had, holds] = [has(base), has(row)];
      if (change === "introduced") return holds && !had;
      return had && !holds && (change !== "silenced" || reporters(base).every(isSilent(row)));
    },
  };
}
