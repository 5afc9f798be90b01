import { reasonOf, SetupError } from "../error.js";
import { type PlotlyFigure, sizedFigure } from "../export/figureSize.js";
import { figurePng, figureSvg, type RenderOptions } from "../export/renderFigure.js";
import { escapeHtml } from "../table/escapeHtml.js";
import type { Bundle } from "./kernelDisplay.js";

/** Characters of SVG above which a notebook stores a bitmap: files stay small and pages quick. */
const largestSvg = 300_000;

/** Title and description of a figure, for readers and terminals without pictures. */
export function figureText({ title, alt }: PlotlyFigure): string {
  return [title, alt].filter((part) => part !== undefined && part !== "").join("\n") || "figure";
}

async function picture(figure: PlotlyFigure, options: RenderOptions): Promise<Bundle> {
  try {
    const svg = await figureSvg(figure, options);
    if (svg.length <= largestSvg) return { "image/svg+xml": svg };
    return { "image/png": Buffer.from(await figurePng(figure, options)).toString("base64") };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const words = [figureText(figure), `No picture: ${reasonOf(error)}.`];
    return { "text/html": words.map((line) => `<p>${escapeHtml(line)}</p>`).join("\n") };
  }
}

/** Whether a trace's own words ask for what its points carry. */
const asks = (trace: object) =>
  ["hovertemplate", "texttemplate"].some((name) =>
    JSON.stringify((trace as Record<string, unknown>)[name] ?? "").includes("customdata"),
  );

/**
 * A trace as a notebook keeps it: without what its points carry for other programs (which samples they count), which no notebook
 * shows and which would be half of the file. `save` and the figure itself have it.
 */
function shownTrace(trace: object): object {
  if (asks(trace)) return trace;
  return Object.fromEntries(Object.entries(trace).filter(([name]) => name !== "customdata"));
}

/** A figure as notebook output: interactive where the front end knows Plotly, a static picture elsewhere, and words. */
export async function figureBundle(figure: PlotlyFigure, options: RenderOptions): Promise<Bundle> {
  const { data, layout } = sizedFigure(figure, options);
  return {
    "application/vnd.plotly.v1+json": { data: data.map(shownTrace), layout, config: { displaylogo: false } },
    ...(await picture(figure, options)),
    "text/plain": figureText(figure),
  };
}
