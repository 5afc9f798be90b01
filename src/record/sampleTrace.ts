import type { SampleTrace } from "./schema/resultRow.js";
import type { Sample } from "./schema/sample.js";

/** What a result row keeps of a sample's rounds and constraints; `undefined` where the method records neither. */
export function sampleTrace({ stop, rounds, constraints }: Sample): SampleTrace | undefined {
  if (stop === undefined && constraints === undefined) return undefined;
  const verdicts = rounds.flatMap(({ scan }) => (scan === undefined ? [] : [scan.status]));
  return {
    ...(stop === undefined ? {} : { stop, verdicts }),
    ...(constraints === undefined
      ? {}
      : { constraints: { applied: constraints.length, met: constraints.filter(({ met }) => met).length } }),
  };
}
