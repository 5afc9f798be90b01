import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startStub } from "../../generate/stubServer.js";
import { kernelSession } from "../kernelSession.js";
import { projectFolder } from "../notebookFile.js";

const folder = projectFolder();
const elsewhere = mkdtempSync(join(tmpdir(), "safelab-elsewhere-"));
afterAll(() => rmSync(elsewhere, { recursive: true }));

const forms = (displays: readonly { readonly data: object }[]) => displays.map(({ data }) => Object.keys(data));

test("a cell's last value is shown: tables, frames and rows as HTML, figures as pictures, the rest as text", async () => {
  const [, typed, arquero, rows, danfo, figure, unawaited, text, list, silent] = await kernelSession(folder, [
    {
      code: `import { figure3, openRun, show, table5 } from "safelab";
import { DataFrame } from "danfojs-node";
const { rows, table } = await openRun();`,
    },
    { code: 'console.log("before"); table5(rows)' },
    { code: "table().slice(0, 2)" },
    { code: "rows.slice(0, 2);" },
    { code: 'new DataFrame([{ task: "T/1", hits: 3 }])' },
    { code: "figure3(rows)" },
    { code: "show(figure3(rows))" },
    { code: '"**words**"' },
    { code: "[1, 2]" },
    { code: "const nothing = table5(rows);" },
  ]);
  const html = ["text/html", "text/plain"];
  expect(typed?.text).toBe("before\n");
  expect(forms(typed?.displays ?? [])).toEqual([html]);
  expect(typed?.displays[0]?.data["text/html"]).toContain("safelab-table");
  expect(forms([...(arquero?.displays ?? []), ...(rows?.displays ?? [])])).toEqual([html, html]);
  expect(danfo?.displays[0]?.data["text/plain"]).toBe("task  hits\nT/1      3\n(1 row)");
  const drawn = ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"];
  expect(forms(figure?.displays ?? [])).toEqual([drawn]);
  expect(forms(unawaited?.displays ?? [])).toEqual([drawn]);
  expect([arquero, rows, danfo, figure, unawaited].map((answer) => answer?.text)).toEqual(["", "", "", "", ""]);
  expect([text?.text, list?.text]).toEqual(["**words**\n", "[ 1, 2 ]\n"]);
  expect(silent).toMatchObject({ status: "ok", text: "", displays: [] });
}, 240_000);

test("a promise that is a cell's last value is waited for: what it comes to is shown, its refusal is the cell's", async () => {
  const [, frame, number, nothing, thenable, refused, stopped, next] = await kernelSession(folder, [
    { code: 'import { openRun } from "safelab"; const { frame, rows } = await openRun(); let kept = 1;' },
    { code: "frame()" },
    { code: "Promise.resolve(42)" },
    { code: "Promise.resolve()" },
    { code: "({ then: (done: (value: string) => void) => done(`given`) })" },
    { code: 'openRun("nowhere")' },
    { code: "new Promise(() => undefined)", interruptAfter: 2 },
    { code: "kept + 1" },
  ]);
  expect(frame?.text).toBe("");
  expect(forms(frame?.displays ?? [])).toEqual([["text/html", "text/plain"]]);
  expect(frame?.displays[0]?.data["text/plain"]).toContain("the first 20 of 520 rows");
  expect([number?.text, nothing?.text, thenable?.text]).toEqual(["42\n", "", "given\n"]);
  expect(refused).toMatchObject({ status: "error", displays: [] });
  expect(refused?.errors[0]?.evalue).toMatch(/no run folder at .*nowhere/);
  expect(stopped?.errors[0]).toMatchObject({ ename: "Interrupted" });
  expect(stopped?.seconds).toBeLessThan(15);
  expect(next).toMatchObject({ status: "ok", text: "2\n" });
}, 240_000);

