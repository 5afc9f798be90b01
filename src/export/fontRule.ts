import type { FontFace } from "./fontFaces.js";

/** A face as a CSS rule that carries the font's bytes, so that no file and no network is needed. */
export function fontRule({ family, weight, range }: Omit<FontFace, "file">, woff2: Uint8Array): string {
  const data = Buffer.from(woff2).toString("base64");
  return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${range}}`;
}
