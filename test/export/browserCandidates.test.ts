import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { hostEnvironment } from "../../src/process/hostEnvironment.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { runProgram } from "../../src/process/runProgram.js";

const libraries = ["libnss3", "libnspr4", "libnssutil3", "libplc4", "libplds4"]
  .map((name) => `/usr/lib/x86_64-linux-gnu/${name}.so`)
  .filter((file) => existsSync(file));

const script = `
const { packagedBrowser } = await import(${JSON.stringify(pathToFileURL(join(projectRoot(), "dist/export/browserCandidates.js")))});
const { closeBrowser } = await import(${JSON.stringify(pathToFileURL(join(projectRoot(), "dist/export/browser.js")))});
const { figureSvg } = await import(${JSON.stringify(pathToFileURL(join(projectRoot(), "dist/export/renderFigure.js")))});
const { env } = await packagedBrowser();
const svg = await figureSvg({ data: [{ y: [1, 2] }], layout: { title: { text: "drawn" } } });
console.log(Object.keys(env).join(), svg.includes("drawn"));
await closeBrowser();`;

/** Runs the script where libnss3, libnspr4, fonts and the cache of an ordinary machine are out of sight. */
const bare = (...hidden: string[]) =>
  runProgram("bwrap", ["--dev-bind", "/", "/", ...hidden, process.execPath, "--input-type=module", "--eval", script], {
    env: hostEnvironment(),
    cwd: projectRoot(),
  });

const canHide =
  (await runProgram("bwrap", ["--dev-bind", "/", "/", "true"], { env: hostEnvironment() })).exitCode === 0;

test.skipIf(!canHide || process.arch !== "x64")(
  "the npm browser draws on a machine without its libraries, without fonts and with an empty home",
  async () => {
    const empty = ["/usr/share/fonts", "/etc/fonts", homedir()].filter((folder) => existsSync(folder));
    const result = await bare(
      ...libraries.flatMap((file) => ["--ro-bind", "/dev/null", file]),
      ...empty.flatMap((folder) => ["--tmpfs", folder]),
    );
    expect(result.stderr).toBe("");
    expect(result.stdout).toBe("LD_LIBRARY_PATH true\n");
  },
  240_000,
);

test.skipIf(!canHide || libraries.length === 0)(
  "the machine's own libraries are used where it has them",
  async () => {
    expect((await bare()).stdout).toBe(" true\n");
  },
  240_000,
);
