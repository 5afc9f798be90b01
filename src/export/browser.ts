import type { Browser, Page } from "playwright-core";
import { reasonOf, SetupError } from "../error.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { browserCandidates } from "./browserCandidates.js";
import { fontSetup } from "./fontSetup.js";

/** Dots per inch of exported bitmaps, as journals ask for; a CSS pixel is 1/96 inch. */
export const bitmapDpi = 300;

/** Milliseconds without work after which the browser is closed, so that Node can exit by itself. */
const idleMs = 2000;

/** The running browsers by program: starting one takes a second, so that all figures of a process share it. */
const running = new Map<string, Promise<Browser>>();
const use: { borrowers: number; idle: NodeJS.Timeout | undefined } = { borrowers: 0, idle: undefined };

const howToInstall =
  process.platform === "linux"
    ? "install one with `sudo apt-get install chromium`"
    : "install Google Chrome or Microsoft Edge";

async function launch(executablePath: string | undefined): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  const reasons: string[] = [];
  try {
    const fonts = await fontSetup();
    for await (const candidate of browserCandidates(executablePath)) {
      try {
        return await chromium.launch({
          ...candidate.launch,
          // Hinting rounds the widths of letters to this screen's pixels; a manuscript has none.
          args: ["--font-render-hinting=none", ...(candidate.launch.args ?? [])],
          env: { ...hostEnvironment(), ...fonts, ...candidate.env },
          headless: true,
          handleSIGINT: false,
          handleSIGTERM: false,
          handleSIGHUP: false,
          timeout: 60_000,
        });
      } catch (error) {
        reasons.push(`${candidate.name}: ${firstWords(error)}`);
      }
    }
  } catch (error) {
    reasons.push(firstWords(error));
  }
  throw new SetupError(`no browser to draw figures with (${reasons.join("; ") || "none found"}): ${howToInstall}`);
}

/** The telling line of a launch failure: what the loader or the system said, without playwright's call log. */
function firstWords(error: unknown): string {
  const lines = reasonOf(error).split("\n");
  const telling = lines.find((line) =>
    /error while loading|ENOENT|EACCES|Executable doesn't exist|is not found/.test(line),
  );
  return (telling ?? lines[0] ?? "").replace(/^.*?(\[err\]|browserType\.launch:)\s*/, "").trim();
}

function openBrowser(executablePath: string | undefined): Promise<Browser> {
  const key = executablePath ?? "";
  const open = running.get(key);
  if (open !== undefined) return open;
  const starting = launch(executablePath);
  const forget = () => {
    if (running.get(key) === starting) running.delete(key);
  };
  running.set(key, starting);
  starting.then((browser) => browser.on("disconnected", forget), forget);
  return starting;
}

/** Closes the browser at once; a later figure starts it again. Where none runs nothing happens. */
export async function closeBrowser(): Promise<void> {
  clearTimeout(use.idle);
  const open = await Promise.allSettled(running.values());
  running.clear();
  await Promise.all(
    open.map((browser) => (browser.status === "fulfilled" ? browser.value.close() : Promise.resolve())),
  );
}

/**
 * Lends the headless browser, starting it where none runs; it is closed when nobody has used it for two seconds.
 *
 * @throws SetupError when no browser starts, with the command that installs one.
 */
export async function withBrowser<T>(work: (browser: Browser) => Promise<T>, executablePath?: string): Promise<T> {
  // One tick first: what is registered in the synchronous part of a notebook cell would be lost on interrupts.
  await Promise.resolve();
  clearTimeout(use.idle);
  use.borrowers += 1;
  try {
    return await work(await openBrowser(executablePath));
  } finally {
    use.borrowers -= 1;
    if (use.borrowers === 0) use.idle = setTimeout(() => void closeBrowser(), idleMs);
  }
}

/** Lends an empty page that reaches no network, and closes it afterwards; else like `withBrowser`. */
export function withPage<T>(work: (page: Page) => Promise<T>, executablePath?: string): Promise<T> {
  return withBrowser(async (browser) => {
    const page = await openPage(browser);
    try {
      return await work(page);
    } finally {
      await page
        .context()
        .close()
        .catch(() => undefined);
    }
  }, executablePath);
}

/** A page that reaches no network and draws bitmaps at `bitmapDpi`. */
export async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ deviceScaleFactor: bitmapDpi / 96, offline: true });
  return context.newPage();
}
