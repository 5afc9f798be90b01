import { type ConfusionMatrix, confusionScores } from "../metric/confusionMatrix.js";
import { wilsonInterval } from "../stat/wilsonInterval.js";
import { youdenJ } from "../stat/youdenJ.js";
import type { Cell } from "../table/typedTable.js";
import { isValued, type PublishedTable } from "./publishedTable.js";

/** The confusion matrix that a publication prints of a scanner or judge, and what follows from it. */
export interface PublishedMatrix {
  readonly instrument: string;
  readonly matrix: ConfusionMatrix;
  readonly n: number;
  readonly youdenJ: Cell;
  readonly falsePositiveRate: Cell;
}

/** The matrices of Table 3 (`CodeQL TP`, `CodeQL TN`, …), in its order; instruments with a count missing are left out. */
export function publishedMatrices(table: PublishedTable): PublishedMatrix[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { quantity, value } of table.at("Table 3").filter(isValued)) {
    const [, instrument = "", key = ""] = /^(.+) (TP|TN|FP|FN)$/.exec(quantity) ?? [];
    if (instrument === "") continue;
    const own = counts.get(instrument) ?? new Map<string, number>();
    counts.set(instrument, own.set(key.toLowerCase(), value));
  }
  return [...counts].flatMap(([instrument, own]) => {
    const [tp, tn, fp, fn] = ["tp", "tn", "fp", "fn"].map((key) => own.get(key));
    if (tp === undefined || tn === undefined || fp === undefined || fn === undefined) return [];
    if (tp + fn === 0 || fp + tn === 0) return [];
    const matrix = { tp, tn, fp, fn };
    const { j, interval } = youdenJ(matrix);
    const { value, hits, total } = confusionScores(matrix).falsePositiveRate;
    const share = wilsonInterval(hits, total);
    return [
      {
        instrument,
        matrix,
        n: tp + tn + fp + fn,
        youdenJ: { value: j, interval: [interval.lower, interval.upper] as const, where: {} },
        falsePositiveRate: { value, hits, total, interval: [share.lower, share.upper] as const, where: {} },
      },
    ];
  });
}
