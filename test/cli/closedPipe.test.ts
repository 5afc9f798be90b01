import { expect, test } from "vitest";
import { hostEnvironment } from "../../src/process/hostEnvironment.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { runProgram } from "../../src/process/runProgram.js";

test("a reader that closes the pipe early ends the command in silence", async () => {
  const command = `set -o pipefail; "${process.execPath}" bin/safelab.js results data/demo | true`;
  const { stderr, exitCode } = await runProgram("bash", ["-c", command], {
    cwd: projectRoot(),
    env: hostEnvironment(),
  });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
});
