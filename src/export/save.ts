import { extname, resolve } from "node:path";
import { InputError } from "../error.js";
import { writeWhole } from "../record/writeWhole.js";
import type { PlotlyFigure } from "./figureSize.js";
import { figureJson, figurePdf, figurePng, figureSvg, type RenderOptions } from "./renderFigure.js";

const writers: Readonly<
  Record<string, (figure: PlotlyFigure, options: RenderOptions) => Promise<string | Uint8Array>>
> = {
  ".svg": figureSvg,
  ".pdf": figurePdf,
  ".png": figurePng,
  ".json": (figure, options) => Promise.resolve(figureJson(figure, options)),
};

/**
 * Writes a figure to files and returns their paths. The ending of `path` picks the form: `.svg` (text stays text),
 * `.pdf` (vectors, fonts embedded), `.png` (300 dpi) or `.json` (the Plotly specification); without an ending all four
 * are written. Missing folders are made; no half-written file is left.
 *
 * @throws InputError for another ending or a folder that cannot be written, SetupError without a browser.
 * @example await save(figure, "out/fig3"); await save(figure, "fig3.pdf", { width: "column" });
 */
export async function save(figure: PlotlyFigure, path: string, options: RenderOptions = {}): Promise<string[]> {
  const ending = extname(path).toLowerCase();
  if (ending !== "" && writers[ending] === undefined) {
    throw new InputError(
      `${path}: figures are written as ${Object.keys(writers).join(", ")}, or all four without an ending`,
    );
  }
  const stem = ending === "" ? path : path.slice(0, -ending.length);
  const written: string[] = [];
  for (const [kind, write] of Object.entries(writers)) {
    if (ending !== "" && ending !== kind) continue;
    const file = resolve(stem + kind);
    await writeWhole(file, await write(figure, options));
    written.push(file);
  }
  return written;
}
