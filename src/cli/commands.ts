import type { Command } from "commander";

/** Adds one command to the command line; `signal` is aborted when the user interrupts. */
export type AddCommand = (root: Command, signal: AbortSignal) => void;

/** All commands by name, in the order in which the help lists them. A command's code is loaded when it is asked for: all of it takes a second. */
export const commands: ReadonlyMap<string, () => Promise<AddCommand>> = new Map([
  ["reproduce", async () => (await import("./reproduce.js")).addReproduce],
  ["lab", async () => (await import("./lab.js")).addLab],
  ["notebooks", async () => (await import("./notebooks.js")).addNotebooks],
  ["claims", async () => (await import("./claims.js")).addClaims],
  ["doctor", async () => (await import("./doctor.js")).addDoctor],
  ["setup", async () => (await import("./setup.js")).addSetup],
  ["study", async () => (await import("./study.js")).addStudy],
  ["plan", async () => (await import("./plan.js")).addPlan],
  ["status", async () => (await import("./status.js")).addStatus],
  ["generate", async () => (await import("./generate.js")).addGenerate],
  ["serve-prefix", async () => (await import("./servePrefix.js")).addServePrefix],
  ["import", async () => (await import("./import.js")).addImport],
  ["execute", async () => (await import("./execute.js")).addExecute],
  ["scan", async () => (await import("./scan.js")).addScan],
  ["label", async () => (await import("./label.js")).addLabel],
  ["judge", async () => (await import("./judge.js")).addJudge],
  ["oracle", async () => (await import("./oracle.js")).addOracle],
  ["run", async () => (await import("./run.js")).addRun],
  ["results", async () => (await import("./results.js")).addResults],
  ["withhold", async () => (await import("./withhold.js")).addWithhold],
  ["tasks", async () => (await import("./tasks.js")).addTasksCommand],
]);
