import { crc32 } from "node:zlib";
import { canonicalJson, sha256 } from "../record/canonical.js";
import { bitmapDpi, withPage } from "./browser.js";
import { type FigureChanges, type PlotlyFigure, sizedFigure } from "./figureSize.js";
import { withFonts } from "./embeddedFonts.js";
import { fontsLoaded } from "./pageFonts.js";
import { patternGeometry } from "./patternGeometry.js";
import { plotlySvg } from "./plotlySvg.js";
import { stableSvg } from "./stableSvg.js";

/** How to render a figure. `browser` is the path of the browser's program; without it one is found. */
export interface RenderOptions extends FigureChanges {
  readonly browser?: string;
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign);

/**
 * The figure as SVG text. Text stays text and its fonts are embedded; the same figure gives the same bytes in the same browser.
 *
 * @throws SetupError when there is no browser to draw with.
 */
export async function figureSvg(figure: PlotlyFigure, options: RenderOptions = {}): Promise<string> {
  const sized = sizedFigure(figure, options);
  const prefix = `f${sha256(canonicalJson([sized.data, sized.layout])).slice(0, 8)}`;
  const svg = await withFonts(stableSvg(await plotlySvg(sized, options.browser), prefix));
  const words = sized.alt ?? sized.title;
  return words === undefined ? svg : svg.replace("<svg ", `<svg role="img" aria-label="${escaped(words)}" `);
}

/** A page that holds nothing but the picture, in its own size. */
const pageOf = (svg: string) =>
  `<!doctype html><meta charset="utf-8"><style>html,body{margin:0}svg{display:block}</style>${svg}`;

/** PNG bytes that say their resolution, so that a document sets the picture in its true size. */
function withResolution(png: Uint8Array): Uint8Array {
  const afterHeader = 33;
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0);
  chunk.write("pHYs", 4, "latin1");
  const perMetre = Math.round(bitmapDpi / 0.0254);
  chunk.writeUInt32BE(perMetre, 8);
  chunk.writeUInt32BE(perMetre, 12);
  chunk.writeUInt8(1, 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}

/** The figure as PNG bytes, 300 dots per inch: a figure 320 CSS pixels wide has 1000 dots. */
export async function figurePng(figure: PlotlyFigure, options: RenderOptions = {}): Promise<Uint8Array> {
  const { width, height } = sizedFigure(figure, options);
  const svg = await figureSvg(figure, options);
  const png = await withPage(async (page) => {
    await page.setViewportSize({ width, height });
    await page.setContent(pageOf(svg));
    await fontsLoaded(page);
    return page.screenshot({ clip: { x: 0, y: 0, width, height } });
  }, options.browser);
  return withResolution(png);
}

/** The figure as PDF bytes: vectors, fonts embedded, one page of the figure's size. */
export async function figurePdf(figure: PlotlyFigure, options: RenderOptions = {}): Promise<Uint8Array> {
  const { width, height } = sizedFigure(figure, options);
  const svg = await figureSvg(figure, options);
  return withPage(async (page) => {
    await page.setContent(pageOf(svg));
    await fontsLoaded(page);
    await page.evaluate(patternGeometry);
    return page.pdf({ width: `${width}px`, height: `${height}px`, printBackground: true, pageRanges: "1" });
  }, options.browser);
}

/** The figure as JSON text with `data` and `layout`, which Plotly's editors and its Python and R libraries open. */
export function figureJson(figure: PlotlyFigure, changes: FigureChanges = {}): string {
  const { data, layout } = sizedFigure(figure, changes);
  return `${JSON.stringify({ data, layout }, null, 1)}\n`;
}
