import { createReadStream, createWriteStream, existsSync, readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { reasonOf, SetupError } from "../error.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { runProgram } from "../process/runProgram.js";

/** A part of the npm browser package: the program, the libraries it links, the font Open Sans. */
export type BrowserPart = "chromium" | "al2023" | "fonts";

const archives: Readonly<Record<BrowserPart, string>> = {
  chromium: "chromium.br",
  al2023: "al2023.tar.br",
  fonts: "fonts.tar.br",
};

/** Age after which the half-unpacked folder of a process that was killed is swept away. */
const staleMs = 60 * 60 * 1000;

function packageFolder(): string {
  return dirname(dirname(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium"))));
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), "package.json"), "utf8")) as { version: string };
  return version;
}

async function inflate(part: BrowserPart, folder: string): Promise<void> {
  const file = join(folder, archives[part].slice(0, -".br".length));
  await pipeline(
    createReadStream(join(packageFolder(), "bin", archives[part])),
    createBrotliDecompress(),
    createWriteStream(file),
  );
  if (!file.endsWith(".tar")) return chmod(file, 0o755);
  const tar = await runProgram("tar", ["-xf", file, "-C", folder], { env: hostEnvironment() });
  if (tar.exitCode !== 0) throw new Error(`tar: ${tar.stderr || tar.notStarted}`.trim());
  await rm(file);
}

async function sweepStale(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith("unpacking-")) continue;
    const made = await stat(join(cache, name)).catch(() => undefined);
    if (made !== undefined && Date.now() - made.mtimeMs > staleMs) {
      await rm(join(cache, name), { recursive: true, force: true });
    }
  }
}

/**
 * Unpacks a part of the npm browser package once per user and returns its folder.
 * Several processes may ask at once: each unpacks aside, the first rename wins.
 *
 * @throws SetupError when the cache folder cannot be written.
 */
export async function unpackBrowser(part: BrowserPart, cache = join(homedir(), ".cache", "safelab")): Promise<string> {
  const folder = join(cache, `${part}-${packageVersion()}`);
  if (existsSync(folder)) return folder;
  try {
    await mkdir(cache, { recursive: true });
    await sweepStale(cache);
    const aside = await mkdtemp(join(cache, "unpacking-"));
    try {
      await inflate(part, aside);
      await rename(aside, folder);
    } catch (error) {
      await rm(aside, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  } catch (error) {
    throw new SetupError(
      `the browser that draws figures cannot be unpacked to ${folder} (${reasonOf(error)}): ` +
        "make 200 MB of room there, or install one with `sudo apt-get install chromium`",
      { cause: error },
    );
  }
  return folder;
}
