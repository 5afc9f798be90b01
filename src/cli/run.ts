import { syncTaskFacts } from "../task/syncTaskFacts.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { type LockOption, openForWork, withBreakLock } from "./openForWork.js";
import { requireScanners } from "../scan/requireScanners.js";
import { type PatienceOption, withPatience } from "./patienceOption.js";
import { statusText } from "./statusText.js";
import { executeStep } from "./executeStep.js";
import { generateStep } from "./generateStep.js";
import { judgeStep } from "./judgeStep.js";
import { scanStep } from "./scanStep.js";
import { type ToolOptions, toolsOf, withTools } from "./toolOptions.js";

/** `safelab run RUN` */
export const addRun: AddCommand = (root, signal) => {
  withPatience(withTools(withBreakLock(root.command("run"))))
    .description("do all that is missing in a run: generate, execute, scan, judge")
    .argument("<run>", "run folder")
    .addHelpText("after", examples("safelab study init out/mine --tasks 3 && safelab run out/mine"))
    .action(async (folder: string, options: LockOption & ToolOptions & PatienceOption) => {
      const run = await openForWork(folder, options);
      const tools = toolsOf(options);
      await requireScanners(run, tools);
      await syncTaskFacts(run);
      if (run.study.models.some(({ endpoint }) => endpoint !== undefined)) await generateStep(run, signal, options);
      await executeStep(run, signal);
      await scanStep(run, signal, { tools });
      if (run.study.judges.length > 0) await judgeStep(run, signal);
      console.log(`\n${await statusText(folder)}`);
    });
};
