import { Study } from "../../src/record/schema/study.js";
import type { SyntheticDesign } from "./syntheticDesign.js";

/** The study that a made-up run answers. */
export function syntheticStudy({
  datasets,
  models,
  scanners,
  seed,
  prompts = ["nl"],
  repeats = 1,
}: SyntheticDesign): Study {
  const methods = [...new Set(Object.values(models).flat())];
  return Study.parse({
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
  });
}
