import { exclusionReason } from "../metric/exclusionReason.js";
import type { ResultRow } from "../record/schema/resultRow.js";

/**
 * What the scanners of the union saw of a sample whose verdict is known: a finding, nothing, or code that is missing or does not parse, which
 * the study's policy then counts one way or the other. `undefined` where the verdict is not known.
 */
export function unionSays(row: ResultRow): "flagged" | "silent" | "unscannable" | undefined {
  if (exclusionReason(row, ["union"]) !== undefined) return undefined;
  const statuses = row.facts.study.union.map((scanner) => row[`scan_${scanner}`]);
  if (statuses.includes("insecure")) return "flagged";
  return statuses.includes("unscannable") ? "unscannable" : "silent";
}
