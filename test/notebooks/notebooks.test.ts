import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasEmbeddedModel } from "../../src/generate/hasEmbeddedModel.js";
import { runNotebook } from "../../src/notebook/runNotebook.js";
import { runNotebooks } from "../../src/notebook/runNotebooks.js";
import { projectRoot } from "../../src/process/projectRoot.js";

const notebook = (name: string) => join(projectRoot(), "notebooks", `${name}.ipynb`);
const questions = ["rq1", "rq2", "rq3", "rq4"].map(notebook);
const newFolder = () => mkdtemp(join(tmpdir(), "safelab-notebooks-"));

interface Output {
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

async function outputsOf(ipynb: string): Promise<readonly Output[]> {
  const { cells } = JSON.parse(await readFile(ipynb, "utf8")) as { cells: { outputs?: Output[] }[] };
  return cells.flatMap(({ outputs }) => outputs ?? []);
}

/** The demo with one method, and without its executions: what someone has who only imported and scanned. */
async function scannedOnly(): Promise<string> {
  const folder = await newFolder();
  await cp(join(projectRoot(), "data", "demo"), folder, { recursive: true });
  await rm(join(folder, "executions.jsonl"));
  const run = join(folder, "run.json");
  const text = await readFile(run, "utf8");
  await writeFile(run, text.replace(/"methods": \[[^\]]*\]/, '"methods": ["base"]'));
  return folder;
}

async function shown(run: string) {
  const results = await runNotebooks(questions, await newFolder(), { env: { SAFELAB_RUN: run } });
  return Promise.all(results.map(({ ipynb }) => outputsOf(ipynb)));
}

describe("the notebooks of the four questions run top to bottom in the real kernel", () => {
  test("on the demo study, with figures as pictures and tables as HTML", { timeout: 300_000 }, async () => {
    const outputs = await shown(join(projectRoot(), "data", "demo"));
    for (const each of outputs) {
      expect(each.filter(({ name }) => name === "stderr")).toEqual([]);
      expect(each.some(({ data }) => data?.["text/html"] !== undefined)).toBe(true);
    }
    for (const each of outputs.slice(0, 3)) {
      const figures = each.filter(({ data }) => data?.["application/vnd.plotly.v1+json"] !== undefined);
      expect(figures.length).toBeGreaterThan(0);
      for (const { data } of figures) expect(String(data?.["image/svg+xml"])).toContain("<svg");
    }
  });

  test(
    "on one model, one method and no executions, saying what is missing and which command makes it",
    {
      timeout: 300_000,
    },
    async () => {
      const outputs = await shown(await scannedOnly());
      for (const each of outputs) expect(each.filter(({ name }) => name === "stderr")).toEqual([]);
      expect(JSON.stringify(outputs[1])).toContain("safelab execute RUN");
      expect(JSON.stringify(outputs[2])).toContain("no method beside");
    },
  );
});

test.each([
  ["the demo study", () => Promise.resolve(join(projectRoot(), "data", "demo"))],
  ["a run without executions", scannedOnly],
])("the tour runs on %s, its answers folded away", { timeout: 300_000 }, async (_name, run) => {
  const { ipynb, html } = await runNotebook(notebook("start"), await newFolder(), {
    env: { SAFELAB_RUN: await run() },
  });
  const outputs = await outputsOf(ipynb);
  expect(outputs.filter(({ name }) => name === "stderr")).toEqual([]);
  expect(outputs.filter(({ data }) => data?.["application/vnd.plotly.v1+json"] !== undefined)).toHaveLength(4);
  const page = await readFile(html, "utf8");
  expect(page.match(/<details>/g)).toHaveLength(4);
  // The page's policy lets in the fonts that its pictures bring along.
  expect(page).toMatch(/Content-Security-Policy" content="[^"]*font-src data:/);
  expect(page).toContain("@font-face");
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
