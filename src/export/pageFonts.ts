import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { fontFaces } from "./fontFaces.js";
import { fontRule } from "./fontRule.js";

/** Gives a page the figures' fonts, so that Plotly measures with what is embedded later, on every machine. */
export async function addFonts(page: Page): Promise<void> {
  const rules = fontFaces().map(async (face) => fontRule(face, await readFile(face.file)));
  await page.addStyleTag({ content: (await Promise.all(rules)).join("\n") });
}

/** Waits until the page has loaded all the fonts that a text needs; a browser loads none before it sees a character of it. */
export async function loadFonts(page: Page, text: string): Promise<void> {
  const names = [...new Set(fontFaces().map(({ family, weight }) => `${weight} 16px "${family}"`))];
  await page.evaluate(
    ({ names, text }) => {
      const { fonts } = (globalThis as unknown as { document: PageDocument }).document;
      return Promise.all(names.map((name) => fonts.load(name, text))).then(() => undefined);
    },
    { names, text },
  );
}

/** Waits until every font that a page brings along is loaded. */
export async function fontsLoaded(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { fonts } = (globalThis as unknown as { document: PageDocument }).document;
    return Promise.all([...fonts].map((font) => font.load())).then(() => undefined);
  });
}

/** The part of a page's document that tells of fonts. */
interface PageDocument {
  readonly fonts: Iterable<{ load(): Promise<unknown> }> & { load(font: string, text: string): Promise<unknown> };
}
