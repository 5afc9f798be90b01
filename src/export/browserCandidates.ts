import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { runProgram } from "../process/runProgram.js";
import { unpackBrowser } from "./unpackBrowser.js";

/** A way to start a browser: a program or a channel that playwright knows, with what it needs in its environment. */
export interface BrowserCandidate {
  readonly name: string;
  readonly launch: { readonly executablePath?: string; readonly channel?: string; readonly args?: string[] };
  readonly env: Readonly<Record<string, string>>;
}

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

function onPath(program: string): string | undefined {
  const folders = (hostEnvironment()["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders
    .map((folder) => join(folder, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

const program = (executablePath: string): BrowserCandidate => ({
  name: executablePath,
  launch: { executablePath },
  env: {},
});

const starts = async (file: string, env: Record<string, string>) =>
  (await runProgram(file, ["--version"], { env, timeoutMs: 20_000 })).exitCode === 0;

/**
 * The libraries that the npm browser links and this machine lacks (libnss3, libnspr4), from the copy that the package
 * carries; an empty record where the machine has its own.
 */
async function missingLibraries(file: string): Promise<Record<string, string>> {
  const env = hostEnvironment();
  if (await starts(file, env)) return {};
  const carried = { LD_LIBRARY_PATH: join(await unpackBrowser("al2023"), "lib") };
  return (await starts(file, { ...env, ...carried })) ? carried : {};
}

/** The browser of the npm package, which exists for Linux on x86-64. */
export async function packagedBrowser(): Promise<BrowserCandidate> {
  const executablePath = join(await unpackBrowser("chromium"), "chromium");
  return {
    name: "the npm package @sparticuz/chromium",
    launch: { executablePath, args: ["--no-zygote", "--disable-gpu", "--disable-webgl"] },
    env: await missingLibraries(executablePath),
  };
}

/** The ways to start a browser here, best first; each is made only when the one before it failed. */
export async function* browserCandidates(executablePath?: string): AsyncGenerator<BrowserCandidate> {
  if (executablePath !== undefined) {
    yield program(executablePath);
    return;
  }
  if (process.platform !== "linux") {
    for (const channel of ["chrome", "msedge"]) yield { name: channel, launch: { channel }, env: {} };
    return;
  }
  const installed = programs.map(onPath).find((file) => file !== undefined);
  if (installed !== undefined) yield program(installed);
  if (process.arch === "x64") yield await packagedBrowser();
}
