import { type Cell, type Column, missingCell, type Row } from "../table/typedTable.js";
import type { ConfigurationRates } from "./configurationRates.js";
import { measureName, paperMeasures } from "./measure.js";
import { shareInterval } from "./shareInterval.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import type { StudyView } from "./studyView.js";

/** The columns of rates on parts of a configuration's samples: what the part is, n, the rates of Table 4. */
export function partColumns(view: StudyView, parts: readonly Column[]): Column[] {
  return [
    ...stubColumns(view),
    ...parts,
    { key: "n", label: "n", kind: "count" },
    ...paperMeasures.map((measure): Column => ({ key: measure.key, label: measureName(measure), kind: "rate" })),
  ];
}

/** The cells that `partColumns` adds. */
export function partCells({ configuration, n, cells }: ConfigurationRates): Row {
  return { ...stubCells(configuration), n, ...cells };
}

/** A share of samples with its interval. */
export function shareCell(hits: number, total: number, where: Cell["where"], none: string): Cell {
  if (total === 0) return missingCell(none, where);
  return { value: hits / total, hits, total, interval: shareInterval(hits, total), where };
}
