import type { PairColumn } from "../metric/pairRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, missingCell, type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { compare } from "./compare.js";
import type { Comparison } from "./comparisons.js";
import { adjustedLines, type EffectLine } from "./effectLines.js";
import {
  casePassMeasure,
  type Measure,
  measureName,
  safeMeasure,
  secureMeasure,
  securePassMeasure,
  taskPassMeasure,
} from "./measure.js";
import { promptName } from "./names.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type StudyView, studyView } from "./studyView.js";

const measures: readonly Measure[] = [secureMeasure, casePassMeasure, taskPassMeasure, securePassMeasure, safeMeasure];
/** All of a sample's key but the prompt. */
const columns: readonly PairColumn[] = ["dataset", "model", "repeat", "task", "index"];
const sides = [promptName("nl"), promptName("ct")] as const;

/**
 * Natural-language against code-template prompts: every model and method on the tasks that it was asked both ways, with the mean difference
 * (code template − natural language), its 95 % BCa bootstrap interval over pairs, the exact McNemar test, and Holm's correction.
 *
 * A run with one kind of prompt has nothing to compare; the note says what makes the other.
 *
 * @throws InputError for no rows.
 */
export function tablePrompts(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const lines = adjustedLines(
    promptPairs(view).flatMap((comparison) =>
      compare(view, comparison, measures, { columns, sides }).map((effect) => ({ comparison, effect })),
    ),
  );
  const tests = lines.filter(({ mcnemarAdjusted }) => mcnemarAdjusted !== undefined).length;
  return typedTable({
    id: "tablePrompts",
    title: "Natural-language against code-template prompts",
    columns: [
      ...stubColumns(view).filter(({ key }) => key !== "prompt"),
      { key: "measure", label: "Measure", kind: "text" },
      { key: "n", label: "n", kind: "count" },
      { key: "nl", label: "Natural language", kind: "rate" },
      { key: "ct", label: "Code template", kind: "rate" },
      { key: "difference", label: "Δ", kind: "difference" },
      { key: "p", label: "p", kind: "p", group: "McNemar" },
      { key: "holm", label: "Holm", kind: "p", group: "McNemar" },
    ],
    rows: lines.map(lineOf),
    notes:
      lines.length === 0
        ? [whyNone(view), ...view.notes]
        : [
            `Δ: code template − natural language, with 95 % BCa bootstrap interval over all resamples of the tasks. McNemar: exact, two-sided, on pairs; Holm: adjusted over the table's ${tests} tests.`,
            ...securityNotes(view),
            ...exclusionNotes(
              lines
                .filter((_, i) => i % measures.length === 0)
                .map(({ effect }) => ("n" in effect ? effect.excluded : [])),
              "pairs",
            ),
            ...view.notes,
          ],
  });
}

/** Every model and method that was asked both ways. */
function promptPairs({ configurations }: StudyView): Comparison[] {
  return configurations.flatMap((base) => {
    const other = configurations.find(
      (each) =>
        each.prompt === "ct" &&
        each.dataset === base.dataset &&
        each.model === base.model &&
        each.method === base.method,
    );
    return base.prompt !== "nl" || other === undefined ? [] : [{ base, other }];
  });
}

function whyNone({ prompts, study }: StudyView): string {
  const [only] = prompts;
  if (prompts.length > 1 || only === undefined) return "Nothing to compare: no model and method was asked both ways.";
  const other = only === "nl" ? "ct" : "nl";
  const how = study.prompts.includes(other)
    ? `the study plans ${promptName(other)} prompts too: widen the filter`
    : `add "${other}" to \`prompts\` in run.json and run \`safelab run RUN\``;
  return `Nothing to compare: the rows hold ${promptName(only)} prompts alone; ${how}. Table 5 shows the rates under these.`;
}

function lineOf({ comparison: { base, other }, effect, mcnemarAdjusted }: EffectLine): Row {
  const { dataset, model, method, repeat, index } = base.where;
  const where = { dataset, model, method, repeat, index } as Cell["where"];
  const names = { ...stubCells(base), measure: textCell(measureName(effect.measure), where) };
  if ("missing" in effect) {
    const keys = ["n", "nl", "ct", "difference", "p", "holm"];
    return { ...names, ...Object.fromEntries(keys.map((key) => [key, missingCell(effect.missing, where)])) };
  }
  const { n, excluded, mcnemar, measure } = effect;
  const share = (value: number): Partial<Cell> =>
    measure.binary ? { hits: Math.round(value * n), total: n } : { total: n };
  const test = (value: number | undefined): Cell =>
    value === undefined ? missingCell("a mean of scores: McNemar's test takes yes or no", where) : { value, where };
  return {
    ...names,
    n: { value: n, excluded, where },
    nl: { value: effect.base, ...share(effect.base), where: base.where },
    ct: { value: effect.other, ...share(effect.other), where: other.where },
    difference: { value: effect.difference, total: n, interval: effect.interval, where },
    p: test(mcnemar?.p),
    holm: test(mcnemarAdjusted),
  };
}
