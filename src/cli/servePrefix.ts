import { InterruptedError, SetupError } from "../error.js";
import { startPrefixServer } from "../generate/prefixServer.js";
import { wait } from "../generate/wait.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { wholeNumber } from "./wholeNumber.js";

interface ServePrefixOptions {
  readonly prefix: string;
  readonly base?: string;
  readonly name?: string;
  readonly control?: string;
  readonly port?: number;
}

/** `safelab serve-prefix` */
export const addServePrefix: AddCommand = (root, signal) => {
  root
    .command("serve-prefix")
    .description("serve a model with a learned key-value prefix (SVEN), and without, on this machine until stopped")
    .requiredOption(
      "--prefix <folder>",
      "the prefix: a checkpoint of SVEN's authors, or an adapter of PEFT's prefix tuning",
    )
    .option("--base <model>", "base model, a folder or a name that transformers knows (default: what the prefix names)")
    .option("--name <name>", "name of the base model as served (default: the last part of --base)")
    .option("--control <sec|vul>", "which of the authors' two prefixes (default: sec)")
    .option("--port <n>", "port on this machine (default: a free one)", wholeNumber(1, 65_535))
    .addHelpText(
      "after",
      examples("safelab serve-prefix --prefix sven/trained/350m-prefix/checkpoint-last --port 8001"),
    )
    .action(async (options: ServePrefixOptions) => {
      console.log("Loading the model …");
      const server = await startPrefixServer({ ...options, signal });
      const { address: endpoint, base, prefixed } = server;
      const checkpoints = { sven: { weights: options.prefix, served: prefixed } };
      console.log(`Serving ${base} and ${prefixed} at ${endpoint}. The model for run.json:`);
      console.log(JSON.stringify({ name: base, endpoint, route: "completion", checkpoints }, null, 2));
      try {
        while (server.ended() === "") await wait(500, signal);
      } catch (error) {
        if (!(error instanceof InterruptedError)) throw error;
        return;
      } finally {
        await server.stop();
      }
      throw new SetupError(`the prefix server stopped: ${server.ended()}`);
    });
};
