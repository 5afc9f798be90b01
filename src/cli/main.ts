import { runCli } from "./runCli.js";

// A reader that has seen enough (`safelab results RUN | head`) closes the pipe; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

const code = await runCli(process.argv.slice(2));
// A command that ends well may still have something to say by its exit code, as the doctor does.
if (code !== 0) process.exitCode = code;
