import { textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import type { AuditFinding, AuditVerdict } from "./auditFinding.js";

/** What each verdict is called in a table, in the order in which they are read. */
const words: Readonly<Record<AuditVerdict, string>> = {
  contradicts: "does not agree",
  outlier: "stands out",
  untold: "not told",
  convention: "convention",
  derived: "follows",
  agrees: "agrees",
};

/**
 * Findings of the audit as a table, one a row: place, check, what was found; those that do not agree first.
 *
 * @param verdicts which findings to show; all where left out
 */
export function auditTable(findings: readonly AuditFinding[], ...verdicts: readonly AuditVerdict[]): TypedTable {
  const order = Object.keys(words);
  const shown = findings
    .filter(({ verdict }) => verdicts.length === 0 || verdicts.includes(verdict))
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => order.indexOf(a.finding.verdict) - order.indexOf(b.finding.verdict) || a.index - b.index);
  return typedTable({
    id: "audit",
    title: "The published numbers, read against each other",
    columns: [
      { key: "place", label: "Place", kind: "text" },
      { key: "check", label: "Check", kind: "text" },
      { key: "verdict", label: "Reading", kind: "text" },
      { key: "says", label: "What stands there and what follows", kind: "text" },
    ],
    rows: shown.map(({ finding }) => ({
      place: textCell(finding.place),
      check: textCell(finding.check),
      verdict: textCell(words[finding.verdict]),
      says: textCell(finding.says),
    })),
    notes: [
      "Numbers as they stand in the copy at hand, a text version that was not checked against the PDF: what does not agree may come from the copy.",
    ],
  });
}
