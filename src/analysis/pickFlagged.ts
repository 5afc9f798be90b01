import type { ResultRow } from "../record/schema/resultRow.js";
import { byTask } from "./pickPair.js";
import { scannerName } from "./names.js";
import type { StudyView } from "./studyView.js";

/** A sample to look at, and why it was picked. */
export interface PickedSample {
  readonly row: ResultRow;
  readonly why: string;
}

/** Why there is no sample to look at. */
export interface NoPick {
  readonly missing: string;
}

/**
 * The sample of Figure 1: CodeQL reports nothing and another scanner flags it. Where no sample is of that kind, one on which any two
 * scanners differ; else any that is flagged. The smallest task id decides, then the study's order.
 */
export function pickFlagged(view: StudyView): PickedSample | NoPick {
  // Names of columns that are put together anew for each of thousands of rows take most of the time.
  const columns = view.scanners.map((scanner) => `scan_${scanner}` as const);
  const isFlagged = (row: ResultRow) => columns.some((column) => row[column] === "insecure");
  const flagged = view.configurations.flatMap((configuration) => configuration.rows.filter(isFlagged));
  if (flagged.length === 0) {
    const isKnown = (row: ResultRow) => columns.some((column) => (row[column] ?? "notScanned") !== "notScanned");
    return {
      missing: view.configurations.some((configuration) => configuration.rows.some(isKnown))
        ? "no scanner flags any sample"
        : "no sample was scanned: run `safelab scan RUN`",
    };
  }
  const readable = flagged.filter(({ code }) => code !== null && code !== "");
  if (readable.length === 0) return { missing: `the code of all ${flagged.length} flagged samples is withheld` };
  const beside = (clean: readonly `scan_${string}`[]) =>
    firstTask(readable.filter((row) => clean.some((column) => row[column] === "secure")));
  const codeql = beside(["scan_codeql"]);
  if (codeql !== undefined) return { row: codeql, why: contrast(view, codeql, "codeql") };
  const differing = beside(columns);
  if (differing !== undefined) {
    const clean = scannersThat(view, differing, "secure")[0] ?? "";
    const instead = `no sample that CodeQL passes and another scanner flags`;
    return { row: differing, why: `${contrast(view, differing, clean)} Shown because there is ${instead}.` };
  }
  const row = firstTask(readable) as ResultRow;
  const names = scannersThat(view, row, "insecure").map(scannerName).join(", ");
  return { row, why: `Flagged by ${names}. Shown because no two scanners differ on any sample.` };
}

/** The row with the smallest task id; of several the one that stands first. Sorting thousands of ids for one of them takes long. */
function firstTask(rows: readonly ResultRow[]): ResultRow | undefined {
  let first = rows[0];
  for (const row of rows) if (first !== undefined && row.task !== first.task && byTask(row, first) < 0) first = row;
  return first;
}

function contrast(view: StudyView, row: ResultRow, clean: string): string {
  const names = scannersThat(view, row, "insecure").map(scannerName).join(" and ");
  return `${scannerName(clean)} reports nothing here, ${names} flags it.`;
}

function scannersThat({ scanners }: StudyView, row: ResultRow, status: "secure" | "insecure"): string[] {
  return scanners.filter((scanner) => row[`scan_${scanner}`] === status);
}
