import { afterAll, expect, test } from "vitest";
import { SetupError } from "../../src/error.js";
import { closeBrowser, withPage } from "../../src/export/browser.js";
import { figureJson, figurePdf, figurePng, figureSvg } from "../../src/export/renderFigure.js";
import { sampleFigure } from "./sampleFigure.js";

afterAll(closeBrowser);

test("the same figure gives the same SVG bytes, whatever was drawn before it and in a new browser", async () => {
  const first = await figureSvg(sampleFigure);
  await figureSvg({ data: [{ type: "pie", values: [1, 2] }], layout: {} });
  expect(await figureSvg(sampleFigure)).toBe(first);
  await closeBrowser();
  expect(await figureSvg(sampleFigure)).toBe(first);
}, 180_000);

test("text stays text in SVG, and the picture says what it shows", async () => {
  const svg = await figureSvg(sampleFigure);
  expect(svg).toContain(">Sécurité — how many are secure</text>");
  expect(svg).toContain('aria-label="Bars of two methods: &quot;base&quot; is &lt;higher&gt;."');
  expect(svg).toContain('height="240"');
  expect(svg).not.toContain("<script");
}, 120_000);

/** The fonts that an SVG carries: family, weight, bytes. */
const fontsOf = (svg: string) =>
  [
    ...svg.matchAll(/@font-face\{font-family:"([^"]+)";font-weight:(\d+);src:url\(data:font\/woff2;base64,([^)]+)\)/g),
  ].map(([, family, weight, data]) => ({ family, weight, bytes: Buffer.from(data ?? "", "base64") }));

test("SVG carries its fonts, cut to the glyphs of its text", async () => {
  const fonts = fontsOf(await figureSvg(sampleFigure));
  expect(fonts.map(({ family, weight }) => [family, weight])).toEqual([["Open Sans", "400"]]);
  const [{ bytes } = { bytes: Buffer.alloc(0) }] = fonts;
  expect(bytes.subarray(0, 4).toString("latin1")).toBe("wOF2");
  expect(bytes.length).toBeLessThan(12_000);
}, 120_000);

test("bold text and code bring their own faces, symbols the piece of the font that has them", async () => {
  const layout = {
    title: { text: "<b>Δ Bold</b> → ≥" },
    font: { family: "Open Sans" },
    annotations: [{ text: "def f(x):", font: { family: "Source Code Pro" }, showarrow: false }],
  };
  const svg = await figureSvg({ data: [], layout });
  const faces = new Set(fontsOf(svg).map(({ family, weight }) => `${family} ${weight}`));
  expect(faces).toEqual(new Set(["Open Sans 400", "Open Sans 700", "Source Code Pro 400", "Source Code Pro 700"]));
  expect(svg).toMatch(/unicode-range:[^}]*U\+394/);
}, 120_000);

test("characters that no font has are left to the machine, those beside them keep their font", async () => {
  const layout = { ...sampleFigure.layout, title: { text: "secure → insecure ≥ 2 ✓ ★" } };
  const svg = await figureSvg({ ...sampleFigure, layout });
  expect(svg).toContain("secure → insecure");
  // Letters, and ≥ of the font's signs; its piece for arrows has none of them and would be a font without a glyph.
  expect(fontsOf(svg)).toHaveLength(2);
  for (const file of [await figurePng({ ...sampleFigure, layout }), await figurePdf({ ...sampleFigure, layout })]) {
    expect(file.length).toBeGreaterThan(5000);
  }
}, 120_000);

test("a picture is measured and drawn in its fonts whatever the machine has", async () => {
  const svg = await figureSvg({ ...sampleFigure, layout: { ...sampleFigure.layout, font: { family: "Open Sans" } } });
  const used = await withPage(async (page) => {
    await page.setContent(svg);
    return page.evaluate(
      "Promise.all([...document.fonts].map((f) => f.load())).then(() => document.fonts.check('12px \"Open Sans\"', 'Secure'))",
    );
  });
  expect(used).toBe(true);
}, 120_000);

test("PNG has 300 dots per inch and says so", async () => {
  const png = Buffer.from(await figurePng(sampleFigure, { width: 320, height: 192 }));
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1000, 600]);
  const at = png.indexOf("pHYs");
  expect([png.readUInt32BE(at + 4), png.readUInt32BE(at + 8), png[at + 12]]).toEqual([11811, 11811, 1]);
}, 120_000);

test("PDF is one page of the figure's size with fonts embedded, and patterns are no bitmaps", async () => {
  const pdf = Buffer.from(await figurePdf(sampleFigure, { width: "column" })).toString("latin1");
  const box = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf);
  // 320 × 240 CSS pixels at 0.75 pt.
  expect([Number(box?.[1]), Number(box?.[2])].map(Math.round)).toEqual([240, 180]);
  expect(pdf).toMatch(/\/Count 1\b/);
  expect(pdf).toMatch(/\/FontFile[23]/);
  expect(pdf).not.toContain("/Subtype /Image");
}, 120_000);

test("JSON is the specification that Plotly's editors open, sized and changed", () => {
  const spec = JSON.parse(figureJson(sampleFigure, { layout: { title: { text: "Other" } } })) as Record<
    string,
    unknown
  >;
  expect(spec).toMatchObject({
    data: sampleFigure.data,
    layout: { title: { text: "Other" }, height: 240, width: 672 },
  });
  expect(Object.keys(spec)).toEqual(["data", "layout"]);
});

test("without a browser the error is one sentence with the command that installs one", async () => {
  const failure: unknown = await figureSvg(sampleFigure, { browser: "/nowhere/chromium" }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(SetupError);
  const { message } = failure as SetupError;
  expect(message).toContain("/nowhere/chromium");
  expect(message).toContain("sudo apt-get install chromium");
  expect(message.split("\n")).toHaveLength(1);
}, 120_000);
