import { evidenceOf } from "../evidence.js";
import { scannerMeasure } from "../measure.js";
import { scannerName } from "../names.js";
import type { StudyView } from "../studyView.js";
import { cellEffects, configurationName, effectEvidence } from "./cellEffects.js";
import { fewestUnits, type FindingEvidence, notTestable, type RuleOutcome } from "./findingOutcome.js";
import { oneScanner } from "./oneScanner.js";
import { atLeast } from "./shareRule.js";

/** Scanners differ where their rates on the same samples are this far apart: one in twenty. */
const oneIn = 20;

/** Finding 1: in at least half of the configurations some pair of scanners differs by .05 or more in Secure@1. */
export function scannersDisagree(view: StudyView): RuleOutcome {
  if (view.scanners.length < 2) return notTestable(oneScanner(view));
  const measures = view.scanners.map(scannerMeasure);
  const lines = view.configurations.map((configuration) => {
    const { counted, missing: why } = evidenceOf(
      configuration,
      measures.flatMap(({ needs }) => needs),
    );
    const total = counted.length;
    const known = view.scanners.flatMap((scanner) => {
      if (total === 0 || why.has(`scan_${scanner}`)) return [];
      const { score } = scannerMeasure(scanner).metric;
      return [{ scanner, hits: counted.filter((row) => score(row) === 1).length, total }];
    });
    const missing = [...why.values(), "no sample has a verdict of every scanner"][0] ?? "";
    const [highest, lowest] = [...known]
      .sort((a, b) => b.hits - a.hits)
      .flatMap((each, i, all) => {
        return i === 0 || i === all.length - 1 ? [each] : [];
      });
    return { configuration, known: known.length, missing, highest, lowest };
  });
  const testable = lines.filter(({ known }) => known > 1);
  if (testable.length === 0) return notTestable(lines[0]?.missing ?? oneScanner(view));
  const evidence = lines.map(({ configuration, highest, lowest, missing }): FindingEvidence => {
    const of = configurationName(view, configuration);
    if (highest === undefined || lowest === undefined) return { of, measure: "Secure@1", reading: missing };
    const { total } = highest;
    const apart = highest.hits - lowest.hits;
    return {
      of,
      measure: `Secure@1, ${scannerName(highest.scanner)} − ${scannerName(lowest.scanner)}`,
      n: total,
      difference: { value: apart / total, where: configuration.where },
      reading: total < fewestUnits ? "undecided" : apart * oneIn >= total ? "differs" : "alike",
    };
  });
  const count = (reading: string) => evidence.filter((each) => each.reading === reading).length;
  const [yes, no] = [count("differs"), count("alike")];
  const cells = cellEffects(view, measures);
  const contradictory = cells.filter((cell) => {
    const ways = measures.map(cell.direction);
    return ways.includes("up") && ways.includes("down");
  });
  return {
    status: atLeast(0.5, { yes, no, open: lines.length - yes - no }),
    because: `${yes} of ${lines.length} configurations have scanners that differ by ≥ .05; contradictory cells: ${contradictory.length} of ${cells.length}.`,
    evidence: [...evidence, ...effectEvidence(view, contradictory)],
  };
}
