import { comparisons } from "../analysis/comparisons.js";
import { configurationRates } from "../analysis/configurationRates.js";
import { effectLines } from "../analysis/effectLines.js";
import { measuresOf, safeMeasure, securePassMeasure } from "../analysis/measure.js";
import { scannerName } from "../analysis/names.js";
import { shareInterval } from "../analysis/shareInterval.js";
import type { Configuration, StudyView } from "../analysis/studyView.js";
import { table7 } from "../analysis/table7.js";
import { transitionMatrices } from "../analysis/transitionMatrices.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { Cell } from "../table/typedTable.js";

/** One number of a run under the name that the paper's tables give it. */
export interface MeasuredCell {
  readonly configuration: Pick<Configuration, "dataset" | "prompt" | "model" | "method">;
  /** `Secure@1 Bandit`, `Pass@1 task`, `SAFE@1 d`, `secure → insecure`, `Removed Code`. */
  readonly quantity: string;
  readonly cell: Cell;
}

/** What the paper's tables call a measure. */
const quantities: Readonly<Record<string, string>> = {
  secure: "Secure@1 union",
  casePass: "Pass@1 case",
  taskPass: "Pass@1 task",
  securePass: "Secure-Pass@1",
  safe: "SAFE@1",
};

/** The four rates of Table 6 as its columns are called in `data/paper`. */
const moves = [
  ["insecureFunctionalToSecureNonfunctional", "insecure+functional → secure+nonfunctional"],
  ["secureFunctionalToSecureNonfunctional", "secure+functional → secure+nonfunctional"],
  ["secureFunctionalToInsecureFunctional", "secure+functional → insecure+functional"],
  ["secureToInsecure", "secure → insecure"],
] as const;

const causes = [
  ["removedCode", "Removed Code"],
  ["junkCode", "Junk Code"],
  ["notFollowingInstruction", "NFI"],
  ["falseNegative", "FN"],
  ["other", "Other"],
] as const;

/** The numbers of a run that the paper prints as well: rates, sizes of effects, transitions, causes. Unknown ones are absent. */
export function measuredCells(rows: readonly ResultRow[], view: StudyView): MeasuredCell[] {
  return [...rates(view), ...effects(view), ...transitions(view), ...failures(rows, view)].filter(
    ({ cell }) => typeof cell.value === "number",
  );
}

function rates(view: StudyView): MeasuredCell[] {
  return configurationRates(view, measuresOf(view.scanners)).flatMap(({ configuration, cells }) =>
    Object.entries(cells).map(([key, cell]) => {
      const scanner = key.startsWith("secure_") ? key.slice("secure_".length) : undefined;
      const quantity = scanner === undefined ? (quantities[key] ?? key) : `Secure@1 ${scannerName(scanner)}`;
      return { configuration, quantity, cell };
    }),
  );
}

/** |d| and p as the paper prints them: without a sign, from the independent t test, not adjusted. */
function effects(view: StudyView): MeasuredCell[] {
  return effectLines(view, comparisons(view), [securePassMeasure, safeMeasure]).flatMap(({ comparison, effect }) => {
    if ("missing" in effect || effect.tTest === undefined) return [];
    const [configuration, name] = [comparison.other, effect.measure.label];
    const { where } = configuration;
    const { p, d } = effect.tTest;
    return [
      { configuration, quantity: `${name} p`, cell: { value: p, where } },
      { configuration, quantity: `${name} d`, cell: { value: Math.abs(d), where } },
    ];
  });
}

function transitions(view: StudyView): MeasuredCell[] {
  return transitionMatrices(view).flatMap(({ other, transitions: found }) =>
    moves.flatMap(([key, quantity]) => {
      const { hits, total } = found[key];
      if (total === 0) return [];
      const cell = { value: hits / total, hits, total, interval: shareInterval(hits, total), where: other.where };
      return [{ configuration: other, quantity, cell }];
    }),
  );
}

function failures(rows: readonly ResultRow[], view: StudyView): MeasuredCell[] {
  const lines = table7(rows).rows;
  return view.configurations.flatMap((configuration) => {
    const { dataset, prompt, model, method } = configuration;
    const line = lines.find(({ method: own }) => {
      const where = own?.where ?? {};
      return (
        where["dataset"] === dataset &&
        where["prompt"] === prompt &&
        where["model"] === model &&
        where["method"] === method
      );
    });
    return causes.flatMap(([key, quantity]) => {
      const cell = line?.[key];
      return cell === undefined ? [] : [{ configuration, quantity, cell }];
    });
  });
}
