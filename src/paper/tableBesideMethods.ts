import { studyView } from "../analysis/studyView.js";
import type { PublishedNumber } from "../record/schema/publishedNumber.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, missingCell, type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { measuredCells } from "./measuredCells.js";
import { publishedDataset, publishedModel } from "./publishedNames.js";
import { isValued } from "./publishedTable.js";

/**
 * The transition rates of any change to the paper's models beside those that its Table 6 prints for security methods on the same model and
 * data set: lowest and highest of each, and how many of the printed ones are no higher than the highest here. What a change that wants nothing
 * of security does as well is no sign of a security method.
 *
 * @throws InputError for no rows.
 */
export function tableBesideMethods(rows: readonly ResultRow[], numbers: readonly PublishedNumber[]): TypedTable {
  const view = studyView(rows);
  const printed = numbers.filter(isValued).filter(({ place, method }) => place === "Table 6" && method !== "");
  const measured = measuredCells(rows, view).filter(({ quantity }) => quantity.includes(" → "));
  const quantities = [...new Set(printed.map(({ quantity }) => quantity))];
  const lines = view.datasets.flatMap((dataset) =>
    view.models.flatMap((model) =>
      quantities.flatMap((quantity): Row[] => {
        const ours = measured
          .filter((each) => each.quantity === quantity)
          .filter(({ configuration }) => configuration.dataset === dataset && configuration.model === model)
          .map(({ cell }) => cell);
        const theirs = printed.filter(
          (each) =>
            each.quantity === quantity &&
            each.dataset === publishedDataset(dataset) &&
            each.model === publishedModel(model),
        );
        if (ours.length === 0 || theirs.length === 0) return [];
        return [
          lineOf(
            { dataset, model, quantity },
            ours,
            theirs.map(({ value }) => value),
          ),
        ];
      }),
    ),
  );
  return typedTable({
    id: "tableBesideMethods",
    title: "Transitions of these changes beside those that Table 6 prints for security methods",
    columns: [
      { key: "dataset", label: "Data set", kind: "text" },
      { key: "model", label: "Model", kind: "text" },
      { key: "quantity", label: "Transition", kind: "text" },
      { key: "lowest", label: "Lowest", kind: "percent", group: "Here" },
      { key: "highest", label: "Highest", kind: "percent", group: "Here" },
      { key: "theirLowest", label: "Lowest", kind: "percent", group: "Security methods, as printed" },
      { key: "theirHighest", label: "Highest", kind: "percent", group: "Security methods, as printed" },
      { key: "noHigher", label: "Printed, no higher than here", kind: "text" },
    ],
    rows: lines,
    notes: [
      "Percent of the baseline’s samples in the state before the arrow, with hits/n here. The paper’s union holds CodeQL as well, its prompts and model variants are not stated, and its base models have other samples in each state: compare sizes, not digits.",
      ...view.notes,
    ],
  });
}

function lineOf(
  { dataset, model, quantity }: Readonly<Record<"dataset" | "model" | "quantity", string>>,
  ours: readonly Cell[],
  theirs: readonly number[],
): Row {
  const where = { dataset, model };
  const sorted = [...ours].sort((a, b) => Number(a.value) - Number(b.value));
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  const none = missingCell("no sample in the state before", where);
  const noHigher = theirs.filter((value) => value <= Number(highest?.value)).length;
  return {
    dataset: textCell(dataset, where),
    model: textCell(model, where),
    quantity: textCell(quantity, where),
    lowest: lowest ?? none,
    highest: highest ?? none,
    theirLowest: { value: Math.min(...theirs), where: {} },
    theirHighest: { value: Math.max(...theirs), where: {} },
    noHigher: textCell(`${noHigher} of ${theirs.length}`),
  };
}
