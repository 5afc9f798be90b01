import { countReasons } from "../metric/rate.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { ScanStatus } from "../record/schema/scan.js";
import { type Cell, missingCell, type Row, type TypedTable, typedTable } from "../table/typedTable.js";
import { evidenceOf } from "./evidence.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type Configuration, type StudyView, studyView } from "./studyView.js";

const kinds = ["empty", "unparseable", "stub", "code"] as const;
type Kind = (typeof kinds)[number];

/**
 * What samples without a finding are made of: no code at all, code that does not parse, code without any function, and the rest. Scanners
 * report nothing on the first three whatever they are asked, so a share of "secure" that consists of them is no security.
 *
 * It looks at every sample on which no scanner of the union reports anything, whatever the study counts code that does not parse as.
 *
 * @throws InputError for no rows.
 */
export function tableShare(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const lines = view.configurations.map((configuration) => lineOf(view, configuration));
  return typedTable({
    id: "tableShare",
    title: "What samples without a finding are made of",
    columns: [
      ...stubColumns(view),
      { key: "n", label: "Scanned", kind: "count" },
      { key: "silent", label: "No finding", kind: "percent" },
      { key: "empty", label: "No code", kind: "percent", group: "Of those without a finding" },
      { key: "unparseable", label: "Does not parse", kind: "percent", group: "Of those without a finding" },
      { key: "stub", label: "No function", kind: "percent", group: "Of those without a finding" },
      { key: "code", label: "The rest", kind: "percent", group: "Of those without a finding" },
    ],
    rows: lines,
    notes: [
      "Percent, with hits/n and 95 % Wilson interval. No function: code that parses and has no line that begins with def. " +
        "Each sample is in one class, the first that fits.",
      ...securityNotes(view),
      ...exclusionNotes(lines.map((line) => line["n"]?.excluded ?? [])),
      ...view.notes,
    ],
  });
}

function lineOf({ study }: StudyView, configuration: Configuration): Row {
  const { where } = configuration;
  const columns = study.union.map((scanner) => `scan_${scanner}` as const);
  const reasons: string[] = [];
  const scanned: ResultRow[] = [];
  const silent: ResultRow[] = [];
  for (const row of configuration.rows) {
    const reason = whyNotShared(row, columns, study.policies.scanFailed);
    if (reason !== undefined) reasons.push(reason);
    else {
      scanned.push(row);
      if (!says(row, columns, "insecure")) silent.push(row);
    }
  }
  const excluded = countReasons(reasons);
  const share = (hits: number, total: number, none: string): Cell =>
    total === 0
      ? missingCell(none, where)
      : { value: hits / total, hits, total, excluded, interval: shareInterval(hits, total), where };
  const unscanned = evidenceOf(configuration, ["union"]).missing.get("union") ?? "no sample is scanned";
  const none = scanned.length === 0 ? unscanned : "every sample has a finding";
  const found = silent.map((row) => kindOf(row, columns));
  const withheld = found.filter((kind) => kind === undefined).length;
  const cell = (kind: Kind): Cell =>
    withheld > 0 && (kind === "stub" || kind === "code")
      ? missingCell(`the code of ${withheld} of these samples is withheld`, where)
      : share(found.filter((each) => each === kind).length, silent.length, none);
  return {
    ...stubCells(configuration),
    n: { value: scanned.length, excluded, where },
    silent: share(silent.length, scanned.length, unscanned),
    ...Object.fromEntries(kinds.map((kind) => [kind, cell(kind)])),
  };
}

function says(row: ResultRow, columns: readonly `scan_${string}`[], status: ScanStatus): boolean {
  return columns.some((column) => row[column] === status);
}

/** Why it is not known whether the union finds anything in a sample. */
function whyNotShared(
  row: ResultRow,
  columns: readonly `scan_${string}`[],
  scanFailed: StudyView["study"]["policies"]["scanFailed"],
): string | undefined {
  if (row.sampleStatus === "missing") return "no sample";
  if (row.sampleStatus === "endpointFailed") return "endpoint failed";
  if (columns.some((column) => (row[column] ?? "notScanned") === "notScanned")) return "not scanned";
  const failed = says(row, columns, "scanFailed") && !says(row, columns, "insecure");
  return failed && scanFailed === "exclude" ? "scan failed" : undefined;
}

/** What a sample without a finding is; `undefined` where that takes its code, which is withheld. */
function kindOf(row: ResultRow, columns: readonly `scan_${string}`[]): Kind | undefined {
  if (row.code === "") return "empty";
  if (says(row, columns, "unscannable")) return "unparseable";
  if (row.code === null) return undefined;
  if (row.code.trim() === "") return "empty";
  return /^[^\S\n]*(async\s+)?def\s/m.test(row.code) ? "code" : "stub";
}
