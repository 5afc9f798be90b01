import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { InputError } from "../../src/error.js";
import { closeBrowser } from "../../src/export/browser.js";
import { missingFonts } from "../../src/export/missingFonts.js";
import { save } from "../../src/export/save.js";
import { tableCsv } from "../../src/table/tableCsv.js";
import { tableHtml } from "../../src/table/tableHtml.js";
import { tableLatex } from "../../src/table/tableLatex.js";
import { tableMarkdown } from "../../src/table/tableMarkdown.js";
import type { TypedTable } from "../../src/table/typedTable.js";
import { sampleTable } from "../table/sampleTable.js";
import { sampleFigure } from "./sampleFigure.js";

const folder = mkdtempSync(join(tmpdir(), "safelab-save-"));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await closeBrowser();
});

test("a path without an ending writes all four forms, into folders that it makes, and leaves nothing else", async () => {
  const written = await save(sampleFigure, join(folder, "new/fig3"), { width: "column" });
  expect(written).toEqual([".svg", ".pdf", ".png", ".json"].map((ending) => join(folder, `new/fig3${ending}`)));
  expect(readdirSync(join(folder, "new")).sort()).toEqual(["fig3.json", "fig3.pdf", "fig3.png", "fig3.svg"]);
  expect(readFileSync(join(folder, "new/fig3.svg"), "utf8")).toContain('width="320"');
}, 180_000);

test("an ending picks one form and replaces the file", async () => {
  const file = join(folder, "one.json");
  writeFileSync(file, "old");
  expect(await save(sampleFigure, file)).toEqual([file]);
  expect(readFileSync(file, "utf8")).toContain('"data"');
});

test("an unknown ending is refused with the known ones", async () => {
  await expect(save(sampleFigure, "fig3.jpeg")).rejects.toThrow(
    /fig3\.jpeg: figures are written as \.svg, \.pdf, \.png, \.json, or all of them without an ending; .*fig3\.jpeg\.svg/,
  );
});

test("a font that the machine lacks is told, one that it has or that comes with safelab is not", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { data, layout } = sampleFigure;
  const set = (family: string) => ({ data, layout: { ...layout, font: { family } } });
  await save(set("Open Sans, sans-serif"), join(folder, "there.svg"));
  await save(set("monospace"), join(folder, "there.svg"));
  await save(set('"Open Sans", sans-serif'), join(folder, "there.svg"));
  expect(warn).not.toHaveBeenCalled();
  await save(set("No Such Font, serif"), join(folder, "lacking.svg"));
  expect(warn.mock.calls.flat()).toEqual([expect.stringContaining('this machine has no font "No Such Font"')]);
  warn.mockClear();
  await save(set("No Such Font, serif"), join(folder, "lacking.json"));
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

test("a font is known whether it stands in quotes or in a list of one a point", async () => {
  const { data, layout } = sampleFigure;
  const asking = (font: object) => missingFonts({ data: [...data, { textfont: font }], layout });
  expect(await asking({ family: ['"No Such Font", serif', "'Nor This', serif", "Open Sans", ""] })).toEqual([
    "No Such Font",
    "Nor This",
  ]);
  expect(await asking({ text: '"family":"No Such Font"' })).toEqual([]);
});

test("a number behind a dot belongs to the name", async () => {
  const written = await save(sampleTable(), join(folder, "table3.1"));
  expect(written.map((file) => file.slice(folder.length + 1))).toEqual(
    [".html", ".md", ".tex", ".csv"].map((ending) => `table3.1${ending}`),
  );
});

test("a typed table is written as HTML, Markdown, LaTeX or CSV", async () => {
  const table = sampleTable();
  const written = async (name: string) => readFileSync((await save(table, join(folder, name)))[0] ?? "", "utf8");
  expect(await written("t.tex")).toBe(tableLatex(table));
  expect(await written("t.md")).toBe(tableMarkdown(table));
  expect(await written("t.csv")).toBe(tableCsv(table));
  expect(await written("t.html")).toContain(tableHtml(table));
  await expect(save(table, "t.svg")).rejects.toThrow(/t\.svg: tables are written as \.html, \.md, \.tex, \.csv/);
});

test("what is neither figure nor table, or no path, is refused with what was given", async () => {
  const given = (value: unknown, path: unknown = "x") => save(value as TypedTable, path as string);
  await expect(given(undefined)).rejects.toThrow(InputError);
  await expect(given(undefined)).rejects.toThrow(/save requires a figure .* or a typed table .*, not undefined/);
  await expect(given([1, 2, 3])).rejects.toThrow("not an array of 3");
  await expect(given(Promise.resolve(sampleFigure))).rejects.toThrow("not a promise: await it first");
  await expect(given({ data: [] })).rejects.toThrow("not an object with data");
  await expect(given(sampleFigure, null)).rejects.toThrow('such as "out/fig3", not null');
  await expect(given(sampleFigure, "out/")).rejects.toThrow('not the text "out/"');
});

test("a folder that cannot be written is an InputError naming the file", async () => {
  const blocked = join(folder, "one.json", "fig.json");
  await expect(save(sampleFigure, blocked)).rejects.toThrow(InputError);
  await expect(save(sampleFigure, blocked)).rejects.toThrow(blocked);
});
