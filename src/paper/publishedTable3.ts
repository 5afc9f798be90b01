import { confusionScores } from "../metric/confusionMatrix.js";
import type { Rate } from "../metric/rate.js";
import type { PublishedNumber } from "../record/schema/publishedNumber.js";
import { matthewsCorrelation } from "../stat/matthewsCorrelation.js";
import { wilsonInterval } from "../stat/wilsonInterval.js";
import { type Cell, missingCell, type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { publishedMatrices } from "./publishedMatrices.js";
import { publishedTable } from "./publishedTable.js";

const counts = ["tp", "tn", "fp", "fn"] as const;

/**
 * The published Table 3 in the columns of `table3`, to stand beside a run's own: the printed counts, and what follows from them with the
 * same intervals (the paper prints none).
 */
export function publishedTable3(numbers: readonly PublishedNumber[]): TypedTable {
  const shown = publishedMatrices(publishedTable(numbers));
  return typedTable({
    id: "table3Published",
    title: "Table 3 as published: verdicts against manual labels (SecCodePLT+, Mistral with SVEN)",
    columns: [
      { key: "tool", label: "Verdicts of", kind: "text" },
      { key: "n", label: "n", kind: "count" },
      ...counts.map((key) => ({ key, label: key.toUpperCase(), kind: "count" as const })),
      { key: "precision", label: "Precision", kind: "percent" },
      { key: "recall", label: "Recall", kind: "percent" },
      { key: "falsePositiveRate", label: "FP/(FP+TN)", kind: "percent" },
      { key: "mcc", label: "MCC", kind: "number" },
      { key: "youdenJ", label: "Youden’s J", kind: "number" },
    ],
    rows: shown.map(({ instrument, matrix, n, youdenJ, falsePositiveRate }): Row => {
      const { precision, recall } = confusionScores(matrix);
      const mcc = matthewsCorrelation(matrix);
      return {
        tool: textCell(instrument),
        n: { value: n, where: {} },
        ...Object.fromEntries(counts.map((key) => [key, { value: matrix[key], where: {} }])),
        precision: share(precision),
        recall: share(recall),
        falsePositiveRate,
        mcc: Number.isNaN(mcc)
          ? missingCell("not defined where all verdicts are alike", {})
          : { value: mcc, where: {} },
        youdenJ,
      };
    }),
    notes: [
      "Counts as printed in the copy at hand; rates, MCC, J and their 95 % intervals follow from them and are not printed.",
    ],
  });
}

function share({ value, hits, total }: Rate): Cell {
  if (total === 0) return missingCell("nothing is flagged", {});
  const { lower, upper } = wilsonInterval(hits, total);
  return { value, hits, total, interval: [lower, upper], where: {} };
}
