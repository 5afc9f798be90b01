import { existsSync } from "node:fs";
import { join } from "node:path";
import { tableOracle } from "../analysis/tableOracle.js";
import { tableOracleByCwe } from "../analysis/tableOracleByCwe.js";
import { InputError } from "../error.js";
import { openRunAt } from "../record/openRun.js";
import { createOracle } from "../scan/oracle/createOracle.js";
import { tableText } from "../table/tableText.js";
import { taskFiles } from "../task/loadTasks.js";
import { taskFolders } from "../task/taskFolders.js";
import { collect } from "./collect.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { type LockOption, openForWork, withBreakLock } from "./openForWork.js";
import { scanStep } from "./steps.js";
import { type ToolOptions, toolsOf, withTools } from "./toolOptions.js";

interface OracleOptions extends LockOption, ToolOptions {
  readonly tasks?: string;
  readonly scanner?: string[];
}

/** The tasks with their ground truth: the file given, or SecCodePLT's own where it was put with the other data. */
function tasksFile(given: string | undefined): string {
  const { plain, gzip } = taskFiles("seccodeplt");
  const found =
    given ??
    taskFolders()
      .flatMap((folder) => [join(folder, plain), join(folder, gzip)])
      .find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new InputError(
    "the tasks of SecCodePLT are not here: give their file with --tasks (id, CWE_ID and ground_truth of each, JSON Lines or an array)",
  );
}

/** `safelab oracle RUN` */
export const addOracle: AddCommand = (root, signal) => {
  withTools(withBreakLock(root.command("oracle")))
    .description("measure scanners against known truth: vulnerable and patched code of SecCodePLT")
    .argument("<run>", "run folder; made if it does not exist")
    .option("--tasks <file>", "SecCodePLT's tasks with their ground truth")
    .option("--scanner <name>", "scanner of the union, repeatable, for a new folder (default: bandit)", collect)
    .addHelpText(
      "after",
      examples(
        "safelab oracle out/oracle --tasks seccode.json",
        "safelab oracle out/oracle --scanner bandit --scanner bearer",
      ),
    )
    .action(async (folder: string, options: OracleOptions) => {
      if (!existsSync(join(folder, "run.json")))
        await createOracle(folder, tasksFile(options.tasks), options.scanner ?? ["bandit"]);
      await scanStep(await openForWork(folder, options), signal, { tools: toolsOf(options) });
      const { rows } = await openRunAt(folder);
      // Hits and totals of each share stand in the columns of the matrix.
      for (const table of [tableOracle(rows), tableOracleByCwe(rows)])
        console.log(`\n${tableText(table, { intervals: true, counts: false })}`);
    });
};
