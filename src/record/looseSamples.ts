import { keyIndex } from "./keyIndex.js";
import { sampleKeyOf } from "./recordKinds.js";
import type { LooseSamples } from "./schema/resultRow.js";
import type { Sample, SampleKey } from "./schema/sample.js";
import type { Study } from "./schema/study.js";
import type { TaskFacts } from "./schema/taskFacts.js";
import { unasked } from "./unasked.js";

interface Recorded {
  readonly study: Study;
  readonly tasks: readonly TaskFacts[];
  readonly samples: readonly Sample[];
}

function pairsOf(values: readonly Pick<SampleKey, "dataset" | "task">[]): (dataset: string, task: string) => boolean {
  const known = keyIndex<true>("tasks");
  for (const { dataset, task } of values) known.set([dataset, task], true);
  return (dataset, task) => known.get([dataset, task]) === true;
}

/** The order in which reasons are told. */
const reasons: readonly LooseSamples["reason"][] = ["unknownTask", "task", "configuration", "repeat", "index"];

/**
 * The recorded samples of a run that its study does not plan, by reason; none where all are planned. A sample that lacks several things is
 * counted once, by the first (`unasked`).
 *
 * @param planned the keys of all samples that the study plans
 */
export function looseSamples({ study, tasks, samples }: Recorded, planned: readonly SampleKey[]): LooseSamples[] {
  const isPlanned = keyIndex<true>("samples");
  for (const key of planned) isPlanned.set(sampleKeyOf(key), true);
  const finder = { isKnown: pairsOf(tasks), isAsked: pairsOf(planned) };
  const found = new Map<LooseSamples["reason"], { readonly count: number; readonly of: Set<string> }>();
  for (const sample of samples) {
    if (isPlanned.get(sampleKeyOf(sample)) === true) continue;
    const { reason, of } = unasked(sample, study, finder);
    const own = found.get(reason) ?? { count: 0, of: new Set() };
    found.set(reason, { count: own.count + 1, of: own.of.add(of) });
  }
  return reasons.flatMap((reason) => {
    const own = found.get(reason);
    return own === undefined ? [] : [{ reason, count: own.count, of: [...own.of] }];
  });
}

/** How many tasks or parts of configurations are listed before the rest is counted. */
const listed = 5;

const registered = "or run `safelab plan RUN`, which adds those of registered data sets";

const lacking: Readonly<Record<LooseSamples["reason"], (named: string) => readonly [why: string, mend: string]>> = {
  unknownTask: (named) => [
    `tasks.jsonl does not know ${named}`,
    `put the lines of these tasks back into it, ${registered}`,
  ],
  task: (named) => [`run.json does not ask for ${named}`, 'name these tasks under "datasets" in run.json'],
  configuration: (named) => [`run.json does not ask for ${named}`, "put that back into run.json"],
  repeat: (named) => [`run.json sets "repeats" too low for ${named} (the first is 0)`, 'raise "repeats" in run.json'],
  index: (named) => [`run.json sets "k" too low for ${named} (the first is 0)`, 'raise "k" in run.json'],
};

/**
 * What a reader must know of recorded samples that count nowhere because the study does not plan them: how many, of what, and what makes them
 * count. One sentence for each reason; none without such samples.
 *
 * @param most how many tasks, or parts of configurations, are listed
 */
export function looseSampleLines(loose: readonly LooseSamples[], most = listed): string[] {
  return loose.map(({ reason, count, of }) => {
    const rest = of.length - most;
    const [why, mend] = lacking[reason](of.slice(0, most).join(", ") + (rest > 0 ? ` and ${rest} more` : ""));
    const [samples, them] = count === 1 ? ["sample counts", "it"] : ["samples count", "them"];
    return `${count} recorded ${samples} nowhere: ${why}. To count ${them}, ${mend}.`;
  });
}
