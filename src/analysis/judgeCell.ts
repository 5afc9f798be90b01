import { exclusionReason } from "../metric/exclusionReason.js";
import { countReasons } from "../metric/rate.js";
import { type Cell, missingCell } from "../table/typedTable.js";
import { shareInterval } from "./shareInterval.js";
import type { Configuration } from "./studyView.js";

/**
 * Secure@1 by a judge: the share of samples that it calls secure, of those that it calls secure or insecure. Samples on which it is
 * unsure, refuses or cannot be read are left out and counted.
 */
export function judgeCell({ rows, where }: Configuration, judge: string): Cell {
  const reasons: string[] = [];
  let hits = 0;
  for (const row of rows) {
    const status = row[`judge_${judge}`] ?? "notJudged";
    const reason = exclusionReason(row, []) ?? reasonOfJudge[status];
    if (reason !== undefined) reasons.push(reason);
    else if (status === "secure") hits += 1;
  }
  const total = rows.length - reasons.length;
  const excluded = countReasons(reasons);
  if (total > 0) return { value: hits / total, hits, total, excluded, interval: shareInterval(hits, total), where };
  const judged = rows.some((row) => (row[`judge_${judge}`] ?? "notJudged") !== "notJudged");
  if (judged)
    return missingCell(`judge ${judge} gave no verdict (${excluded.map(({ reason }) => reason).join(", ")})`, where);
  return missingCell(`no judgements by ${judge} in the run folder`, where);
}

/** Why a judge's answer is no verdict, by its status. */
export const reasonOfJudge: Readonly<Record<string, string | undefined>> = {
  unsure: "judge unsure",
  unparsed: "judge's reply not understood",
  refused: "judge refused",
  judgeFailed: "judge failed",
  notJudged: "not judged",
};
