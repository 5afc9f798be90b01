import { existsSync } from "node:fs";
import { join } from "node:path";
import { tableOracle } from "../analysis/tableOracle.js";
import { tableOracleByCwe } from "../analysis/tableOracleByCwe.js";
import { InputError } from "../error.js";
import { openRunAt } from "../record/openRun.js";
import type { RunFolder } from "../record/runFolder.js";
import { createOracle } from "../scan/oracle/createOracle.js";
import { scannerNamed, type ScannerTools } from "../scan/scannerNamed.js";
import { tableText } from "../table/tableText.js";
import { taskFiles } from "../task/loadTasks.js";
import { taskFolders } from "../task/taskFolders.js";
import { collect } from "./collect.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { type LockOption, openForWork, withBreakLock } from "./openForWork.js";
import { scanStep } from "./scanStep.js";
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

/** Makes the folder, once the tasks and every scanner are there: without them nothing is left behind. */
async function newOracle(folder: string, { tasks, scanner = ["bandit"] }: OracleOptions, tools: ScannerTools) {
  const file = tasksFile(tasks);
  for (const name of scanner) await scannerNamed(name, tools).identify();
  await createOracle(folder, file, [...new Set(scanner)]);
}

/** Says of an existing folder what it keeps of what was asked for. */
function sayKept({ path, study }: RunFolder, { tasks, scanner = [] }: OracleOptions): void {
  if (tasks !== undefined) console.log(`${path} exists and keeps its tasks; --tasks is for a new folder`);
  const others = scanner.filter((name) => !study.union.includes(name));
  if (others.length > 0)
    console.log(
      `${path} exists and keeps its union (${study.union.join(", ")}): ${others.join(", ")} gets lines of its own; ` +
        `to have it in the union add it to "union" in run.json`,
    );
}

/** `safelab oracle RUN` */
export const addOracle: AddCommand = (root, signal) => {
  withTools(withBreakLock(root.command("oracle")))
    .description("measure scanners against known truth: vulnerable and patched code of SecCodePLT")
    .argument("<run>", "run folder; made if it does not exist")
    .option("--tasks <file>", "SecCodePLT's tasks with their ground truth")
    .option(
      "--scanner <name>",
      "scanner to measure, repeatable; those of a new folder form its union (default: bandit, or the folder's union)",
      collect,
    )
    .addHelpText(
      "after",
      examples(
        "safelab oracle out/oracle --tasks seccode.json",
        "safelab oracle out/oracle --scanner bandit --scanner bearer",
      ),
    )
    .action(async (folder: string, options: OracleOptions) => {
      const tools = toolsOf(options);
      const isNew = !existsSync(join(folder, "run.json"));
      if (isNew) await newOracle(folder, options, tools);
      const run = await openForWork(folder, options);
      const { scanner: scanners } = options;
      if (!isNew) sayKept(run, options);
      await scanStep(run, signal, { tools, ...(scanners === undefined ? {} : { scanners }) });
      const { rows } = await openRunAt(folder);
      // Hits and totals of each share stand in the columns of the matrix.
      for (const table of [tableOracle(rows), tableOracleByCwe(rows)])
        console.log(`\n${tableText(table, { intervals: true, counts: false })}`);
    });
};
