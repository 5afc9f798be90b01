import type { Execution } from "../../src/record/schema/execution.js";
import type { Judgement } from "../../src/record/schema/judgement.js";
import type { Sample } from "../../src/record/schema/sample.js";
import type { Scan } from "../../src/record/schema/scan.js";
import type { TaskFacts } from "../../src/record/schema/taskFacts.js";
import { seededRandom, type SeededRandom } from "../../src/stat/seededRandom.js";
import { alike, type SyntheticDesign } from "./syntheticDesign.js";
import { syntheticRecords } from "./syntheticRecords.js";

/** The records of a made-up run, by the file that holds them. */
export interface SyntheticKinds {
  readonly tasks: TaskFacts;
  readonly samples: Sample;
  readonly executions: Execution;
  readonly scans: Scan;
  readonly judgements: Judgement;
}

/** The names of the files of a made-up run. */
export const syntheticKinds = ["tasks", "samples", "executions", "scans", "judgements"] as const;

/** Makes the records of a run with the planted effects one after another; the same design gives the same ones. */
export function eachSyntheticRecord(
  design: SyntheticDesign,
  visit: <K extends keyof SyntheticKinds>(kind: K, record: SyntheticKinds[K]) => void,
): void {
  const random = seededRandom(design.seed);
  for (const [dataset, count] of Object.entries(design.datasets))
    for (let number = 0; number < count; number++) {
      const task = `${dataset}/${number}`;
      visit("tasks", { schemaVersion: 1, dataset, task, cwe: [78], cases: design.cases });
      for (const [model, methods] of Object.entries(design.models)) {
        const [secureLuck, functionalLuck] = [random.uniform(), random.uniform()];
        for (const { method, prompt, repeat } of asked(methods, design)) {
          const planted = design.planted[method];
          if (planted === undefined) throw new Error(`nothing is planted for method ${method}`);
          const gain = prompt === "ct" ? (design.templateGain ?? 0) : 0;
          const secure = lucky(planted.secure, secureLuck, random);
          const functional = lucky(planted.functional + gain, functionalLuck, random);
          const truth = { dataset, task, prompt, model, method, repeat, secure, functional };
          const made = syntheticRecords(truth, design, random);
          for (const record of made.samples) visit("samples", record);
          for (const record of made.executions) visit("executions", record);
          for (const record of made.scans) visit("scans", record);
          for (const record of made.judgements) visit("judgements", record);
        }
      }
    }
}

/** What a model is asked about each task. */
function asked(methods: readonly string[], { prompts = ["nl"], repeats = 1 }: SyntheticDesign) {
  return Array.from({ length: repeats }, (_, repeat) =>
    methods.flatMap((method) => prompts.map((prompt) => ({ method, prompt, repeat }))),
  ).flat();
}

function lucky(chance: number, taskLuck: number, random: SeededRandom): boolean {
  const own = random.uniform();
  return (random.uniform() < alike ? taskLuck : own) < chance;
}
