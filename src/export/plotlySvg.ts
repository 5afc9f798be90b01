import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { openPage, withBrowser } from "./browser.js";
import type { SizedFigure } from "./figureSize.js";
import { addFonts, loadFonts } from "./pageFonts.js";

/** The part of Plotly that runs inside the page. */
interface PagePlotly {
  toImage(figure: object, options: object): Promise<string>;
}

/** One page with Plotly in each browser: loading the library takes longer than drawing ten figures. */
const pages = new WeakMap<Browser, Promise<Page>>();

async function loadPlotly(browser: Browser): Promise<Page> {
  const page = await openPage(browser);
  await addFonts(page);
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve("plotly.js-dist-min") });
  return page;
}

function plotlyPage(browser: Browser): Promise<Page> {
  const loaded = pages.get(browser);
  if (loaded !== undefined) return loaded;
  const loading = loadPlotly(browser);
  pages.set(browser, loading);
  loading.catch(() => pages.delete(browser));
  return loading;
}

/** Characters of the labels that Plotly makes itself: numbers, dates, units. */
const madeByPlotly = "0123456789−-+.,:/%kMBTGµnpf×ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz()";

/** The SVG that Plotly draws in a browser, with ids that differ from time to time. */
export async function plotlySvg(figure: SizedFigure, executablePath?: string): Promise<string> {
  // Plotly marks traces with random ids in class names; a trace that has one keeps it.
  const data = figure.data.map((trace, index) => ({ uid: `t${index}`, ...trace }));
  const spec = JSON.stringify({ data, layout: figure.layout });
  const url = await withBrowser(async (browser) => {
    const page = await plotlyPage(browser);
    await loadFonts(page, `${spec}${madeByPlotly}`);
    return page.evaluate(
      ({ spec, width, height }) =>
        (globalThis as unknown as { Plotly: PagePlotly }).Plotly.toImage(JSON.parse(spec) as object, {
          format: "svg",
          width,
          height,
        }),
      { spec, width: figure.width, height: figure.height },
    );
  }, executablePath);
  return decodeURIComponent(url.slice(url.indexOf(",") + 1));
}
