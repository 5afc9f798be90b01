import { collect } from "./collect.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { type LockOption, openForWork, withBreakLock } from "./openForWork.js";
import { judgeStep } from "./judgeStep.js";

/** `safelab judge RUN` */
export const addJudge: AddCommand = (root, signal) => {
  withBreakLock(root.command("judge"))
    .description(
      "let the study's judges, chat models, say of each sample whether it is secure; they never enter the union",
    )
    .argument("<run>", "run folder")
    .option("--judge <name>", "judge of run.json, repeatable (default: all)", collect)
    .addHelpText("after", examples("safelab judge out/mine", "safelab judge out/mine --judge qwen2.5-72b"))
    .action(async (folder: string, options: LockOption & { judge?: string[] }) => {
      const run = await openForWork(folder, options);
      await judgeStep(run, signal, options.judge === undefined ? {} : { judges: options.judge });
    });
};
