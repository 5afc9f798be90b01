import { type Command, Option } from "commander";
import { type NewDraw, newDraw } from "../label/newDraw.js";
import { DrawStrata } from "../record/schema/draw.js";
import { collect } from "./collect.js";
import { examples } from "./examples.js";
import { wholeNumber } from "./wholeNumber.js";

interface NewOptions {
  readonly question: string;
  readonly n?: number;
  readonly seed: number;
  readonly by: DrawStrata;
  readonly dataset?: readonly string[];
  readonly model?: readonly string[];
  readonly method?: readonly string[];
}

/** `safelab label new RUN` */
export function addLabelNew(label: Command): void {
  label
    .command("new")
    .description("draw samples for a question; the same draw on every machine")
    .argument("<run>", "run folder")
    .option("--question <name>", "security, failure, or one that run.json defines", "security")
    .option("--n <n>", "samples to draw (default: all that there are)", wholeNumber(1))
    .option("--seed <n>", "seed of the draw", wholeNumber(0), 1)
    .addOption(
      new Option("--by <stratum>", "draw each group in proportion to its size")
        .choices(DrawStrata.options)
        .default("none"),
    )
    .option("--dataset <name>", "only this data set, repeatable", collect)
    .option("--model <name>", "only this model, repeatable", collect)
    .option("--method <name>", "only this method, repeatable", collect)
    .addHelpText(
      "after",
      examples(
        "safelab label new out/mine --question security --n 44 --seed 7",
        "safelab label new out/mine --question failure --method promsec",
      ),
    )
    .action(async (folder: string, { question, n = undefined, seed, by, ...names }: NewOptions) => {
      const { dataset = [], model = [], method = [] } = names;
      const filter = { dataset: [...dataset], model: [...model], method: [...method] };
      const made = await newDraw(folder, { question, n: n ?? "all", seed, strata: by, filter });
      for (const line of drawText(folder, made)) console.log(line);
    });
}

function drawText(folder: string, { draw, isNew }: NewDraw): string[] {
  const { question, samples, frame, excluded, seed, strata } = draw;
  const parts = strata === "none" ? [] : frame.strata.map((each) => `${each.stratum} ${each.drawn} of ${each.count}`);
  return [
    `${samples.length} of ${frame.count} samples drawn for ${question} with seed ${seed}${isNew ? "" : " (this draw was there already)"}`,
    ...(parts.length === 0 ? [] : [`by ${strata}: ${parts.join(", ")}`]),
    ...(excluded.length === 0
      ? []
      : [`not in the frame: ${excluded.map(({ reason, count }) => `${count} ${reason}`).join(", ")}`]),
    `next: safelab label serve ${folder} --question ${question} --annotator NAME`,
  ];
}
