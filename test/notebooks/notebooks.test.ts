import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasEmbeddedModel } from "../../src/generate/hasEmbeddedModel.js";
import { runNotebook } from "../../src/notebook/runNotebook.js";
import { runNotebooks } from "../../src/notebook/runNotebooks.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { complaintsOf, outputsOf, studyNotebooks } from "./studyNotebooks.js";

const notebook = (name: string) => join(projectRoot(), "notebooks", `${name}.ipynb`);
const newFolder = () => mkdtemp(join(tmpdir(), "safelab-notebooks-"));

async function shown(run: string) {
  const results = await runNotebooks(studyNotebooks(), await newFolder(), { env: { SAFELAB_RUN: run } });
  return Promise.all(results.map(({ ipynb }) => outputsOf(ipynb)));
}

describe("the notebooks that look at a stored run go top to bottom in the real kernel", () => {
  test("on the demo study, with figures as pictures and tables as HTML", { timeout: 300_000 }, async () => {
    const outputs = await shown(join(projectRoot(), "data", "demo"));
    for (const each of outputs) {
      expect(complaintsOf(each)).toEqual([]);
      expect(each.some(({ data }) => data?.["text/html"] !== undefined)).toBe(true);
    }
    const figures = outputs.flat().filter(({ data }) => data?.["application/vnd.plotly.v1+json"] !== undefined);
    expect(figures.length).toBeGreaterThan(10);
    for (const { data } of figures) expect(String(data?.["image/svg+xml"])).toContain("<svg");
  });
});

test("the tour folds its answers away", { timeout: 300_000 }, async () => {
  const env = { SAFELAB_RUN: join(projectRoot(), "data", "demo") };
  const { ipynb, html } = await runNotebook(notebook("start"), await newFolder(), { env });
  const outputs = await outputsOf(ipynb);
  expect(outputs.filter(({ data }) => data?.["application/vnd.plotly.v1+json"] !== undefined)).toHaveLength(4);
  expect((await readFile(html, "utf8")).match(/<details>/g)).toHaveLength(4);
});

test(
  "the run notebook drives generation, execution and scanning, or says how to get the model",
  {
    timeout: 300_000,
  },
  async () => {
    const env = { SAFELAB_RUN: join(await newFolder(), "run") };
    const { ipynb } = await runNotebook(notebook("run"), await newFolder(), { env });
    const text = JSON.stringify(await outputsOf(ipynb));
    expect(text).toContain(
      (await hasEmbeddedModel()) ? "The embedded model is installed" : "npx safelab setup --embedded",
    );
  },
);
