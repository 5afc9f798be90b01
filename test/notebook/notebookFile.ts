import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { KernelName } from "../../src/notebook/kernelSpec.js";
import { projectRoot } from "../../src/process/projectRoot.js";

/** A folder inside the project, where cells find the package by name; removed after the tests of the file. */
export function projectFolder(): string {
  const out = join(projectRoot(), "out");
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(out, "test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a notebook of these cells; those that start with `#` are Markdown. */
export function writeNotebook(file: string, cells: readonly string[], kernel: KernelName = "safelab"): string {
  const notebook = {
    cells: cells.map((source, index) =>
      source.startsWith("#")
        ? { cell_type: "markdown", id: `cell-${index}`, metadata: {}, source }
        : { cell_type: "code", id: `cell-${index}`, metadata: {}, source, outputs: [], execution_count: null },
    ),
    metadata: {
      kernelspec: { display_name: "TypeScript", language: "typescript", name: kernel },
      language_info: { name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(file, JSON.stringify(notebook));
  return file;
}
