import { expect, test } from "vitest";
import { storedNotebook } from "../../src/notebook/storedNotebook.js";

const svg = ['<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">', '<rect width="9" height="9"/></svg>'];
const plotly = { data: [{ y: [1] }], layout: {} };
const table = { output_type: "display_data", data: { "text/html": ["<td>1</td>"] }, metadata: {} };

const notebook = JSON.stringify({
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: "# A" },
    {
      cell_type: "code",
      id: "b",
      metadata: {},
      source: "x",
      outputs: [
        table,
        {
          output_type: "display_data",
          data: { "application/vnd.plotly.v1+json": plotly, "image/svg+xml": svg, "text/plain": "words" },
          metadata: { "image/svg+xml": { alt: "words" } },
        },
      ],
    },
  ],
});

test("a stored figure keeps its data and words, and its picture is a bitmap of the same size; all else stays", async () => {
  const text = await storedNotebook(notebook);
  const { cells } = JSON.parse(text) as { cells: { outputs: { data: Record<string, string>; metadata: object }[] }[] };
  const [first, figure] = cells[1]?.outputs ?? [];
  expect(first).toEqual(table);
  expect(Object.keys(figure?.data ?? {})).toEqual(["application/vnd.plotly.v1+json", "text/plain", "image/png"]);
  expect(figure?.data["application/vnd.plotly.v1+json"]).toEqual(plotly);
  expect(figure?.metadata).toEqual({ "image/png": { alt: "words", width: 60, height: 40 } });
  const png = Buffer.from(figure?.data["image/png"] ?? "", "base64");
  // One and a half dots per pixel; the browser draws whole ones.
  expect(Math.abs(png.readUInt32BE(16) - 90)).toBeLessThanOrEqual(1);
  expect(Math.abs(png.readUInt32BE(20) - 60)).toBeLessThanOrEqual(1);
  // Indexed colours: a third of the bytes.
  expect(png[25]).toBe(3);
  expect(await storedNotebook(notebook)).toBe(text);
});
