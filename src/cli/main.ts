import { runCli } from "./runCli.js";

const code = await runCli(process.argv.slice(2));
// A command that ends well may still have something to say by its exit code, as the doctor does.
if (code !== 0) process.exitCode = code;
