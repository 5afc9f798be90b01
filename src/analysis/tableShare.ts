import { countReasons } from "../metric/rate.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, missingCell, type Row, type TypedTable, typedTable } from "../table/typedTable.js";
import { evidenceOf } from "./evidence.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { shareKind, type SilentKind, silentKinds } from "./shareKind.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type Configuration, type StudyView, studyView } from "./studyView.js";

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
  const found = configuration.rows.map(shareKind(study));
  const excluded = countReasons(found.flatMap((each) => ("reason" in each ? [each.reason] : [])));
  const scanned = found.flatMap((each) => ("kind" in each ? [each.kind] : []));
  const silent = scanned.filter((kind) => kind !== "finding");
  const share = (hits: number, total: number, { none, asked }: { none: string; asked: string }): Cell =>
    total === 0
      ? missingCell(none, where)
      : {
          ...{ value: hits / total, hits, total, excluded, interval: shareInterval(hits, total) },
          where: { ...where, share: asked },
        };
  const unscanned = evidenceOf(configuration, ["union"]).missing.get("union") ?? "no sample is scanned";
  const none = scanned.length === 0 ? unscanned : "every sample has a finding";
  const withheld = silent.filter((kind) => kind === "withheld").length;
  const cell = (kind: SilentKind): Cell =>
    withheld > 0 && (kind === "stub" || kind === "code")
      ? missingCell(`the code of ${withheld} of these samples is withheld`, where)
      : share(silent.filter((each) => each === kind).length, silent.length, { none, asked: kind });
  return {
    ...stubCells(configuration),
    n: { value: scanned.length, excluded, where: { ...where, share: "scanned" } },
    silent: share(silent.length, scanned.length, { none: unscanned, asked: "silent" }),
    ...Object.fromEntries(silentKinds.map((kind) => [kind, cell(kind)])),
  };
}
