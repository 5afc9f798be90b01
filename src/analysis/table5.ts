import type { MethodTraits } from "../record/schema/methodTraits.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Column, type TypedTable, typedTable } from "../table/typedTable.js";
import { configurationRates, outsiderNotes } from "./configurationRates.js";
import { measuresOf } from "./measure.js";
import { exclusionNotes, securityNotes, unionAloneNotes } from "./policyNotes.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type StudyView, studyView } from "./studyView.js";
import { modelsWithoutWeights } from "./weightAccess.js";

/**
 * Table 5: security and functionality of every model without access to its weights, such as one behind a commercial service, with the
 * union's Secure@1 beside the scanners'. `tableRates` has all models.
 *
 * Which models these are `run.json` says (`"access": "none"` beside a model's name); without a mark it is those on which no method was
 * run that needs weights or token probabilities. Where there is none, all are shown, and the table says so.
 *
 * @param traits of the methods that `run.json` names, as `table1` takes them
 * @throws InputError for no rows.
 * @example table5(rows)
 */
export function table5(rows: readonly ResultRow[], traits: Readonly<Record<string, MethodTraits>> = {}): TypedTable {
  const view = studyView(rows);
  const models = modelsWithoutWeights(view, traits);
  const marked = view.study.models.some(({ name, access }) => access !== undefined && models.includes(name));
  const shown = models.length === 0 ? view.models : models;
  const note =
    models.length === 0
      ? `No model of the rows is without access to its weights (${howToMark(view)}). Shown instead: ${view.models.join(", ")}.`
      : `Models without access to their weights${marked ? "" : " (none is marked so in run.json; nothing that was run on these needs weights)"}: ${models.join(", ")}.`;
  return ratesTable(view, (model) => shown.includes(model), {
    id: "table5",
    title: "Security and functionality of the models without weight access",
    note,
  });
}

function howToMark({ study, models }: StudyView): string {
  const filtered = study.models.filter(
    ({ name, access }) => access !== undefined && access !== "full" && !models.includes(name),
  );
  return filtered.length > 0
    ? `the study plans ${filtered.map(({ name }) => name).join(", ")}: widen the filter`
    : "`access` in run.json marks them";
}

/**
 * Security and functionality of every model under every method: Table 5 for all models.
 *
 * Secure@1 by each scanner and by the union, Pass@1 by case and by task, Secure-Pass@1 and SAFE@1, with 95 % intervals. All rates of a
 * row share its n. A column whose evidence is absent says which command makes it.
 *
 * @throws InputError for no rows.
 * @example tableRates(rows)
 */
export function tableRates(rows: readonly ResultRow[]): TypedTable {
  return ratesTable(studyView(rows), () => true, {
    id: "tableRates",
    title: "Security and functionality of every model under every method",
  });
}

function ratesTable(
  view: StudyView,
  isShown: (model: string) => boolean,
  { id, title, note }: { readonly id: string; readonly title: string; readonly note?: string },
): TypedTable {
  const measures = measuresOf(view.scanners);
  const rates = configurationRates(view, measures).filter(({ configuration }) => isShown(configuration.model));
  const columns: Column[] = [
    ...stubColumns(view),
    { key: "n", label: "n", kind: "count" },
    ...measures.map(({ key, label, group }) => ({ key, label, kind: "rate" as const, ...(group ? { group } : {}) })),
  ];
  return typedTable({
    id,
    title,
    columns,
    rows: rates.map(({ configuration, n, cells }) => ({ ...stubCells(configuration), n, ...cells })),
    notes: [
      ...(note === undefined ? [] : [note]),
      "Rates are fractions of n, the tasks whose verdicts are all known; intervals: 95 %, Wilson’s, for the means Case and SAFE@1 at the effective sample size.",
      ...securityNotes(view),
      ...exclusionNotes(rates.map(({ excluded }) => excluded)),
      ...outsiderNotes(view, rates),
      ...unionAloneNotes(rates.map(({ configuration }) => configuration)),
      ...view.notes,
    ],
  });
}
