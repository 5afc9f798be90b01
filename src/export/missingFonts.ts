import { withPage } from "./browser.js";
import { fontFaces } from "./fontFaces.js";
import type { SizedFigure } from "./figureSize.js";

/** What CSS takes for a family and every machine has. */
const generic = new Set(["serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"]);

/**
 * The fonts that a figure asks for first and this machine lacks: its text is set in the next of their lists, without a word of the browser.
 *
 * A font is there where text set in it is not as wide as in each of the generic families that stand in for it.
 */
export async function missingFonts(figure: Pick<SizedFigure, "data" | "layout">, browser?: string): Promise<string[]> {
  const own = new Set(fontFaces().map(({ family }) => family));
  const families = firstFamilies([figure.data, figure.layout]).filter((name) => !own.has(name) && !generic.has(name));
  if (families.length === 0) return [];
  return withPage(
    (page) =>
      page.evaluate((families) => {
        const { document } = globalThis as unknown as { document: PageDocument };
        const context = document.createElement("canvas").getContext("2d");
        const widthIn = (font: string) => {
          context.font = `72px ${font}`;
          return context.measureText("Wimmmli QR0@&").width;
        };
        const standIns = ["monospace", "serif", "sans-serif"];
        return families.filter((family) =>
          standIns.every((standIn) => widthIn(`"${family}", ${standIn}`) === widthIn(standIn)),
        );
      }, families),
    browser,
  );
}

/** The first of every list of fonts in a specification, with or without quotes there; each once. */
function firstFamilies(spec: unknown): string[] {
  const first = new Set<string>();
  JSON.stringify(spec, (key, value: unknown) => {
    if (key !== "family") return value;
    // The points of a trace may each have their own.
    for (const list of [value].flat()) {
      const [, double, single, bare = ""] = /^\s*(?:"([^"]*)"|'([^']*)'|([^,]*))/.exec(String(list)) ?? [];
      const name = (double ?? single ?? bare).trim();
      if (name !== "") first.add(name);
    }
    return value;
  });
  return [...first];
}

/** The part of a page's document that measures text. */
interface PageDocument {
  createElement(name: "canvas"): {
    getContext(kind: "2d"): { font: string; measureText(text: string): { readonly width: number } };
  };
}
