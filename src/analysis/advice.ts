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