test("a cell that does not compile, throws or is refused says so as an error output, and the next one runs", async () => {
  const [, wrong, thrown, refused, drawing, next] = await kernelSession(folder, [
    { code: 'import { openRun, show } from "safelab"; let kept: number = 1;' },
    { code: 'console.log("not run");\nkept = "text";' },
    { code: "function deep() { throw new RangeError(`too ${kept}`); }\ndeep();" },
    { code: 'await openRun("nowhere");' },
    { code: 'show({ data: [{ type: "bar", y: [1] }], layout: {} }, { width: -1 })' },
    { code: "kept" },
  ]);
  expect(wrong).toMatchObject({ status: "error", text: "", reply: { ename: "TypeScriptError" } });
  expect(wrong?.errors.map(({ evalue }) => evalue)).toEqual([
    "line 2, column 1: Type 'string' is not assignable to type 'number'.",
  ]);
  expect(thrown?.errors[0]).toMatchObject({ ename: "RangeError", evalue: "too 1" });
  expect(thrown?.errors[0]?.traceback[1]).toBe("    at deep (this cell)");
  expect(refused?.errors[0]?.evalue).toMatch(/no run folder at .*nowhere/);
  expect(drawing?.errors).toHaveLength(1);
  expect(next).toMatchObject({ status: "ok", text: "1\n", errors: [] });
}, 240_000);

test("an interrupt keeps the kernel and its state, whatever the cell waits for", async () => {
  const answers = await kernelSession(folder, [
    { code: 'import { execa } from "execa"; import { setTimeout as sleep } from "timers/promises"; let kept = 41;' },
    { code: 'await execa("sleep", ["30"]);', interruptAfter: 2 },
    { code: "process.on('SIGINT', () => undefined); await sleep(30000);", interruptAfter: 2 },
    { code: "while (true) {}", interruptAfter: 2 },
    { code: "console.log(kept + 1);" },
  ]);
  for (const { status, errors, seconds } of answers.slice(1, 4)) {
    expect([status, errors.map(({ ename }) => ename)]).toEqual(["error", ["Interrupted"]]);
    expect(seconds).toBeLessThan(15);
  }
  expect(answers[4]).toMatchObject({ status: "ok", text: "42\n" });
}, 240_000);

test.each(["await generateRun(run);", "generateRun(run)"])(
  "an interrupt stops a verb that was given no signal, and leaves its run folder free: %s",
  async (verb) => {
    const closed: boolean[] = [];
    const stub = await startStub(({ body }, response) => {
      if (body["max_tokens"] === 1) return "yes";
      const index = closed.push(false) - 1;
      response.on("close", () => (closed[index] = true));
      return undefined;
    });
    try {
      const [, stopped, after] = await kernelSession(folder, [
        {
          code: `import { generateRun, initRun } from "safelab"; import { readdirSync } from "fs";
const run = await initRun("interrupted-${verb.length}", { name: "i", datasets: [{ name: "demo-cases", tasks: 2 }],
  models: [{ name: "m", endpoint: "${stub.address}" }], methods: ["base"], prompts: ["nl"] });`,
        },
        { code: verb, interruptAfter: 4 },
        { code: 'console.log(readdirSync(run.path).filter((name) => name.endsWith(".lock")));' },
      ]);
      expect(stopped?.errors[0]).toMatchObject({ ename: "Interrupted" });
      expect(stopped?.errors[0]?.evalue).toContain("generation was stopped");
      expect(stopped?.seconds).toBeLessThan(15);
      expect(after).toMatchObject({ status: "ok", text: "[]\n" });
      expect(closed.length).toBeGreaterThan(0);
      expect(closed).not.toContain(false);
    } finally {
      await stub.close();
    }
  },
  240_000,
);

test("a notebook outside the project imports safelab with types, finds the demo, and its own modules beside it", async () => {
  mkdirSync(join(elsewhere, "deeper"));
  writeFileSync(join(elsewhere, "deeper", "helper.ts"), "export const twice = (x: number): number => 2 * x;\n");
  const [opened, wrong, next] = await kernelSession(join(elsewhere, "deeper"), [
    { code: 'import { openRun } from "safelab"; const { rows, run, table } = await openRun("data/demo");' },
    { code: "const wrong: string = rows.length;" },
    {
      code: 'import { twice } from "./helper"; import { desc } from "arquero"; twice(rows.length) === 2 * table().orderby(desc("task")).numRows()',
    },
  ]);
  expect(opened).toMatchObject({ status: "ok", text: "", errors: [] });
  expect(wrong?.errors[0]?.evalue).toContain("Type 'number' is not assignable to type 'string'");
  expect(next).toMatchObject({ status: "ok", text: "true\n" });
}, 240_000);
