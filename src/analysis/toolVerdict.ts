import { exclusionReason } from "../metric/exclusionReason.js";
import { columnVerdict } from "../metric/scannerVerdict.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { reasonOfJudge } from "./judgeCell.js";
import { scannerName } from "./names.js";
import type { StudyView } from "./studyView.js";

/** What gives verdicts, by its column: a scanner, a judge, or `secure`, the union. */
export type Tool = "secure" | `scan_${string}` | `judge_${string}`;

/** A verdict, or why there is none. */
export type ToolVerdict =
  { readonly verdict: "secure" | "insecure" } | { readonly verdict?: undefined; readonly reason: string };

/** The scanners of a run, their union, then its judges. */
export function toolsOf({ scanners, judges }: Pick<StudyView, "scanners" | "judges">): Tool[] {
  return [
    ...scanners.map((scanner) => `scan_${scanner}` as const),
    "secure",
    ...judges.map((judge) => `judge_${judge}` as const),
  ];
}

/** A tool's name as tables print it. */
export function toolName(tool: Tool): string {
  if (tool === "secure") return "Union";
  return isJudge(tool) ? `Judge ${tool.slice("judge_".length)}` : scannerName(tool.slice("scan_".length));
}

const isJudge = (tool: Tool): tool is `judge_${string}` => tool.startsWith("judge_");
const isScan = (tool: Tool): tool is `scan_${string}` => tool.startsWith("scan_");

/** What a tool says of a sample, after the study's policy for code that does not parse. */
export function toolVerdict(row: ResultRow, tool: Tool): ToolVerdict {
  if (isJudge(tool)) {
    const status = row[tool] ?? "notJudged";
    return status === "secure" || status === "insecure"
      ? { verdict: status }
      : { reason: reasonOfJudge[status] ?? status };
  }
  const verdict = isScan(tool) ? columnVerdict(row, tool) : row.secure;
  if (verdict === "secure" || verdict === "insecure") return { verdict };
  return { reason: exclusionReason(row, [isScan(tool) ? tool : "union"]) ?? verdict };
}
