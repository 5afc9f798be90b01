import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { closeBrowser } from "../../src/export/browser.js";
import { save } from "../../src/export/save.js";
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
    /fig3\.jpeg: figures are written as \.svg, \.pdf, \.png, \.json/,
  );
});

test("a folder that cannot be written is an InputError naming the file", async () => {
  const blocked = join(folder, "one.json", "fig.json");
  await expect(save(sampleFigure, blocked)).rejects.toThrow(InputError);
  await expect(save(sampleFigure, blocked)).rejects.toThrow(blocked);
});
