import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, missingCell, type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { elsewhere } from "./advice.js";
import { comparisons } from "./comparisons.js";
import { ratesOf } from "./configurationRates.js";
import { paperMeasures } from "./measure.js";
import { partCells, partColumns, shareCell } from "./partColumns.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { type Configuration, studyView } from "./studyView.js";
import { constraintsOf } from "./traces.js";

/**
 * CodeGuard+, and any method that constrains decoding, on the tasks where constraints applied, beside those where none did and all
 * tasks; the baseline on the same tasks stands above each. Constraints that never applied can neither help nor harm: what a method does
 * to all tasks may be what it does to these few.
 *
 * Such a method records on its sample `constraints`, those that applied to the task, each with whether the code keeps to it; a sample
 * without code because of them has the status `constraintsUnmet`. Where no sample of a run does, the configurations are shown on all
 * tasks, and the table says so.
 *
 * @throws InputError for no rows.
 */
export function tableCodeguard(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const constrained = view.configurations.filter((each) => each.rows.some(({ trace }) => trace?.constraints));
  const lines =
    constrained.length === 0
      ? view.configurations.map((each) => lineOf(each, "All tasks"))
      : constrained.flatMap((method) => linesOf(method, comparisons(view).find(({ other }) => other === method)?.base));
  return typedTable({
    id: "tableCodeguard",
    title: "Methods that constrain decoding, on the tasks where constraints applied",
    columns: partColumns(view, [
      { key: "tasks", label: "Tasks", kind: "text" },
      { key: "met", label: "All constraints met", kind: "percent" },
      { key: "unmet", label: "No code for them", kind: "percent" },
    ]),
    rows: lines.map(({ row }) => row),
    notes: [
      ...(constrained.length === 0
        ? [
            `No sample records constraints: only methods that constrain decoding, such as CodeGuard+, do${elsewhere(view, "methods")}. Shown instead: each configuration on all tasks.`,
          ]
        : [
            "The baseline stands on the same tasks as the method under it. All constraints met: of the method's samples on tasks with any. No code for them: status constraintsUnmet, which counts as a sample without code.",
          ]),
      ...securityNotes(view),
      ...exclusionNotes(lines.flatMap(({ all, excluded }) => (all ? [excluded] : []))),
      ...view.notes,
    ],
  });
}

const parts = [
  ["All tasks", undefined],
  ["Constraints applied", "applied"],
  ["No constraint", "none"],
] as const;

function linesOf(method: Configuration, base: Configuration | undefined) {
  return parts.flatMap(([name, kind]) => {
    const own = method.rows.filter(({ trace }) => kind === undefined || constraintsOf(trace) === kind);
    const tasks = new Set(own.map(({ task }) => task));
    const where = kind === undefined ? {} : { constrainedBy: method.method, constraints: kind };
    const part = (of: Configuration): Configuration => ({
      ...of,
      rows: of.rows.filter(({ task }) => tasks.has(task)),
      where: { ...of.where, ...where },
    });
    return [...(base === undefined ? [] : [lineOf(part(base), name)]), lineOf(part(method), name)];
  });
}

function lineOf(part: Configuration, tasks: string) {
  const rates = ratesOf(part, paperMeasures);
  return {
    row: { ...partCells(rates), tasks: textCell(tasks, part.where), ...keptCells(part) },
    all: tasks === "All tasks",
    excluded: rates.excluded,
  };
}

function keptCells({ rows, where }: Configuration): Row {
  const applied = rows.filter(({ trace }) => constraintsOf(trace) === "applied");
  const met = applied.filter(({ trace }) => trace?.constraints?.met === trace?.constraints?.applied);
  const none = (): Cell =>
    missingCell(
      rows.some(({ trace }) => trace?.constraints) ? "no constraint applied" : "the method has no constraints",
      where,
    );
  if (applied.length === 0) return { met: none(), unmet: none() };
  const unmet = applied.filter(({ sampleStatus }) => sampleStatus === "constraintsUnmet").length;
  return {
    met: shareCell(met.length, applied.length, where, ""),
    unmet: shareCell(unmet, applied.length, where, ""),
  };
}
