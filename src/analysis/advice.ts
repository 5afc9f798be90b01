import type { ResultRow } from "../record/schema/resultRow.js";
import type { Study } from "../record/schema/study.js";

const generate = "run `safelab generate RUN`";

/** Whether the samples of these models are made elsewhere: `run.json` names no server to ask. */
function areImported(models: Study["models"]): boolean {
  return models.length > 0 && models.every(({ endpoint }) => endpoint === undefined);
}

/** The command that makes the samples which these rows lack: generation, or the import where the model has no endpoint. */
export function makeSamples(rows: readonly ResultRow[]): string {
  const [first] = rows;
  if (first === undefined) return generate;
  const named = new Set(rows.map(({ model }) => model));
  const models = first.facts.study.models.filter(({ name }) => named.has(name));
  return areImported(models) ? `run \`safelab import FILE --into RUN --method ${first.method}\`` : generate;
}

/** How a method that a study lacks comes into it: planned and generated, or imported. */
export function addMethod({ models }: Study, method?: string): string {
  if (areImported(models)) return `run \`safelab import FILE --into RUN --method ${method ?? "NAME"}\``;
  return `add ${method === undefined ? "one" : "it"} to \`methods\` in run.json and ${generate}`;
}

/** The methods that a study plans for any of its models, or for one of them. */
export function plannedMethods(study: Study, model?: string): string[] {
  const models = study.models.filter(({ name }) => model === undefined || name === model);
  return [...new Set(models.flatMap(({ methods }) => methods ?? study.methods))];
}

/** What the study plans beyond the rows, and how to get it, in brackets for the end of a sentence; empty where the rows hold all. */
export function elsewhere(
  view: { readonly study: Study; readonly datasets: readonly string[]; readonly methods: readonly string[] },
  of: "datasets" | "methods",
): string {
  const planned = of === "datasets" ? view.study.datasets.map(({ name }) => name) : plannedMethods(view.study);
  const lacking = planned.filter((name) => !view[of].includes(name));
  return lacking.length === 0 ? "" : ` (the study plans ${lacking.join(", ")} too: widen the filter)`;
}

/** How rows of one data set get a second: by a wider filter where the study plans one, else by the study. */
export function moreDatasets({
  study,
  datasets,
}: {
  readonly study: Study;
  readonly datasets: readonly string[];
}): string {
  const lacking = study.datasets.map(({ name }) => name).filter((name) => !datasets.includes(name));
  return lacking.length > 0
    ? `the study plans ${lacking.join(", ")} too: widen the filter`
    : "add one to `datasets` in run.json and run `safelab run RUN`";
}
