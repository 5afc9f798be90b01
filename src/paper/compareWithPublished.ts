import { methodName, promptName } from "../analysis/names.js";
import { type StudyView, studyView } from "../analysis/studyView.js";
import type { PublishedNumber } from "../record/schema/publishedNumber.js";
import type { PublishedRelation } from "../record/schema/publishedRelation.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import {
  type Cell,
  type Column,
  missingCell,
  type Row,
  textCell,
  type TypedTable,
  typedTable,
} from "../table/typedTable.js";
import { derivedNumbers } from "./derivedNumbers.js";
import { type MeasuredCell, measuredCells } from "./measuredCells.js";
import { publishedDataset, publishedModel, publishedModels } from "./publishedNames.js";

/** The published numbers and what the publication says of them, as `openPaper` reads them. */
export interface PublishedPaper {
  readonly numbers: readonly PublishedNumber[];
  readonly relations: readonly PublishedRelation[];
}

/** A published number that a run may have as well. */
interface Reported {
  readonly place: string;
  readonly dataset: string;
  readonly model: string;
  readonly method: string;
  readonly quantity: string;
  readonly value: number;
  readonly printed: string;
}

/** Which numbers each research question looks at. */
const asked: Readonly<Record<1 | 2 | 3 | 4, RegExp>> = {
  1: /^Secure@1 (?!union)/,
  2: /^(Secure@1|Pass@1|Secure-Pass@1|SAFE@1)/,
  3: /(→ secure\+nonfunctional$|^(Removed Code|Junk Code|NFI|FN|Other)$)/,
  4: /(→ insecure|→ insecure\+functional)$/,
};

/**
 * The published numbers beside a run's, where the run has the same data set, model, method and quantity: the difference, and whether the
 * published number lies within the run's 95 % interval. Base rates that follow from Table 6 stand among the printed ones, named as derived.
 * A run with other models gets no row, and a note that says so in one sentence.
 *
 * @param question only the numbers of one research question
 * @throws InputError for no rows.
 * @example const paper = await openPaper(); show(compareWithPublished(rows, paper, { question: 2 }));
 */
export function compareWithPublished(
  rows: readonly ResultRow[],
  paper: PublishedPaper,
  { question }: { readonly question?: 1 | 2 | 3 | 4 } = {},
): TypedTable {
  const view = studyView(rows);
  const reported = reportedOf(paper).filter(({ quantity }) => question === undefined || asked[question].test(quantity));
  const measured = measuredCells(rows, view);
  const lines = reported.flatMap((number) =>
    measured.filter((cell) => isSame(number, cell, view.baseline)).map((cell) => lineOf(number, cell)),
  );
  const prompt: Column[] = view.prompts.length > 1 ? [{ key: "prompt", label: "Prompt", kind: "text" }] : [];
  return typedTable({
    id: `tableReported${question ?? ""}`,
    title: "Reported beside reproduced",
    columns: [
      { key: "place", label: "Paper", kind: "text" },
      { key: "dataset", label: "Data set", kind: "text" },
      { key: "model", label: "Model", kind: "text" },
      ...prompt,
      { key: "method", label: "Method", kind: "text" },
      { key: "quantity", label: "Quantity", kind: "text" },
      { key: "printed", label: "Reported", kind: "text" },
      { key: "ours", label: "Here", kind: "rate" },
      { key: "difference", label: "Here − reported", kind: "difference" },
      { key: "within", label: "Within the interval", kind: "text" },
    ],
    rows: lines,
    notes: lines.length === 0 ? [whyNothing(view, reported)] : notesOf(view),
  });
}

function reportedOf({ numbers, relations }: PublishedPaper): Reported[] {
  const printed = numbers.flatMap(({ value, quantity, ...number }): Reported[] =>
    value === null || number.model === "" ? [] : [{ ...number, quantity: plainQuantity(quantity), value }],
  );
  const derived = derivedNumbers(numbers, relations)
    .filter(({ unit }) => unit === "share")
    .map((number): Reported => ({
      ...number,
      place: "derived from Table 6",
      method: "Base",
      printed: `${number.value.toFixed(4)} (${number.from})`,
    }));
  // What is printed needs no derivation.
  const isPrinted = (one: Reported) => printed.some((other) => keyOf(one) === keyOf(other));
  return [...printed, ...derived.filter((one) => !isPrinted(one))];
}

const keyOf = ({ dataset, model, method, quantity }: Reported) => JSON.stringify([dataset, model, method, quantity]);

/** The prose words a rate in its own ways: `Figure 5 Secure@1 Bearer`, `Qwen2.5-Coder on BigCodeBench: Bearer about`. */
function plainQuantity(quantity: string): string {
  const scanner = /(?:Secure@1 (CodeQL|Bearer|Bandit)\b|: (Bearer|Bandit) about$)/.exec(quantity);
  const name = scanner?.[1] ?? scanner?.[2];
  return name === undefined ? quantity : `Secure@1 ${name}`;
}

/** The baseline of a run, whatever it is called, is the paper's base model. */
function isSame(
  { dataset, model, method, quantity }: Reported,
  { configuration, ...cell }: MeasuredCell,
  baseline: string,
): boolean {
  return (
    quantity === cell.quantity &&
    dataset === publishedDataset(configuration.dataset) &&
    model === publishedModel(configuration.model) &&
    method === (configuration.method === baseline ? "Base" : methodName(configuration.method))
  );
}

function lineOf({ place, printed, value }: Reported, { configuration, quantity, cell }: MeasuredCell): Row {
  const { dataset, model, prompt, method } = configuration;
  const { interval, where } = cell;
  const within: Cell =
    interval === undefined
      ? missingCell("a p value or an effect size: no interval", where)
      : textCell(value >= interval[0] && value <= interval[1] ? "yes" : "no", where);
  return {
    place: textCell(place),
    dataset: textCell(dataset, where),
    model: textCell(model, where),
    prompt: textCell(promptName(prompt), where),
    method: textCell(methodName(method), where),
    quantity: textCell(quantity, where),
    printed: textCell(printed),
    ours: cell,
    difference: typeof cell.value === "number" ? { value: cell.value - value, where } : missingCell("not known", where),
    within,
  };
}

function whyNothing({ models, datasets, methods }: StudyView, reported: readonly Reported[]): string {
  const known = models.filter((model) => publishedModel(model) !== undefined);
  if (known.length === 0) {
    return `Nothing to compare: the run is of ${models.join(", ")}, and the paper’s models are ${publishedModels.join(", ")}.`;
  }
  const same = datasets.filter((dataset) => publishedDataset(dataset) !== undefined);
  if (same.length === 0) {
    return `Nothing to compare: the run is on ${datasets.join(", ")}, and the paper’s data sets are BigCodeBench and SecCodePLT+.`;
  }
  const places = [...new Set(reported.map(({ place }) => place))].join(", ");
  return `Nothing to compare: of ${known.join(", ")} with ${methods.map(methodName).join(", ")} the paper prints no such number that this run has too (${places}); the others stand in charts.`;
}

function notesOf({ models, prompts }: StudyView): string[] {
  const others = models.filter((model) => publishedModel(model) === undefined);
  return [
    "Reported: as printed in the copy at hand; derived numbers follow from Table 6’s percentages. |d| and p as the paper prints them, unadjusted and without a sign. The paper names no model variant, prompt kind or decoding for a table, so the same name need not be the same experiment.",
    ...(prompts.length > 1 ? ["The paper does not say which kind of prompt a table is of: each is compared."] : []),
    ...(others.length === 0 ? [] : [`Not among the paper’s models: ${others.join(", ")}.`]),
  ];
}
