import type { Command } from "commander";
import { InputError } from "../error.js";
import { checkAddresses } from "../generate/checkAddresses.js";
import { endpointAddress } from "../generate/endpointAddress.js";
import { keyAdvice } from "../generate/keyAdvice.js";
import { methodNamed } from "../generate/methods/methodNamed.js";
import { modelPresets } from "../generate/modelPresets.js";
import { planGeneration } from "../generate/planGeneration.js";
import type { RunFolder } from "../record/runFolder.js";
import { createRun } from "../task/createRun.js";
import { loadTasks } from "../task/loadTasks.js";
import { collect } from "./collect.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { scanFailedOption, unscannableOption } from "./policyOptions.js";
import { type StudyAnswers, studyText } from "./studyText.js";
import { wholeNumber } from "./wholeNumber.js";

/** `safelab study init RUN` */
export const addStudy: AddCommand = (root: Command) => {
  root
    .command("study")
    .description("make a study")
    .command("init")
    .description("write a commented run.json into a new run folder")
    .argument("<run>", "folder to make")
    .option("--dataset <name>", "data set, repeatable (default: both demo data sets)", collect)
    .option("--tasks <n>", "only the first n tasks of each data set", wholeNumber(1))
    .option("--model <name>", "model, or one of the presets below (default: embedded)")
    .option("--endpoint <url>", "address of an OpenAI-compatible server that has the model")
    .option("--method <name>", "method, repeatable (default: base)", collect)
    .option("--prompt <kind>", "nl or ct, repeatable (default: nl)", collect)
    .option("--k <n>", "samples per task", wholeNumber(1), 1)
    .option("--repeats <n>", "whole runs", wholeNumber(1), 1)
    .addOption(unscannableOption())
    .addOption(scanFailedOption())
    .addHelpText("after", `\n${presetLines().join("\n")}`)
    .addHelpText(
      "after",
      examples(
        "safelab study init out/mine --tasks 3",
        "safelab study init out/qwen --dataset bigcodebench --model Qwen2.5-Coder-7B-Instruct \\\n" +
          "      --endpoint http://127.0.0.1:8000/v1 --prompt ct",
      ),
    )
    .action(async (folder: string, answers: StudyAnswers) => {
      for (const name of answers.method ?? []) methodNamed(name);
      if (answers.endpoint !== undefined && answers.endpoint !== "embedded") checkBare(answers.endpoint);
      const run = await createRun(folder, studyText(folder, answers));
      const { refusal, advice } = await adviceOn(run);
      console.log(
        refusal === undefined
          ? `${run.path}/run.json is ready. Read it, then: safelab run ${folder}`
          : `${run.path}/run.json is written, but cannot run as it is. Change it, then: safelab run ${folder}`,
      );
      for (const sentence of refusal === undefined ? advice : [refusal, ...advice]) console.log(`  first: ${sentence}`);
    });
};

/** The paper's models, with what each needs. */
function presetLines(): string[] {
  const width = Math.max(...modelPresets.map(({ name }) => name.length));
  const needs = (keyVariable: string | undefined) =>
    keyVariable === undefined ? "needs --endpoint" : `the key in ${keyVariable}`;
  return [
    "Presets, the paper's models:",
    ...modelPresets.map(
      ({ name, served, keyVariable }) => `  ${name.padEnd(width)}  ${served} (${needs(keyVariable)})`,
    ),
  ];
}

/** @throws InputError for an address with a password or a query: what is written to run.json is shared. */
function checkBare(address: string): void {
  const { shown, basic, query } = endpointAddress(address);
  if (basic === undefined && Object.keys(query).length === 0) return;
  throw new InputError(
    `the address has a user, a password or a query, and keys are not written to files: give ${shown}, and in run.json name the environment variable ` +
      'that holds the key as the model\'s "keyVariable"',
  );
}

/** What must (`refusal`) or should be changed before a new study can run: what `safelab plan` would refuse or note. */
async function adviceOn({ study }: RunFolder): Promise<{ refusal?: string; advice: string[] }> {
  const keys = keyAdvice(study.models, (variable) => process.env[variable]);
  const advice = [...checkAddresses(study), ...keys];
  const loaded = await Promise.all(study.datasets.map(({ name }) => loadTasks(name)));
  try {
    planGeneration(study, new Map(loaded.map(({ name, tasks }) => [name, tasks])), []);
    return { advice };
  } catch (error) {
    if (error instanceof InputError) return { refusal: error.message, advice };
    throw error;
  }
}
