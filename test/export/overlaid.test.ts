import { expect, test } from "vitest";
import { overlaid } from "../../src/export/overlaid.js";

const base = Object.freeze({
  font: { size: 9, family: "a" },
  annotations: [{ text: "x", y: 1 }, { text: "y" }],
  range: [0, 1],
});

test("goes in at every depth and replaces lists", () => {
  expect(overlaid(base, { font: { size: 12 }, range: [2] })).toMatchObject({
    font: { size: 12, family: "a" },
    range: [2],
  });
});

test("reads Plotly's attribute strings, also into lists", () => {
  const changed = overlaid(base, { "annotations[0].text": "z", "range[1]": 5, "xaxis.title.text": "t" });
  expect(changed).toEqual({
    ...base,
    annotations: [{ text: "z", y: 1 }, { text: "y" }],
    range: [0, 5],
    xaxis: { title: { text: "t" } },
  });
});

test("leaves both inputs as they were", () => {
  const before = structuredClone(base);
  overlaid(base, { "annotations[0].text": "z", font: { size: 1 } });
  expect(base).toEqual(before);
});
