import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { hasEmbeddedModel } from "../../src/generate/hasEmbeddedModel.js";
import { freshNotebooks, notebookNames } from "../../src/notebook/freshNotebooks.js";
import { runNotebook } from "../../src/notebook/runNotebook.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { notebookValues } from "./notebookValues.js";
import { outputsOf } from "./studyNotebooks.js";

const notebook = (name: string) => join(projectRoot(), "notebooks", `${name}.ipynb`);
const newFolder = () => mkdtemp(join(tmpdir(), "safelab-notebooks-"));

/** A notebook's committed outputs are compared as values; the driven ones need what `npm run notebooks` needs. */
const drives = (name: string) => !name.startsWith("rq");
const canDrive = (await hasEmbeddedModel()) && (await probeIsolation()).ok;

describe("the committed notebooks", async () => {
  const names = await notebookNames();
  const fresh = new Map<string, string>();
  const pages = new Map<string, string>();

  beforeAll(async () => {
    const runnable = names.filter((name) => canDrive || !drives(name));
    const results = await freshNotebooks(runnable, await newFolder());
    for (const [index, { ipynb, html }] of results.entries()) {
      fresh.set(runnable[index] ?? "", await readFile(ipynb, "utf8"));
      pages.set(runnable[index] ?? "", html);
    }
  }, 900_000);

  test.each(names)("%s shows the values that a fresh run shows", async (name) => {
    const committed = await readFile(notebook(name), "utf8");
    const text = fresh.get(name);
    if (text === undefined) return;
    expect(notebookValues(committed), "run `npm run notebooks` and commit what it writes").toEqual(
      notebookValues(text),
    );
  });

  test.each(names)(
    "%s ran without complaints, is smaller than 1 MB and says nothing of the machine it ran on",
    async (name) => {
      const committed = await readFile(notebook(name), "utf8");
      const outputs = await outputsOf(notebook(name));
      expect(outputs.length).toBeGreaterThan(0);
      expect(outputs.filter((output) => output.name === "stderr")).toEqual([]);
      expect(Buffer.byteLength(committed)).toBeLessThan(1_000_000);
      for (const place of [projectRoot(), tmpdir(), homedir()]) expect(committed).not.toContain(`${place}/`);
    },
  );

  test.each(names)("%s has an interactive form and a static picture of every figure", async (name) => {
    for (const { data } of await outputsOf(notebook(name))) {
      if (data?.["application/vnd.plotly.v1+json"] === undefined) continue;
      expect(Buffer.from(String(data["image/png"]), "base64").subarray(1, 4).toString()).toBe("PNG");
    }
  });

  test.runIf(canDrive)("the tour folds its answers away", async () => {
    const outputs = await outputsOf(notebook("start"));
    expect(outputs.filter(({ data }) => data?.["application/vnd.plotly.v1+json"] !== undefined)).toHaveLength(4);
    const page = await readFile(pages.get("start") ?? "", "utf8");
    expect(page.match(/<details>/g)).toHaveLength(4);
    // The page's policy lets in the fonts that its pictures bring along.
    expect(page).toMatch(/Content-Security-Policy" content="[^"]*font-src data:/);
    expect(page).toContain("@font-face");
  });

  test("one of them runs in plain tslab as well, and shows the same", async () => {
    // As deep in the project as the notebooks, so that the paths it shows are the same.
    const plain = join(projectRoot(), "out", `plain-${process.pid}.ipynb`);
    const text = await readFile(notebook("rq3"), "utf8");
    await writeFile(plain, text.replace('"name": "safelab"', '"name": "tslab"'));
    const { ipynb } = await runNotebook(plain, await newFolder()).finally(() => rm(plain));
    expect(notebookValues(await readFile(ipynb, "utf8"))).toEqual(notebookValues(fresh.get("rq3") ?? ""));
  }, 300_000);
});

test("a changed number in a table, a figure or a printed line is a difference", () => {
  const cell = (outputs: object[]) =>
    JSON.stringify({ cells: [{ id: "a", cell_type: "code", metadata: {}, source: "", outputs }] });
  const outputs = (table: string, point: number, line: string) => [
    { output_type: "display_data", data: { "text/html": ["<style>x{}</style>", `<td>${table}</td>`] } },
    {
      output_type: "display_data",
      data: { "application/vnd.plotly.v1+json": { data: [{ y: [point] }] }, "image/png": "x" },
    },
    { output_type: "stream", name: "stdout", text: [line] },
  ];
  const values = notebookValues(cell(outputs("0.41", 1, "3")));
  expect(notebookValues(cell(outputs("0.41", 1 + 1e-14, "3")))).toEqual(values);
  for (const other of [outputs("0.42", 1, "3"), outputs("0.41", 2, "3"), outputs("0.41", 1, "4")]) {
    expect(notebookValues(cell(other))).not.toEqual(values);
  }
});
