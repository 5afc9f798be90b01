import type { Study } from "../record/schema/study.js";
import type { Cell } from "../table/typedTable.js";

/** A group of bars: its name under the axis and in full. */
export interface BarGroup {
  readonly key: string;
  readonly short: string;
  readonly name: string;
}

/** One panel: its name, its n in words, and the cell of each method (outer) and group (inner). */
export interface BarPanel {
  readonly name: string;
  readonly n: string;
  readonly cells: ReadonlyMap<string, Readonly<Record<string, Cell>>>;
}

/** Small multiples of rates: one panel a model, groups of bars, one bar a method. */
export interface BarChart {
  readonly id: string;
  readonly title: string;
  readonly study: Study;
  readonly methods: readonly string[];
  readonly groups: readonly BarGroup[];
  /** Groups before a dashed line; 0 for none. */
  readonly before: number;
  readonly panels: readonly BarPanel[];
  readonly notes: readonly string[];
}
