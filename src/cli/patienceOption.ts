import type { Command } from "commander";
import type { GenerateOptions } from "../generate/generateRun.js";
import { wholeNumber } from "./wholeNumber.js";

/** The option of every command that generates samples: minutes. */
export interface PatienceOption {
  readonly patience?: number;
}

/** Minutes where the option is not given. */
const defaultMinutes = 10;

/** Adds `--patience` to a command. */
export function withPatience(command: Command): Command {
  return command.option(
    "--patience <minutes>",
    "how long a configuration whose server fails waits for it before it is given up, 0 to 1440 " +
      `(default: ${defaultMinutes}); where given, servers that are not there at the start, or not well, are tried again for so long as well`,
    wholeNumber(0, 1440),
  );
}

/** The option as `generateRun` takes it: a server that is not there at the start is told at once unless one is to wait for it. */
export function patienceOf({ patience }: PatienceOption): Pick<GenerateOptions, "patience" | "serverStartMs"> {
  return {
    patience: { limitMs: 60_000 * (patience ?? defaultMinutes) },
    serverStartMs: 60_000 * (patience ?? 0),
  };
}
