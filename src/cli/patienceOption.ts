import type { Command } from "commander";
import { wholeNumber } from "./wholeNumber.js";

/** The option of every command that generates samples: minutes. */
export interface PatienceOption {
  readonly patience: number;
}

/** Adds `--patience` to a command. */
export function withPatience(command: Command): Command {
  return command.option(
    "--patience <minutes>",
    "how long a configuration whose server fails waits for it before it is given up, 0 to 1440",
    wholeNumber(0, 1440),
    10,
  );
}
