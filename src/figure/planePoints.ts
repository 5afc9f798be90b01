import type { ConfigurationRates } from "../analysis/configurationRates.js";
import { secureMeasure, taskPassMeasure } from "../analysis/measure.js";
import { promptName } from "../analysis/names.js";
import type { StudyView } from "../analysis/studyView.js";
import { countRange } from "./countRange.js";
import type { Cell } from "../table/typedTable.js";

/** A method in the plane. */
export interface PlanePoint {
  readonly method: string;
  readonly x: number;
  readonly y: number;
  readonly pass: Cell;
  readonly secure: Cell;
  /** Where the arrow starts: the baseline's point; absent for the baseline, and where it has none. */
  readonly from?: { readonly x: number; readonly y: number };
}

/** One model with its methods. */
export interface PlanePanel {
  readonly name: string;
  /** Samples behind each point, in words: a number, or a range where methods differ. */
  readonly n: string;
  readonly points: readonly PlanePoint[];
}

/** The points of one model; a method without both rates has none. */
export function planePoints(view: StudyView, rates: readonly ConfigurationRates[]): PlanePanel {
  const { model, prompt } = (rates[0] as ConfigurationRates).configuration;
  const points = rates.flatMap(({ configuration: { method }, cells }) => {
    const [pass, secure] = [cells[taskPassMeasure.key], cells[secureMeasure.key]];
    if (typeof pass?.value !== "number" || typeof secure?.value !== "number") return [];
    return [{ method, x: pass.value, y: secure.value, pass, secure }];
  });
  const base = points.find(({ method }) => method === view.baseline);
  return {
    name: view.prompts.length > 1 ? `${model}, ${promptName(prompt)}` : model,
    n: countRange(rates.map(({ n }) => Number(n.value))),
    points: points.map((point) =>
      base === undefined || point === base ? point : { ...point, from: { x: base.x, y: base.y } },
    ),
  };
}
