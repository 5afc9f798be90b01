import type { Need } from "../metric/exclusionReason.js";
import { hitsLabel, labelOf, type TaskLabel } from "../metric/labelledCwe.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, type Column, missingCell, type Row, type TypedTable, typedTable } from "../table/typedTable.js";
import { elsewhere } from "./advice.js";
import { evidenceOf } from "./evidence.js";
import { seenBy } from "./findingsAsked.js";
import { anyAnswer } from "./hasLabels.js";
import { scannerName } from "./names.js";
import { exclusionNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type Configuration, type StudyView, studyView } from "./studyView.js";

/** How a finding is held against the label: by number, or by family. */
const ways = ["raw", "family"] as const;
type Way = (typeof ways)[number];

/**
 * Whether a finding hits what the task is about: of the samples of tasks with a labelled CWE, the share with a finding that names this
 * CWE (raw) or one of its family, by each scanner and by any of them, with 95 % Wilson intervals. `flagged` is the share with any finding.
 *
 * Flagged samples whose findings miss the label are insecure in the study for another reason than the one that the task tests. Data sets without
 * labels have no lines; the notes name them.
 *
 * @throws InputError for no rows.
 */
export function tableLabelledCwe(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const { scanners } = view;
  const labels = new Map<string, TaskLabel>();
  for (const { cwe } of rows) if (!labels.has(cwe)) labels.set(cwe, labelOf({ cwe }));
  const isLabelled = ({ cwe }: ResultRow) => (labels.get(cwe)?.cwes.size ?? 0) > 0;
  const labelled = view.configurations.map((configuration) => ({
    ...configuration,
    rows: configuration.rows.filter(isLabelled),
    all: configuration.rows.length,
  }));
  const shown = labelled.filter((configuration) => configuration.rows.length > 0);
  const without = view.datasets.filter((dataset) => !shown.some((configuration) => configuration.dataset === dataset));
  const partly = [...new Set(shown.filter((each) => each.rows.length < each.all).map(({ dataset }) => dataset))];
  const lines = shown.map((configuration) => lineOf(configuration, scanners, labels));
  return typedTable({
    id: "tableLabelledCwe",
    title: "Findings that hit the labelled CWE of the task",
    columns: [
      ...stubColumns(view),
      { key: "n", label: "n", kind: "count" },
      { key: "flagged", label: "Any finding", kind: "percent" },
      ...ways.flatMap((way) => columnsOf(way, scanners)),
    ],
    rows: lines,
    notes:
      shown.length === 0
        ? [whyNone(view), ...view.notes]
        : [
            ...without.map((dataset) => `${dataset}: its tasks carry no CWE label.`),
            ...partly.map((dataset) => `${dataset}: the tasks with a CWE label alone.`),
            "Percent of the n samples of labelled tasks, with hits/n and 95 % Wilson interval. Raw: a finding names the labelled CWE itself. Family: one of the same family, which joins what tools name differently.",
            ...exclusionNotes(lines.map((line) => line["n"]?.excluded ?? [])),
            ...view.notes,
          ],
  });
}

function whyNone(view: StudyView): string {
  return `Nothing to show: no task of the rows carries a CWE label${elsewhere(view, "datasets")}.`;
}

function columnsOf(way: Way, scanners: readonly string[]): Column[] {
  const group = way === "raw" ? "Hits the label, raw" : "Hits its family";
  const each = scanners.map((scanner) => ({ key: `${way}_${scanner}`, label: scannerName(scanner) }));
  const union = scanners.length > 1 ? [{ key: way, label: "Any scanner" }] : [];
  return [...each, ...union].map(({ key, label }): Column => ({ key, label, kind: "percent", group }));
}

function lineOf(
  configuration: Configuration,
  scanners: readonly string[],
  labels: ReadonlyMap<string, TaskLabel>,
): Row {
  const { where } = configuration;
  const needs = scanners.map((scanner): Need => `scan_${scanner}`);
  const { counted, excluded, missing } = evidenceOf(configuration, needs);
  const seen = scanners.filter((scanner) => !missing.has(`scan_${scanner}`));
  const hits = new Map<string, number>();
  const add = (key: string) => hits.set(key, (hits.get(key) ?? 0) + 1);
  for (const row of counted) {
    const label = labels.get(row.cwe);
    if (label === undefined || !seen.some((scanner) => (row.findings[scanner]?.length ?? 0) > 0)) continue;
    const found = seen.map((scanner) => ({ scanner, findings: row.findings[scanner] ?? [] }));
    add("flagged");
    for (const way of ways) {
      const hitting = found.filter(({ findings }) => findings.some((each) => hitsLabel(each, label, way === "family")));
      for (const { scanner } of hitting) add(`${way}_${scanner}`);
      if (hitting.length > 0) add(way);
    }
  }
  const total = counted.length;
  // The samples that count: of labelled tasks, with a verdict of each scanner that has any.
  const among = { ...where, taskCwe: anyAnswer, seenBy: seenBy(seen.length === 0 ? scanners : seen) };
  const share = (key: string, selected: Cell["where"], reason: string | undefined): Cell => {
    if (reason !== undefined || total === 0)
      return missingCell(reason ?? "no sample of a labelled task is scanned", where);
    const count = hits.get(key) ?? 0;
    return { value: count / total, hits: count, total, interval: shareInterval(count, total), where: selected };
  };
  const none = seen.length === 0 ? [...missing.values()][0] : undefined;
  return {
    ...stubCells(configuration),
    n: { value: total, excluded, where: among },
    flagged: share("flagged", { ...among, scanner: anyAnswer }, none),
    ...Object.fromEntries(
      ways.flatMap((way): [string, Cell][] => [
        [way, share(way, { ...among, labelled: way }, none)],
        ...scanners.map((scanner): [string, Cell] => [
          `${way}_${scanner}`,
          share(`${way}_${scanner}`, { ...among, scanner, labelled: way }, missing.get(`scan_${scanner}`)),
        ]),
      ]),
    ),
  };
}
