import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importSamples } from "../../src/generate/importSamples.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { openRunAt } from "../../src/record/openRun.js";
import { scanRun } from "../../src/scan/scanRun.js";
import { initRun } from "../../src/task/initRun.js";
import { projectFolder } from "../notebook/notebookFile.js";
import { smallDesign } from "../synthetic/syntheticDesign.js";
import { writeSyntheticRun } from "../synthetic/writeSyntheticRun.js";
import { complaintsOf, figuresOf, runAllOn, studyNotebooks } from "./studyNotebooks.js";

const newFolder = () => mkdtemp(join(tmpdir(), "safelab-study-"));
const inProject = projectFolder();
const minutes = 60_000;

test("the notebooks of the four questions are among those that look at a stored run", () => {
  const names = studyNotebooks().join(" ");
  for (const name of ["rq1", "rq2", "rq3", "rq4"]) expect(names).toContain(`${name}.ipynb`);
});

describe("every notebook that looks at a stored run goes through", () => {
  test("on a made-up study of all 28 configurations", { timeout: 10 * minutes }, async () => {
    const folder = await newFolder();
    writeSyntheticRun(folder, smallDesign(4));
    const outputs = await runAllOn(inProject, folder);
    expect(complaintsOf(outputs)).toEqual([]);
    const shown = JSON.stringify(outputs);
    for (const name of ["CodeLlama-7B", "StarCoder-1B", "GPT-4o", "SecCodePLT+"]) expect(shown).toContain(name);
    expect(figuresOf(outputs).length).toBeGreaterThan(10);
    // Parts about another study show which one it is.
    for (const name of ["seccodeplt-oracle", "qwen2.5-coder-7b-bigcodebench", "quantization-bigcodebench"])
      expect(shown).toContain(`${name} (data/recorded/${name})`);
  });

  /** The demo with one model, one method, no executions, no labels: what someone has who only imported and scanned. */
  async function scannedOnly(): Promise<string> {
    const folder = await newFolder();
    await cp(join(projectRoot(), "data", "demo"), folder, { recursive: true });
    for (const name of ["executions", "draws", "labels.demonstration"]) await rm(join(folder, `${name}.jsonl`));
    const run = join(folder, "run.json");
    const text = await readFile(run, "utf8");
    await writeFile(run, text.replace(/"methods": \[[^\]]*\]/, '"methods": ["base"]'));
    return folder;
  }

  test(
    "on one model with one method and no executions, saying what is missing and which command makes it",
    { timeout: 10 * minutes },
    async () => {
      const outputs = await runAllOn(inProject, await scannedOnly());
      expect(complaintsOf(outputs)).toEqual([]);
      const shown = JSON.stringify(outputs);
      expect(shown).toContain("safelab execute RUN");
      expect(shown).toMatch(/no method beside/);
    },
  );
});

const data = process.env["SAFELAB_DATA"];
const techniques = ["fp16", "awq", "gguf-q4km", "aqlm", "quip-sharp"];
const models = ["codellama-7b-instruct", "qwen2.5-coder-7b-instruct"];

describe.skipIf(data === undefined)("a published study of two models under five quantisations", () => {
  const tasks = 24;

  async function imported(): Promise<string> {
    const folder = await newFolder();
    const run = await initRun(folder, {
      name: "quantization",
      datasets: [{ name: "bigcodebench", tasks }],
      models: models.map((name) => ({ name })),
      methods: techniques,
      baseline: "fp16",
      prompts: ["nl"],
    });
    for (const model of models)
      for (const method of techniques) {
        const file = join(data ?? "", "quantization", `${model}.${method}.bigcodebench-instruct.jsonl.gz`);
        const target = { dataset: "bigcodebench", model, method, prompt: "nl" } as const;
        expect(await importSamples(run, file, target)).toMatchObject({
          imported: tasks,
          outside: 1140 - tasks,
          missing: 0,
        });
      }
    await scanRun(run);
    return folder;
  }

  test("goes through every notebook with fp16 as its baseline", { timeout: 15 * minutes }, async () => {
    const folder = await imported();
    const { rows } = await openRunAt(folder);
    expect(rows).toHaveLength(tasks * models.length * techniques.length);
    expect(rows.filter(({ scan_bandit }) => scan_bandit === "notScanned" || scan_bandit === "scanFailed")).toEqual([]);

    const outputs = await runAllOn(inProject, folder);
    expect(complaintsOf(outputs)).toEqual([]);
    const shown = JSON.stringify(outputs);
    expect(shown).toContain("safelab execute RUN");
    const bars = figuresOf(outputs).find((figure) => figure.includes("Security by scanner and functionality"));
    for (const name of [...models, ...techniques]) expect(bars).toContain(name);
  });
});
