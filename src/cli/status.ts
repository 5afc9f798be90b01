import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { statusText } from "./statusText.js";

/** `safelab status RUN` */
export const addStatus: AddCommand = (root) => {
  root
    .command("status")
    .description("say how far a run is: generated, executed, scanned, labelled, and Secure@1 so far")
    .argument("<run>", "run folder")
    .addHelpText("after", examples("safelab status out/mine"))
    .action(async (folder: string) => {
      console.log(await statusText(folder));
    });
};
