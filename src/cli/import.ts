import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { parse } from "jsonc-parser";
import { InputError, reasonOf } from "../error.js";
import { editedStudy, importEdits } from "../generate/importEdits.js";
import { appendImport, type ImportSummary, readImport } from "../generate/importSamples.js";
import { mostPerTask, readSolutions } from "../generate/readSolutions.js";
import { issueText } from "../record/issueText.js";
import { editStudy, openRunFolder, type RunFolder } from "../record/runFolder.js";
import { PromptKind } from "../record/schema/sample.js";
import { type SecurityPolicies, Study } from "../record/schema/study.js";
import { createRun } from "../task/createRun.js";
import { syncTaskFacts } from "../task/syncTaskFacts.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { scanFailedOption, unscannableOption } from "./policyOptions.js";
import { studyText } from "./studyText.js";

/** The policies are for a run folder that is made here; an existing one keeps its own. */
interface ImportOptions extends SecurityPolicies {
  readonly into: string;
  readonly dataset: string;
  readonly model: string;
  readonly method: string;
  readonly prompt: PromptKind;
}

/** The run folder as it is to be: the study that asks for the imported configuration too, and what writes it. */
interface Prepared {
  readonly run: RunFolder;
  readonly isNew: boolean;
  readonly write: () => Promise<RunFolder>;
}

/** A new run asks for as many samples a task as the file has. */
async function newRun(file: string, options: ImportOptions): Promise<Prepared> {
  const { into, dataset, model, method, prompt, unscannable, scanFailed } = options;
  const k = mostPerTask(await readSolutions(file));
  const configuration = { dataset: [dataset], model, method: [method], prompt: [prompt], k };
  const text = studyText(into, { ...configuration, unscannable, scanFailed, imported: true });
  const parsed = Study.safeParse(parse(text));
  if (!parsed.success) throw new InputError(`the import makes no valid study: ${issueText(parsed.error)}`);
  return { run: { path: resolve(into), study: parsed.data }, isNew: true, write: () => createRun(into, text) };
}

async function existingRun(options: ImportOptions): Promise<Prepared> {
  const before = await openRunFolder(options.into);
  const run = { path: before.path, study: editedStudy(before.study, importEdits(before.study, options)) };
  return {
    run,
    isNew: false,
    write: async () => {
      await syncTaskFacts(run);
      let now = await openRunFolder(options.into);
      for (const { path, value } of importEdits(now.study, options)) now = await editStudy(now, path, value);
      return now;
    },
  };
}

/**
 * Checks everything, then makes or extends the run folder, then adds the samples. There is no way back after that, but one on:
 * where adding fails the folder is valid, and the same import adds the rest.
 */
async function importInto(file: string, options: ImportOptions): Promise<ImportSummary & { readonly newK?: number }> {
  const isThere = existsSync(join(options.into, "run.json"));
  const { run, isNew, write } = await (isThere ? existingRun(options) : newRun(file, options));
  const checked = await readImport(run, file, options);
  const written = await write();
  try {
    const summary = await appendImport(written, checked);
    return isNew && run.study.k > 1 ? { ...summary, newK: run.study.k } : summary;
  } catch (cause) {
    throw new InputError(`${reasonOf(cause)}; ${options.into} stays valid: the same import goes on from there`, {
      cause,
    });
  }
}

/** Says of a policy that was asked for that an existing run keeps its own, and how to change it. */
async function sayPolicy(options: ImportOptions, name: keyof SecurityPolicies): Promise<void> {
  const { path, study } = await openRunFolder(options.into);
  const [kept, asked] = [study.policies[name], options[name]];
  if (kept !== asked)
    console.log(
      `${options.into} exists and keeps its policy "${name}": "${kept}"; to count otherwise set "policies": { "${name}": "${asked}" } in ` +
        `${join(path, "run.json")}: nothing is scanned again`,
    );
}

/** What a file holds. The paper's artefact asks for it in its README, under "Code Generation". */
const form = `This is what BigCodeBench and EvalPlus write and the paper's artefact reads (ids of SecCodePLT such as "134f1a9c").
The artefact takes code out of Markdown fences; here every solution is taken as it is. Further lines of a task are its
further samples: a new run asks for as many (k). Tasks of your own: environment.md, under "Tasks of your own".`;

/** `safelab import FILE --into RUN …` */
export const addImport: AddCommand = (root) => {
  root
    .command("import")
    .description('take samples that were generated elsewhere: one {"task_id": "…", "solution": "code"} a line')
    .argument("<file>", "JSON Lines file, .gz too")
    .requiredOption("--into <run>", "run folder; made if it does not exist")
    .requiredOption("--dataset <name>", "data set of the tasks")
    .requiredOption("--model <name>", "model that generated them")
    .option("--method <name>", "method; that of the first import into a new run is its baseline", "base")
    .addOption(new Option("--prompt <kind>", "kind of prompt").choices(PromptKind.options).default("nl"))
    .addOption(unscannableOption())
    .addOption(scanFailedOption())
    .addHelpText("after", `\n${form}`)
    .addHelpText(
      "after",
      examples(
        "safelab import samples.jsonl --into out/qwen --dataset bigcodebench --model Qwen2.5-Coder-7B --prompt ct",
      ),
    )
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const { imported, withoutCode, fenced, skipped, outside, missing, newK } = await importInto(file, options);
      console.log(`${imported} samples imported into ${options.into}, ${skipped} were there already`);
      if (newK !== undefined)
        console.log(`the new run asks for k = ${newK} samples a task, as many as the file has ("k" in run.json)`);
      if (withoutCode > 0)
        console.log(
          `${withoutCode} of them have no code: they count as failed, and to a scanner as code that does not parse (policy "unscannable")`,
        );
      if (fenced > 0)
        console.log(
          `${fenced} of them begin with a Markdown fence and are taken as they are: they count as code that does not parse (policy ` +
            '"unscannable"); to have them counted as code take the fences off and import into another run folder',
        );
      if (outside > 0) console.log(`${outside} lines are for tasks that the study does not ask for`);
      if (missing > 0) console.log(`${missing} planned samples of this configuration are still missing`);
      for (const name of ["unscannable", "scanFailed"] as const)
        if (command.getOptionValueSource(name) === "cli") await sayPolicy(options, name);
      console.log(`next: safelab run ${options.into}`);
    });
};
