import { Command, CommanderError } from "commander";
import pc from "picocolors";
import { InputError, InterruptedError, reasonOf, SetupError } from "../error.js";
import { commands } from "./commands.js";
import { version } from "../process/version.js";

/** Exit codes: done, a bug of safelab, wrong input, something missing on the machine, stopped by the user. */
export const exitCodes = { done: 0, bug: 1, input: 2, setup: 3, interrupted: 130 } as const;

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.input;
  if (error instanceof InputError) return exitCodes.input;
  if (error instanceof SetupError) return exitCodes.setup;
  if (error instanceof InterruptedError) return exitCodes.interrupted;
  return exitCodes.bug;
}

function report(error: unknown): void {
  if (error instanceof CommanderError) return;
  const expected = error instanceof InputError || error instanceof SetupError || error instanceof InterruptedError;
  console.error(`${pc.red("error:")} ${reasonOf(error)}`);
  if (!expected) {
    console.error("This is a bug of safelab. What happened:");
    console.error(error);
  }
}

/** Builds the command line: of the command that the arguments name, or of all where they name none. */
async function program(args: readonly string[], signal: AbortSignal): Promise<Command> {
  const root = new Command("safelab")
    .description("Does a secure code generation method make code safer, or does it only break it?")
    .version(version())
    .showHelpAfterError("(see the command's --help)")
    .exitOverride();
  const [first = ""] = args;
  const named = commands.get(first);
  const loading = ["--version", "-V"].includes(first) ? [] : named === undefined ? [...commands.values()] : [named];
  for (const add of await Promise.all(loading.map((load) => load()))) add(root, signal);
  return root;
}

/** Runs the command line and returns its exit code; errors are printed, those that a user can mend without a stack. */
export async function runCli(args: readonly string[]): Promise<number> {
  const interrupt = new AbortController();
  const stop = () => {
    if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
    interrupt.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const root = await program(args, interrupt.signal);
    await root.parseAsync([...args], { from: "user" });
    return exitCodes.done;
  } catch (error) {
    report(error);
    return exitCodeOf(error);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}
