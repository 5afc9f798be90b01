import type { ResultRow } from "../record/schema/resultRow.js";
import { type Column, type TypedTable, typedTable } from "../table/typedTable.js";
import { type ConfigurationRates, configurationRates } from "./configurationRates.js";
import { type Measure, measuresOf } from "./measure.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type StudyView, studyView } from "./studyView.js";

/**
 * Table 5: security and functionality of every model under every method.
 *
 * Secure@1 by each scanner and by the union, Pass@1 by case and by task, Secure-Pass@1 and SAFE@1, with 95 % intervals. All rates of a
 * row share its n. A column whose evidence is absent says which command makes it.
 *
 * @throws InputError for no rows.
 * @example table5(rows)
 */
export function table5(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const measures = measuresOf(view.scanners);
  return ratesTable(view, measures, configurationRates(view, measures));
}

function ratesTable(view: StudyView, measures: readonly Measure[], rates: readonly ConfigurationRates[]): TypedTable {
  const columns: Column[] = [
    ...stubColumns(view),
    { key: "n", label: "n", kind: "count" },
    ...measures.map(({ key, label, group }) => ({ key, label, kind: "rate" as const, ...(group ? { group } : {}) })),
  ];
  return typedTable({
    id: "table5",
    title: "Security and functionality of every model under every method",
    columns,
    rows: rates.map(({ configuration, n, cells }) => ({ ...stubCells(configuration), n, ...cells })),
    notes: [
      "Rates are fractions of n, the tasks whose verdicts are all known; brackets hold 95 % intervals (Wilson; for the means Case and SAFE@1 at the effective sample size).",
      ...securityNotes(view),
      ...exclusionNotes(rates.map(({ excluded }) => excluded)),
      ...view.notes,
    ],
  });
}
