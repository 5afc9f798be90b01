import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ImportSummary, importSamples } from "../generate/importSamples.js";
import { editStudy, openRunFolder, type RunFolder } from "../record/runFolder.js";
import type { PromptKind } from "../record/schema/sample.js";
import type { UnscannablePolicy } from "../record/schema/study.js";
import { writeWhole } from "../record/writeWhole.js";
import { createRun, removeRun } from "../task/createRun.js";
import { syncTaskFacts } from "../task/syncTaskFacts.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { studyText } from "./studyText.js";
import { unscannableOption } from "./unscannableOption.js";

interface ImportOptions {
  readonly into: string;
  readonly dataset: string;
  readonly model: string;
  readonly method: string;
  readonly prompt: PromptKind;
  /** Where the run folder is made; an existing one keeps its own. */
  readonly unscannable: UnscannablePolicy;
}

async function ensureListed(run: RunFolder, field: "methods" | "prompts", value: string): Promise<RunFolder> {
  return (run.study[field] as string[]).includes(value) ? run : editStudy(run, [field], [...run.study[field], value]);
}

async function ensureDataset(run: RunFolder, name: string): Promise<RunFolder> {
  const { datasets } = run.study;
  return datasets.some((dataset) => dataset.name === name)
    ? run
    : editStudy(run, ["datasets", datasets.length], { name });
}

/** A model is planned with the methods that were imported for it, not with those of other models. */
async function ensureModel(run: RunFolder, name: string, method: string): Promise<RunFolder> {
  const { models } = run.study;
  const at = models.findIndex((model) => model.name === name);
  const methods = models[at]?.methods;
  if (at < 0) return editStudy(run, ["models", models.length], { name, methods: [method] });
  if (methods === undefined) return ensureListed(run, "methods", method);
  return methods.includes(method) ? run : editStudy(run, ["models", at, "methods"], [...methods, method]);
}

/** An existing run folder with the imported configuration among those it plans. */
async function plannedRun({ into, dataset, model, method, prompt }: ImportOptions): Promise<RunFolder> {
  let run = await openRunFolder(into);
  run = await ensureDataset(run, dataset);
  run = await ensureModel(run, model, method);
  run = await ensureListed(run, "prompts", prompt);
  await syncTaskFacts(run);
  return run;
}

/** Makes the run folder where there is none, plans the configuration and imports; a failure leaves things as they were. */
async function importInto(file: string, options: ImportOptions): Promise<ImportSummary> {
  const { into, dataset, model, method, prompt, unscannable } = options;
  const study = join(into, "run.json");
  const before = await readFile(study, "utf8").catch(() => undefined);
  if (before === undefined) {
    const configuration = { dataset: [dataset], model, method: [method], prompt: [prompt] };
    const answers = { ...configuration, unscannable, imported: true } as const;
    const run = await createRun(into, studyText(into, answers));
    return importSamples(run, file, options).catch(async (error: unknown) => {
      await removeRun(run);
      throw error;
    });
  }
  try {
    return await importSamples(await plannedRun(options), file, options);
  } catch (error) {
    await writeWhole(study, before);
    throw error;
  }
}

/** `safelab import FILE --into RUN …` */
export const addImport: AddCommand = (root) => {
  root
    .command("import")
    .description("take samples that were generated elsewhere (one JSON object a line: task_id, solution)")
    .argument("<file>", "JSON Lines file, .gz too")
    .requiredOption("--into <run>", "run folder; made if it does not exist")
    .requiredOption("--dataset <name>", "data set of the tasks")
    .requiredOption("--model <name>", "model that generated them")
    .option("--method <name>", "method", "base")
    .option("--prompt <kind>", "nl or ct", "nl")
    .addOption(unscannableOption())
    .addHelpText(
      "after",
      examples(
        "safelab import samples.jsonl --into out/qwen --dataset bigcodebench --model Qwen2.5-Coder-7B --prompt ct",
      ),
    )
    .action(async (file: string, options: ImportOptions) => {
      const { imported, skipped, outside, missing } = await importInto(file, options);
      console.log(`${imported} samples imported into ${options.into}, ${skipped} were there already`);
      if (outside > 0) console.log(`${outside} lines are for tasks that the study does not ask for`);
      if (missing > 0) console.log(`${missing} planned samples of this configuration are still missing`);
      console.log(`next: safelab run ${options.into}`);
    });
};
