import { groupRows } from "../metric/groupRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import {
  type Cell,
  type Column,
  missingCell,
  numberCell,
  type Row,
  textCell,
  type TypedTable,
  typedTable,
} from "../table/typedTable.js";
import { type AnovaResult, type AnovaTerm, anovaOf, anovaTerms } from "./anovaOf.js";
import { type Comparison, comparisons, unpairedNotes, whyNoComparison } from "./comparisons.js";
import { evidenceOf } from "./evidence.js";
import { casePassMeasure, type Measure, measureName, safeMeasure, taskPassMeasure } from "./measure.js";
import { methodName } from "./names.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type StudyView, studyView } from "./studyView.js";

const responses: readonly Measure[] = [taskPassMeasure, casePassMeasure, safeMeasure];
const termNames: Readonly<Record<AnovaTerm, string>> = {
  treatment: "Treatment",
  model: "Model",
  interaction: "Treatment × model",
};

/**
 * Two-way analysis of variance of function: for each data set and method, treatment {base, method} × model over the models that have both,
 * with Pass@1 by task and by case and SAFE@1 as responses, types II and III. Significant interaction: a method does not do the same
 * to every model.
 *
 * Where one model alone has both methods the treatment's one-way analysis stands alone: a model's effect and the interaction take two.
 *
 * @param options.baseline the method to compare with, where it is not the study's own
 * @throws InputError for no rows.
 */
export function tableAnova(rows: readonly ResultRow[], options: { readonly baseline?: string } = {}): TypedTable {
  const view = studyView(rows, options.baseline);
  const compared = comparisons(view);
  const keyed = compared.map((each) => {
    const { dataset, prompt, method } = each.other;
    return { ...each, dataset, prompt, method };
  });
  const groups = groupRows(keyed, ["dataset", "prompt", "method"]);
  const needs = [...new Set(responses.flatMap((each) => each.needs))];
  const results = groups.flatMap((group) =>
    responses.map((measure) => ({ group, measure, result: anovaOf(group, measure, responses) })),
  );
  const single = results.some(({ result }) => result.models === 1);
  return typedTable({
    id: "tableAnova",
    title: `Analysis of variance: ${methodName(view.baseline)} and method × model`,
    columns: columnsOf(view),
    rows: results.flatMap(({ group, measure, result }) => linesOf(view, group, measure, result)),
    notes:
      groups.length === 0
        ? [`Nothing to compare: ${whyNoComparison(view)}.`, ...view.notes]
        : [
            ...unpairedNotes(view),
            `Factors: treatment (${methodName(view.baseline)} or the method) and model; every sample is an observation. Type II tests a factor after the other, type III after all else. η²: partial.`,
            ...(single
              ? [
                  "With one model the treatment's one-way analysis is shown (F = t² of the pooled t test): a model's effect and the interaction take two models.",
                ]
              : []),
            "Responses are shares and yes or no, not normal variables, and tasks are shared: read it beside the paired tests of Table 4.",
            ...securityNotes(view),
            ...exclusionNotes(
              compared
                .flatMap(({ base, other }) => [base, other])
                .filter(isFirst)
                .map((each) => evidenceOf(each, needs).excluded),
            ),
            ...view.notes,
          ],
  });
}

function isFirst<T>(value: T, at: number, all: readonly T[]): boolean {
  return all.indexOf(value) === at;
}

function columnsOf(view: StudyView): Column[] {
  const tests = (type: "II" | "III"): Column[] => [
    { key: `f${type}`, label: "F", kind: "number", group: `Type ${type}` },
    { key: `p${type}`, label: "p", kind: "p", group: `Type ${type}` },
    { key: `eta${type}`, label: "η²", kind: "rate", group: `Type ${type}` },
  ];
  return [
    ...stubColumns(view).filter(({ key }) => key !== "model"),
    { key: "response", label: "Response", kind: "text" },
    { key: "term", label: "Term", kind: "text" },
    { key: "n", label: "n", kind: "count" },
    { key: "models", label: "Models", kind: "count" },
    { key: "df", label: "df", kind: "count" },
    { key: "residualDf", label: "Residual df", kind: "count" },
    ...tests("II"),
    ...tests("III"),
  ];
}

function linesOf({ baseline }: StudyView, group: readonly Comparison[], measure: Measure, result: AnovaResult): Row[] {
  const { other } = group[0] as Comparison;
  const columns = Object.entries(other.where).filter(([column]) => column !== "model");
  const where = { ...Object.fromEntries(columns), against: baseline };
  const terms = result.models === 1 ? anovaTerms.filter((term) => term === "treatment") : anovaTerms;
  return terms.map((term) => {
    const of = result.tests[term];
    const [df, { residualDf }] = [result.df[term], result];
    const why = typeof of === "string" ? of : "";
    const cell = (value: number | undefined): Cell =>
      value === undefined ? missingCell(why, where) : numberCell(value, where);
    const test = (type: "II" | "III") => (typeof of === "string" ? undefined : of[type]);
    return {
      ...stubCells(other),
      response: textCell(measureName(measure), where),
      term: textCell(termNames[term], where),
      n: numberCell(result.n, where),
      models: numberCell(result.models, where),
      df: cell(df),
      residualDf: cell(df === undefined ? undefined : residualDf),
      ...Object.fromEntries(
        (["II", "III"] as const).flatMap((type): [string, Cell][] => [
          [`f${type}`, cell(test(type)?.f)],
          [`p${type}`, cell(test(type)?.p)],
          [`eta${type}`, cell(test(type)?.partialEtaSquared)],
        ]),
      ),
    };
  });
}
