import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNotebook } from "../../src/notebook/runNotebook.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { writeNotebook } from "../notebook/notebookFile.js";

/** What a cell showed. */
export interface Output {
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly outputs?: readonly Output[];
}

const notebooks = join(projectRoot(), "notebooks");
const textOf = ({ source }: Cell) => (typeof source === "string" ? source : source.join(""));

function cellsOf(file: string): readonly Cell[] {
  return (JSON.parse(readFileSync(file, "utf8")) as { cells: Cell[] }).cells;
}

/** Whether a notebook looks at a stored run; the others make one of their own. */
function looksAtRun(file: string): boolean {
  const code = cellsOf(file).map(textOf).join("\n");
  return code.includes("openRun(") && !/\b(?:initRun|generateRun|executeRun|scanRun)\(/.test(code);
}

/** The notebooks that look at a stored run, whatever they are called. */
export function studyNotebooks(): string[] {
  const files = readdirSync(notebooks).filter((name) => name.endsWith(".ipynb"));
  return files.map((name) => join(notebooks, name)).filter(looksAtRun);
}

export async function outputsOf(ipynb: string): Promise<readonly Output[]> {
  const { cells } = JSON.parse(await readFile(ipynb, "utf8")) as { cells: Cell[] };
  return cells.flatMap(({ outputs }) => outputs ?? []);
}

/**
 * Runs the cells of all notebooks that look at a stored run, one after another in one kernel, on this run: what they show. Most of the
 * time of a notebook is its kernel's and its browser's start.
 *
 * @param folder inside the project, where cells find the package by name
 */
export async function runAllOn(folder: string, run: string): Promise<readonly Output[]> {
  const code = studyNotebooks().flatMap((file) => cellsOf(file).filter(({ cell_type }) => cell_type === "code"));
  const notebook = writeNotebook(join(folder, "all.ipynb"), code.map(textOf));
  const out = await mkdtemp(join(tmpdir(), "safelab-notebooks-"));
  const { ipynb } = await runNotebook(notebook, out, { env: { SAFELAB_RUN: run } });
  return outputsOf(ipynb);
}

/** What went to the error stream. */
export function complaintsOf(outputs: readonly Output[]): readonly Output[] {
  return outputs.filter(({ name }) => name === "stderr");
}

/** The Plotly figures among the outputs, as JSON text. */
export function figuresOf(outputs: readonly Output[]): string[] {
  return outputs.flatMap(({ data }) => {
    const figure = data?.["application/vnd.plotly.v1+json"];
    return figure === undefined ? [] : [JSON.stringify(figure)];
  });
}
