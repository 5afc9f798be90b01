import type { Command } from "commander";
import { addClaims } from "./claims.js";
import { addDoctor } from "./doctor.js";
import { addExecute } from "./execute.js";
import { addGenerate } from "./generate.js";
import { addImport } from "./import.js";
import { addJudge } from "./judge.js";
import { addLab } from "./lab.js";
import { addNotebooks } from "./notebooks.js";
import { addLabel } from "./label.js";
import { addOracle } from "./oracle.js";
import { addPlan } from "./plan.js";
import { addReproduce } from "./reproduce.js";
import { addResults } from "./results.js";
import { addRun } from "./run.js";
import { addScan } from "./scan.js";
import { addServePrefix } from "./servePrefix.js";
import { addSetup } from "./setup.js";
import { addStatus } from "./status.js";
import { addStudy } from "./study.js";
import { addTasksCommand } from "./tasks.js";
import { addWithhold } from "./withhold.js";

/** Adds one command to the command line; `signal` is aborted when the user interrupts. */
export type AddCommand = (root: Command, signal: AbortSignal) => void;

/** All commands, in the order in which the help lists them. */
export const commands: readonly AddCommand[] = [
  addReproduce,
  addLab,
  addNotebooks,
  addClaims,
  addDoctor,
  addSetup,
  addStudy,
  addPlan,
  addStatus,
  addGenerate,
  addServePrefix,
  addImport,
  addExecute,
  addScan,
  addLabel,
  addJudge,
  addOracle,
  addRun,
  addResults,
  addWithhold,
  addTasksCommand,
];
