import type { Share } from "../stat/newcombeInterval.js";
import type { Where } from "../table/typedTable.js";
import { type ColumnComparison, compareColumns } from "./compareColumns.js";
import { stateName } from "./stateName.js";
import type { StudyView } from "./studyView.js";
import { conditionalTransitions } from "./table6.js";
import { transitionMatrices } from "./transitionMatrices.js";

/** A column of Table 6 on one data set: a share for each method and model (and prompt) with samples in the state before. */
export interface ColumnOfDataset {
  readonly shares: readonly Share[];
  readonly where: Where;
}

/** A column on two data sets; without a comparison it says why. */
export interface DatasetLine {
  readonly name: string;
  readonly datasets: readonly [string, string];
  readonly columns: readonly [ColumnOfDataset, ColumnOfDataset];
  readonly comparison: ColumnComparison | string;
}

/**
 * Each column of Table 6 with its shares on any two data sets of a view; on a single one alone, where there is no other.
 *
 * @param tests which t test
 */
export function datasetLines(view: StudyView, tests: Parameters<typeof compareColumns>[2]): DatasetLine[] {
  const matrices = transitionMatrices(view);
  const pairs = view.datasets.flatMap((first, at) =>
    view.datasets.slice(at + 1).map((second): readonly [string, string] => [first, second]),
  );
  const shown = pairs.length === 0 ? view.datasets.map((only): readonly [string, string] => [only, ""]) : pairs;
  return shown.flatMap((datasets) =>
    conditionalTransitions.map(([key, from, to]): DatasetLine => {
      const columnOf = (dataset: string): ColumnOfDataset => {
        const own = matrices.filter(({ other }) => other.dataset === dataset);
        const { repeat, index } = own[0]?.other.where ?? {};
        return {
          shares: own.flatMap(({ transitions: { [key]: share } }) => (share.total === 0 ? [] : [share])),
          where: {
            ...{ dataset, against: view.baseline, from, to },
            ...(repeat === undefined || index === undefined ? {} : { repeat, index }),
          },
        };
      };
      const columns = [columnOf(datasets[0]), columnOf(datasets[1])] as const;
      const bare = datasets.find((dataset, i) => columns[i]?.shares.length === 0 && dataset !== "");
      const comparison =
        datasets[1] === ""
          ? "the rows hold one data set: nothing to compare it with"
          : bare === undefined
            ? compareColumns(columns[0].shares, columns[1].shares, tests)
            : `${bare}: no sample of the baseline is ${stateName(from).toLowerCase()}, or it has no verdicts`;
      return { name: `${stateName(from)} → ${stateName(to).toLowerCase()}`, datasets, columns, comparison };
    }),
  );
}
