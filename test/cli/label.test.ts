import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/process/projectRoot.js";
import { Draw } from "../../src/record/schema/draw.js";
import { SampleKey } from "../../src/record/schema/sample.js";
import { newFolder, safelab } from "./safelab.js";

/** A copy of the demo study that nobody has labelled. */
async function demo(): Promise<string> {
  const folder = join(await newFolder(), "run");
  await cp(join(projectRoot(), "data", "demo"), folder, { recursive: true });
  for (const name of ["draws.jsonl", "labels.demonstration.jsonl"]) await rm(join(folder, name));
  return folder;
}

async function drawOf(folder: string): Promise<Draw> {
  return Draw.parse(JSON.parse((await readFile(join(folder, "draws.jsonl"), "utf8")).split("\n")[0] ?? ""));
}

test("from a draw to labels, agreement and back out as CSV", async () => {
  const folder = await demo();
  const made = await safelab(["label", "new", folder, "--n", "5", "--seed", "7", "--by", "method"]);
  expect(made.stdout).toContain("5 of 517 samples drawn for security with seed 7");
  expect(made.stdout).toContain("by method: base 1 of 104, codeguard 1 of 103");
  const { samples } = await drawOf(folder);
  const line = (annotator: string, value: string, at: number) =>
    `${JSON.stringify({ schemaVersion: 1, ...SampleKey.parse(samples[at]), annotator, role: "annotator", question: "security", value, seconds: 1 })}\n`;
  const file = join(folder, "..", "labels.jsonl");
  const answers = ["insecure", "insecure", "secure", "secure"];
  const texts = answers.flatMap((value, at) => [line("ada", value, at), line("ben", at === 1 ? "secure" : value, at)]);
  await writeFile(file, texts.join(""));
  expect((await safelab(["label", "import", folder, file])).stdout).toContain("8 labels added");
  const { stdout } = await safelab(["label", "agreement", folder]);
  // statsmodels.stats.inter_rater.cohens_kappa([[1, 1], [0, 2]]).kappa: 0.5
  expect(stdout).toMatch(/ada, ben +4 +75\.00 \(3\/4\) +0\.50/);
  const csv = join(folder, "..", "labels.csv");
  expect((await safelab(["label", "export", folder, "--output", csv])).stdout).toContain("8 labels written");
  expect((await readFile(csv, "utf8")).split("\n")[0]).toBe(
    "dataset,task,prompt,model,method,repeat,index,annotator,role,question,value,cwe,lines,note,seconds",
  );
  const none = await safelab(["label", "adjudicate", folder, "--annotator", "ada"]);
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain("a third person decides");
});

test("mistakes are one sentence and exit code 2, and write nothing", { timeout: 180_000 }, async () => {
  const folder = await demo();
  const before = await readdir(folder);
  for (const [args, words] of [
    [["new", folder, "--question", "beauty"], 'no question "beauty"'],
    [["new", folder, "--question", "failure", "--method", "base"], "no sample can be drawn for failure"],
    [["new", folder, "--n", "1000"], "1000 samples cannot be drawn of 517"],
    [["new", folder, "--method", "sven"], 'no method "sven"'],
    [["serve", folder, "--annotator", "../../etc/ada"], "no name of an annotator"],
    [["serve", folder, "--annotator", "ada"], "run `safelab label new"],
    [["import", folder, join(folder, "none.csv")], "cannot be read"],
    [["export", folder, "--output", "labels.xlsx"], "ends in .csv or .jsonl"],
  ] as const) {
    const { exitCode, stderr } = await safelab(["label", ...args]);
    expect(stderr, args.join(" ")).toContain(words);
    expect(exitCode).toBe(2);
  }
  expect(await readdir(folder)).toEqual(before);
});

test("a label of a sample that the run does not have stops nothing: the commands name its line and what mends it", async () => {
  const folder = await demo();
  const file = join(folder, "labels.ada.jsonl");
  const key = { dataset: "demo-cases", task: "demo-cases/gone", prompt: "nl", model: "SmolLM2-135M-Instruct" };
  const answer = { annotator: "ada", role: "annotator", question: "security", value: "secure", seconds: 1 };
  const line = { schemaVersion: 1, ...key, method: "base", repeat: 0, index: 0, ...answer };
  await writeFile(file, `${JSON.stringify(line)}\n`);
  for (const args of [
    ["status", folder],
    ["label", "agreement", folder],
  ]) {
    const { exitCode, stdout } = await safelab(args);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("1 label is left out");
    expect(stdout).toContain("labels.ada.jsonl:1, ada on demo-cases demo-cases/gone (nl)");
    expect(stdout).toContain("name it in run.json and run `safelab generate RUN`");
  }
  expect((await readFile(file, "utf8")).trimEnd().split("\n")).toHaveLength(1);
});
