import { palettePng } from "../export/palettePng.js";
import { svgPng } from "../export/renderFigure.js";

/** Dots per CSS pixel of the pictures in a stored notebook: the first that keep it small enough. */
const scales = [1.5, 1.25, 1, 0.75, 0.6];

/** Largest stored notebook in bytes: code hosts show no larger ones. */
export const largestNotebook = 1_000_000;

/** Bytes that the scale of the pictures is chosen for: what a notebook gains later still fits. */
const comfortable = 850_000;

/** The parts of a notebook's text that are changed; the rest stays as it is. */
interface Notebook {
  readonly cells: readonly { readonly outputs?: Output[] }[];
}

interface Output {
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}

const textOf = (value: unknown) => (Array.isArray(value) ? value.join("") : String(value));

async function withBitmap({ data = {}, metadata = {}, ...output }: Output, scale: number): Promise<Output> {
  const { "image/svg+xml": svg, ...others } = data;
  const { "image/svg+xml": words, ...facts } = metadata;
  const { png, width, height } = await svgPng(textOf(svg), scale);
  return {
    ...output,
    data: { ...others, "image/png": `${Buffer.from(palettePng(png)).toString("base64")}\n` },
    metadata: { ...facts, "image/png": { ...(words as object | undefined), width, height } },
  };
}

async function withBitmaps(text: string, scale: number): Promise<string> {
  const notebook = JSON.parse(text) as Notebook;
  for (const { outputs } of notebook.cells) {
    for (const [index, output] of (outputs ?? []).entries()) {
      if (output.data?.["image/svg+xml"] !== undefined) outputs![index] = await withBitmap(output, scale);
    }
  }
  return `${notebookJson(notebook)}\n`;
}

const plotly = "application/vnd.plotly.v1+json";

/** Indented by one space as notebooks are, but for figures: indented, their thousands of numbers would take a line each. */
function notebookJson(notebook: Notebook): string {
  const figures: string[] = [];
  const text = JSON.stringify(
    notebook,
    (key, value: unknown) => (key === plotly ? `\u0000${figures.push(JSON.stringify(value)) - 1}` : value),
    1,
  );
  return text.replace(/"\\u0000(\d+)"/g, (_, at) => figures[Number(at)] ?? "");
}

/**
 * The text of an executed notebook as it is committed. Figures stay interactive where the front end knows Plotly; their static picture becomes a
 * bitmap of few colours, which every code host shows: some take SVG out of notebooks. Pictures are coarser where the file would be large.
 */
export async function storedNotebook(text: string): Promise<string> {
  let stored = "";
  for (const scale of scales) {
    stored = await withBitmaps(text, scale);
    if (Buffer.byteLength(stored) < comfortable) break;
  }
  return stored;
}
