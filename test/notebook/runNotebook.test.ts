import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { InputError, InterruptedError, SetupError } from "../../src/error.js";
import { runNotebook } from "../../src/notebook/runNotebook.js";
import { runNotebooks } from "../../src/notebook/runNotebooks.js";
import type { Progress } from "../../src/progress.js";
import { projectFolder, writeNotebook } from "./notebookFile.js";

const folder = projectFolder();
const done = join(folder, "done");

const good = (name: string) =>
  writeNotebook(join(folder, `${name}.ipynb`), [
    "# Question *one* & two",
    'import { show } from "safelab";',
    `console.log(process.env["SAFELAB_RUN"], process.cwd(), "${name}");`,
    'await show({ title: "T", alt: "A line.", data: [{ y: [1, 2] }], layout: {} });',
  ]);

const failing = (name: string, ...cells: string[]) =>
  writeNotebook(join(folder, `${name}.ipynb`), ["# Fails", ...cells]);

test("notebooks run in their own folder, two at a time, and leave outputs and a page that needs no network", async () => {
  const steps: Progress[] = [];
  const results = await runNotebooks([good("one"), good("two"), good("three")], done, {
    env: { SAFELAB_RUN: "/the/run" },
    onProgress: (step) => steps.push(step),
  });
  expect(results.map(({ ipynb }) => ipynb)).toEqual(["one", "two", "three"].map((name) => join(done, `${name}.ipynb`)));
  expect(results.every(({ seconds }) => seconds > 0)).toBe(true);
  expect(steps.filter(({ stage }) => stage === "two").map((step) => `${step.done}/${step.total}`)).toEqual([
    "0/3",
    "1/3",
    "2/3",
    "3/3",
  ]);

  const page = readFileSync(join(done, "two.html"), "utf8");
  expect(page).toContain(`/the/run ${folder} two`);
  expect(page).toContain("<title>Question one &amp; two</title>");
  expect(page).toMatch(/<div class="picture"><svg [^>]*aria-label="A line\."[^>]* role="img"/);
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<link|(?:src|href)="(?:https?:)?\/\/|@import/);
  const stored = readFileSync(join(done, "two.ipynb"), "utf8");
  expect(stored).toContain("application/vnd.plotly.v1+json");
  expect(readFileSync(join(folder, "two.ipynb"), "utf8")).not.toContain("image/svg+xml");
}, 300_000);

test.each(["safelab", "tslab"] as const)(
  "a cell that fails in %s is named with its words, and nothing is written",
  async (kernel) => {
    const file = writeNotebook(
      join(folder, "typo.ipynb"),
      ["# Fails", "const fine: number = 1;", "console.error('a warning'); const wrong: number = 'text';"],
      kernel,
    );
    const failure: unknown = await runNotebook(file, done).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as Error).message).toContain(`${file}, code cell 2: `);
    expect((failure as Error).message).toContain("Type 'string' is not assignable to type 'number'");
    expect((failure as Error).message).not.toContain("\u001b");
    expect(existsSync(join(done, "typo.html"))).toBe(false);
  },
  180_000,
);

test("a promise that nobody awaited fails its cell", async () => {
  const file = failing(
    "lost",
    'void Promise.reject(new Error("lost words")); await new Promise((go) => setTimeout(go, 300));',
  );
  await expect(runNotebook(file, done)).rejects.toThrow(/code cell 1: [\s\S]*lost words/);
}, 180_000);

test("a cell that takes too long is named with the limit", async () => {
  const file = failing("slow", "await new Promise((go) => setTimeout(go, 60000));");
  await expect(runNotebook(file, done, { cellTimeoutMs: 2000 })).rejects.toThrow(/code cell 1 did not end within 2 s/);
}, 180_000);

test("a kernel that dies is a SetupError that says so", async () => {
  const file = failing(
    "dies",
    'console.log("before");',
    'process.kill(process.pid, "SIGKILL"); await new Promise(() => undefined);',
  );
  const failure: unknown = await runNotebook(file, done).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SetupError);
  expect((failure as Error).message).toContain("code cell 2: the kernel died");
}, 180_000);

test("stopping ends the kernel as well", async () => {
  const beat = join(folder, "beat");
  const file = failing(
    "stopped",
    `import { writeFileSync } from "fs";`,
    `setInterval(() => writeFileSync(${JSON.stringify(beat)}, String(Date.now())), 50); await new Promise(() => undefined);`,
  );
  const stop = new AbortController();
  const running = runNotebook(file, done, { signal: stop.signal });
  const rejected = expect(running).rejects.toThrow(InterruptedError);
  while (!existsSync(beat)) await sleep(100);
  stop.abort();
  await rejected;
  await sleep(1500);
  const last = readFileSync(beat, "utf8");
  await sleep(700);
  expect(readFileSync(beat, "utf8")).toBe(last);
}, 180_000);

test("a folder that cannot be written is an InputError", async () => {
  const file = failing("blocked", "1 + 1;");
  await expect(runNotebook(file, join(file, "inside"))).rejects.toThrow(/cannot be written/);
}, 180_000);

test("a notebook is not overwritten by its own outputs, nor looked for in vain", async () => {
  mkdirSync(join(folder, "same"), { recursive: true });
  const file = writeNotebook(join(folder, "same/nb.ipynb"), ["1;"]);
  await expect(runNotebook(file, join(folder, "same"))).rejects.toThrow(InputError);
  await expect(runNotebook(join(folder, "absent.ipynb"), done)).rejects.toThrow(/absent\.ipynb/);
});
