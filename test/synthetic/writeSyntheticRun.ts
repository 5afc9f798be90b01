import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { TaskFacts } from "../../src/record/schema/taskFacts.js";
import { seededRandom, type SeededRandom } from "../../src/stat/seededRandom.js";
import { alike, type SyntheticDesign } from "./syntheticDesign.js";
import { syntheticRecords } from "./syntheticRecords.js";

/** Writes a run folder of made-up records with the planted effects; the same design gives the same bytes. */
export function writeSyntheticRun(folder: string, design: SyntheticDesign): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "run.json"), JSON.stringify(studyOf(design), null, 2));
  const random = seededRandom(design.seed);
  const files = Object.fromEntries(kinds.map((kind) => [kind, lineWriter(join(folder, `${kind}.jsonl`))]));
  for (const [dataset, count] of Object.entries(design.datasets))
    for (let number = 0; number < count; number++) {
      const task = `${dataset}/${number}`;
      files["tasks"]?.write({ schemaVersion: 1, dataset, task, cwe: [78], cases: design.cases } satisfies TaskFacts);
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
          for (const kind of sampleKinds) for (const record of made[kind]) files[kind]?.write(record);
        }
      }
    }
  for (const file of Object.values(files)) file.close();
}

const sampleKinds = ["samples", "executions", "scans", "judgements"] as const;
const kinds = ["tasks", ...sampleKinds];

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

function studyOf({ datasets, models, scanners, seed, prompts = ["nl"], repeats = 1 }: SyntheticDesign): object {
  const methods = [...new Set(Object.values(models).flat())];
  return {
    schemaVersion: 1,
    name: "synthetic",
    datasets: Object.keys(datasets).map((name) => ({ name })),
    models: Object.entries(models).map(([name, own]) => ({ name, methods: own })),
    methods,
    baseline: methods[0],
    prompts,
    repeats,
    seed,
    union: scanners,
    provenance: "made up, with planted effects",
  };
}

function lineWriter(file: string): { readonly write: (record: object) => void; readonly close: () => void } {
  const handle = openSync(file, "w");
  let waiting: string[] = [];
  const flush = () => {
    if (waiting.length > 0) writeSync(handle, waiting.join(""));
    waiting = [];
  };
  return {
    write(record) {
      waiting.push(`${JSON.stringify(record)}\n`);
      if (waiting.length === 1000) flush();
    },
    close() {
      flush();
      closeSync(handle);
    },
  };
}
