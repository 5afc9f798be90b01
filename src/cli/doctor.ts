import pc from "picocolors";
import type { AddCommand } from "./commands.js";
import { type Check, checks } from "./doctorChecks.js";
import { examples } from "./examples.js";
import { type ToolOptions, toolsOf, withTools } from "./toolOptions.js";

function line({ name, state, words, remedy }: Check): string {
  const mark =
    state === "ok" ? pc.green("ok      ") : state === "optional" ? pc.yellow("optional") : pc.red("missing ");
  return `${mark}  ${name.padEnd(12)} ${words}${remedy === "" ? "" : `\n${" ".repeat(23)}${pc.cyan(remedy)}`}`;
}

/** `safelab doctor` */
export const addDoctor: AddCommand = (root) => {
  withTools(root.command("doctor"))
    .description("say what is there, what is missing, and the command that installs it")
    .addHelpText("after", examples("safelab doctor"))
    .action(async (tools: ToolOptions) => {
      let missing = 0;
      for (const check of checks(toolsOf(tools))) {
        const result = await check();
        if (result.state === "missing") missing += 1;
        console.log(line(result));
      }
      process.exitCode = missing === 0 ? 0 : 3;
    });
};
