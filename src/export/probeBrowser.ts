import { closeBrowser, withBrowser } from "./browser.js";

/**
 * Starts the browser that draws figures and says which one it is.
 *
 * @throws SetupError when none starts, with the command that installs one.
 */
export async function probeBrowser(): Promise<string> {
  const words = await withBrowser((browser) => Promise.resolve(`Chromium ${browser.version()}`));
  await closeBrowser();
  return words;
}
