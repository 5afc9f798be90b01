import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** A piece of a figure's font: one weight, and the characters that its file is for. */
export interface FontFace {
  readonly family: string;
  readonly weight: 400 | 700;
  /** A WOFF2 file. */
  readonly file: string;
  /** CSS `unicode-range`. */
  readonly range: string;
}

/** The fonts of the figures and their npm packages; both under the SIL Open Font License. */
const packages = { "Open Sans": "open-sans", "Source Code Pro": "source-code-pro" } as const;

function facesOf(family: keyof typeof packages): FontFace[] {
  const name = packages[family];
  const folder = join(createRequire(import.meta.url).resolve(`@fontsource/${name}/package.json`), "..");
  const ranges = JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8")) as Record<string, string>;
  return Object.entries(ranges).flatMap(([subset, range]) =>
    ([400, 700] as const).map((weight) => ({
      family,
      weight,
      file: join(folder, "files", `${name}-${subset}-${weight}-normal.woff2`),
      range,
    })),
  );
}

/**
 * All pieces of the figures' fonts. Where two pieces of a font are for the same character the later one counts, as in a style sheet.
 *
 * @throws where a font package is not installed.
 */
export function fontFaces(): FontFace[] {
  return (Object.keys(packages) as (keyof typeof packages)[]).flatMap(facesOf);
}

/** Whether a CSS `unicode-range` holds a character. */
export function inRange(range: string, character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return range.split(",").some((part) => {
    const [from = "", to = from] = part.trim().slice("U+".length).split("-");
    return Number.parseInt(from, 16) <= code && code <= Number.parseInt(to, 16);
  });
}
