import { memory } from "../analysis/memory.js";
import { methodName, scannerName } from "../analysis/names.js";
import { type StudyView, studyView } from "../analysis/studyView.js";
import { InputError } from "../error.js";
import { cweCounts, type ScannerCweCounts } from "../metric/cweCounts.js";
import { cweFamily } from "../metric/cweFamily.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { Where } from "../table/typedTable.js";
import { drawCweChart } from "./cweChart.js";
import type { CweLine } from "./cweLines.js";
import { emptyFigure } from "./emptyFigure.js";
import { drawnFigure, type Figure, type FigureOptions } from "./figure.js";

/** What Figure 5 can be asked. */
export interface CweFigureOptions extends FigureOptions {
  /** `samples`: samples with at least one such finding (unless told). `findings`: every finding. */
  readonly count?: "samples" | "findings";
  /** `raw`: the CWEs as the scanners name them (unless told). `families`: each under its family (`cweFamily`). */
  readonly cwes?: "raw" | "families";
}

/**
 * Figure 5: how often each scanner reports each CWE, over all samples handed in. Pass the rows of one configuration to see it alone.
 *
 * Scanners name one weakness differently, so raw numbers differ where the scanners agree: by families such names count together.
 * Its id is `figure5`, with `Families` and `Findings` behind it where these are asked for.
 *
 * @throws InputError for no rows.
 * @example figure5(rows.filter((row) => row.method === "safecoder"), { cwes: "families", count: "findings" })
 */
export function figure5(rows: readonly ResultRow[], options: CweFigureOptions = {}): Figure {
  const { count = "samples", cwes = "raw" } = options;
  const view = studyView(rows);
  const first = view.configurations[0]?.rows[0];
  if (first === undefined) throw new InputError("figure5 requires at least one result row");
  const counted = view.scanners
    .filter((scanner) => first[`scan_${scanner}`] !== undefined)
    .map((scanner) =>
      countsOf(view, JSON.stringify([scanner, cwes]), () =>
        cweCounts(view.rows, scanner, cwes === "families" ? cweFamily : undefined),
      ),
    );
  const { repeat, index } = first;
  const where = (scanner: string, line: CweLine): Where => ({
    ...{ repeat, index, scanner },
    ...(typeof line !== "number" ? {} : cwes === "raw" ? { cwe: line } : { family: line }),
  });
  const named = {
    id: `figure5${cwes === "families" ? "Families" : ""}${count === "findings" ? "Findings" : ""}`,
    title: `${cwes === "raw" ? "CWEs" : "Families of CWEs"} by scanner, by ${count === "samples" ? "sample" : "finding"} (${scopeOf(view)})`,
  };
  const seen = counted.filter(({ scanned }) => scanned > 0);
  const unseen = view.scanners.filter((scanner) => !seen.some((each) => each.scanner === scanner));
  const missing = unseen.map(
    (scanner) => `no scans by ${scannerName(scanner)}: run \`safelab scan RUN --scanner ${scanner}\``,
  );
  return drawnFigure((size, theme) => {
    if (seen.length === 0) return emptyFigure(named, `Nothing to show – ${missing.join("; ")}.`, size, theme);
    return drawCweChart({ ...named, seen, missing, count, cwes, where }, size, theme);
  }, options.width);
}

const countsOf = memory<ScannerCweCounts<ResultRow>>();

/** What the rows cover, by name where it is one and by number where it is several. */
function scopeOf({ configurations, datasets, models, methods }: StudyView): string {
  const one = (values: readonly string[], many: string) =>
    values.length === 1 ? (values[0] ?? "") : `${values.length} ${many}`;
  const parts = [one(models, "models"), one(methods.map(methodName), "methods"), one(datasets, "data sets")];
  return configurations.length === 0 ? "no samples" : parts.join(", ");
}
