import type { Sample } from "./schema/sample.js";

/** A kind of verdict on samples with code. */
export interface CodedVerdicts {
  /** The hash that a sample with code has. */
  readonly hash: "scanHash" | "testHash";
  /** Whether a sample with code has its verdict. */
  readonly isKnown: (sample: Sample) => boolean;
}

/**
 * When samples without code get their verdict, which takes no execution and no scan: not before samples with code have theirs, or
 * the few without would stand for all. A sample of the same task must have its verdict, and half of the same configuration
 * (data set, prompt, model, method, repeat, index); of a configuration without any code, one of the data set. Samples without code do not
 * count here: where there are no others nothing is waited for.
 *
 * @param samples those that the study plans
 */
export function codelessSamples(samples: readonly Sample[]): (verdicts: CodedVerdicts) => (sample: Sample) => boolean {
  const configurations = grouped(samples, configurationOf);
  const tasks = grouped(samples, taskOf);
  const datasets = grouped(samples, datasetOf);
  return ({ hash, isKnown }) => {
    const counts = new Map<readonly Sample[], Count>();
    const countOf = (group: readonly Sample[] = []): Count => {
      let count = counts.get(group);
      if (count === undefined) {
        const coded = group.filter((sample) => sample[hash] !== null);
        counts.set(group, (count = { coded: coded.length, known: coded.filter(isKnown).length }));
      }
      return count;
    };
    return (sample) => {
      const own = countOf(configurations.get(configurationOf(sample)));
      const isReached = own.coded > 0 ? 2 * own.known >= own.coded : isBegun(countOf(datasets.get(datasetOf(sample))));
      return isReached && isBegun(countOf(tasks.get(taskOf(sample))));
    };
  };
}

interface Count {
  readonly coded: number;
  readonly known: number;
}

const isBegun = ({ coded, known }: Count) => coded === 0 || known > 0;

const textOf = (...parts: readonly (string | number)[]) => parts.join("\u0000");
const configurationOf = ({ dataset, prompt, model, method, repeat, index }: Sample) =>
  textOf(dataset, prompt, model, method, repeat, index);
const taskOf = ({ dataset, task }: Sample) => textOf(dataset, task);
const datasetOf = ({ dataset }: Sample) => dataset;

function grouped(samples: readonly Sample[], key: (sample: Sample) => string): ReadonlyMap<string, readonly Sample[]> {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const group = groups.get(key(sample));
    if (group === undefined) groups.set(key(sample), [sample]);
    else group.push(sample);
  }
  return groups;
}
