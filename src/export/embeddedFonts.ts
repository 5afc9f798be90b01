import { readFile } from "node:fs/promises";
import { type FontFace, fontFaces, inRange } from "./fontFaces.js";
import { fontRule } from "./fontRule.js";

const signs: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };

/** The characters that a picture prints, each once, in the order of their numbers. */
function printed(svg: string): string[] {
  const text = [...svg.matchAll(/>([^<]+)</g)].map(([, each = ""]) => each).join("");
  const characters = new Set(text.replace(/&(?:amp|lt|gt|quot);/g, (entity) => signs[entity] ?? ""));
  return [...characters].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0));
}

/** The weights that a picture is set in. */
function weightsOf(svg: string): readonly FontFace["weight"][] {
  return /font-weight[:=]\s*"?(bold|[6-9]00)/.test(svg) ? [400, 700] : [400];
}

/** Each face with the characters that it is for; where several are, the last one, as in a style sheet. */
function shares(faces: readonly FontFace[], characters: readonly string[]): Map<FontFace, string[]> {
  const owned = new Map<FontFace, string[]>();
  for (const character of characters) {
    const face = faces.findLast(({ range }) => inRange(range, character));
    if (face !== undefined) owned.set(face, [...(owned.get(face) ?? []), character]);
  }
  return owned;
}

/**
 * The picture with the fonts that it is set in: of each the glyphs of its text and nothing else, 5 to 15 kB in all.
 * Characters that the fonts lack are left to the reader's machine. The same picture gives the same bytes.
 */
export async function withFonts(svg: string): Promise<string> {
  const { default: subsetFont } = await import("subset-font");
  const faces = fontFaces();
  const families = [...new Set(faces.map(({ family }) => family))].filter((family) => svg.includes(family));
  const rules: string[] = [];
  for (const family of families) {
    for (const weight of weightsOf(svg)) {
      const own = faces.filter((face) => face.family === family && face.weight === weight);
      for (const [face, characters] of shares(own, printed(svg))) {
        const file = await readFile(face.file);
        const glyphs = (targetFormat: "sfnt" | "woff2") => subsetFont(file, characters.join(""), { targetFormat });
        // A face's range names characters that its file may lack, and a browser refuses a font without any glyph.
        if (isEmpty(await glyphs("sfnt"))) continue;
        const woff2 = await glyphs("woff2");
        rules.push(fontRule({ ...face, range: characters.map(hexOf).join() }, woff2));
      }
    }
  }
  return rules.length === 0 ? svg : svg.replace(/<svg [^>]*>/, (open) => `${open}<style>${rules.join("\n")}</style>`);
}

/** Whether a TrueType font draws no character: its character map ends after its head of four bytes. */
function isEmpty(font: Uint8Array): boolean {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const records = Array.from({ length: view.getUint16(4) }, (_, i) => 12 + 16 * i);
  const map = records.find((at) => Buffer.from(font.subarray(at, at + 4)).toString("latin1") === "cmap");
  return map === undefined || view.getUint32(map + 12) <= 4;
}

const hexOf = (character: string) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;
