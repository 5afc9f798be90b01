import type { Command } from "commander";
import type { ScannerTools } from "../scan/scannerNamed.js";

/** The options that say where the user's own scanners are. */
export type ToolOptions = Pick<ScannerTools, "bearerPath" | "bearerRules" | "codeqlPath">;

/** Adds `--bearer-path`, `--bearer-rules` and `--codeql-path` to a command. */
export function withTools(command: Command): Command {
  return command
    .option("--bearer-path <file>", "Bearer's program (default: bearer on PATH)")
    .option("--bearer-rules <folder>", "copy of Bearer's rules (default: data/external/bearer-rules)")
    .option("--codeql-path <file>", "CodeQL's program (default: codeql on PATH)");
}

/** The same without what was not given. */
export function toolsOf({ bearerPath, bearerRules, codeqlPath }: ToolOptions): ScannerTools {
  return {
    ...(bearerPath === undefined ? {} : { bearerPath }),
    ...(bearerRules === undefined ? {} : { bearerRules }),
    ...(codeqlPath === undefined ? {} : { codeqlPath }),
  };
}
