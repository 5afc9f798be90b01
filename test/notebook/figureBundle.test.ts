import { expect, test } from "vitest";
import { figureBundle } from "../../src/notebook/figureBundle.js";

const noBrowser = { browser: "/nowhere/chromium" };
const plotly = "application/vnd.plotly.v1+json";

test("what a figure's points carry for other programs stays out of a notebook, unless the figure's words ask for it", async () => {
  const carried = [{ method: "base" }];
  const silent = { type: "bar", y: [1], customdata: carried, hovertext: ["one"] };
  const asking = { type: "bar", y: [1], customdata: carried, hovertemplate: "%{customdata.method}" };
  const figure = { title: "T", data: [silent, asking], layout: {} };
  const bundle = await figureBundle(figure, noBrowser);
  expect(bundle[plotly]).toMatchObject({ data: [{ type: "bar", y: [1], hovertext: ["one"] }, asking] });
  expect(JSON.stringify(bundle[plotly]).match(/"method":"base"/g)).toHaveLength(1);
  // The figure itself keeps them, and so does what `save` writes.
  expect(figure.data[0]).toBe(silent);
});
