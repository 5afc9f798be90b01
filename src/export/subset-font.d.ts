declare module "subset-font" {
  /** The font with nothing but the glyphs that `text` needs. */
  const subsetFont: (
    font: Uint8Array,
    text: string,
    options: { readonly targetFormat: "sfnt" | "woff2" },
  ) => Promise<Uint8Array>;
  export = subsetFont;
}
