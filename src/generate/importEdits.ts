import { InputError } from "../error.js";
import { issueText } from "../record/issueText.js";
import { Study } from "../record/schema/study.js";
import type { ImportTarget } from "./importedSamples.js";

/** One change of `run.json`: where, and the value that stands there then. */
export interface StudyEdit {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/**
 * What to change in a study so that it asks for an imported configuration, and asks no other model for more than before.
 * After each edit the study is valid: the other models are held to what they are asked now, then the study's lists grow,
 * then the model gets what was imported.
 */
export function importEdits(study: Study, target: Omit<ImportTarget, "repeat">): StudyEdit[] {
  const { dataset, model, method, prompt } = target;
  const names = study.datasets.map(({ name }) => name);
  const grown = { datasets: !names.includes(dataset), prompts: !study.prompts.includes(prompt) };
  const found = study.models.findIndex(({ name }) => name === model);
  const edits: StudyEdit[] = [];
  for (const [at, { datasets, prompts }] of study.models.entries()) {
    if (grown.datasets && datasets === undefined) edits.push({ path: ["models", at, "datasets"], value: names });
    if (grown.prompts && prompts === undefined) edits.push({ path: ["models", at, "prompts"], value: study.prompts });
  }
  if (grown.datasets) edits.push({ path: ["datasets", names.length], value: { name: dataset } });
  if (grown.prompts) edits.push({ path: ["prompts"], value: [...study.prompts, prompt] });

  const known = study.models[found];
  if (known === undefined) {
    const only = { name: model, methods: [method], prompts: [prompt], datasets: [dataset] };
    return [...edits, { path: ["models", study.models.length], value: only }];
  }
  const add = (field: "datasets" | "prompts" | "methods", value: string, asked: readonly string[]) => {
    if (!asked.includes(value)) edits.push({ path: ["models", found, field], value: [...asked, value] });
  };
  add("datasets", dataset, known.datasets ?? names);
  add("prompts", prompt, known.prompts ?? study.prompts);
  add("methods", method, known.methods ?? study.methods);
  return edits;
}

/** The study as it is after edits of `importEdits`. @throws InputError where it would not be valid. */
export function editedStudy(study: Study, edits: readonly StudyEdit[]): Study {
  const edited: unknown = structuredClone(study);
  for (const { path, value } of edits) {
    const parent = path.slice(0, -1).reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], edited);
    (parent as Record<string, unknown>)[String(path.at(-1))] = structuredClone(value);
  }
  const parsed = Study.safeParse(edited);
  if (!parsed.success) throw new InputError(`the import does not fit the study: ${issueText(parsed.error)}`);
  return parsed.data;
}
