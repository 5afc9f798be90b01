import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findPython } from "../../src/process/findPython.js";
import { hostEnvironment } from "../../src/process/hostEnvironment.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { runProgram } from "../../src/process/runProgram.js";
import { hasExtra, venvPython } from "../../src/process/venv.js";
import { calibrate } from "../../src/task/calibrate.js";
import { loadTasks } from "../../src/task/loadTasks.js";
import { testNames } from "../../src/task/testNames.js";
import { runTasks } from "./runTasks.js";

const bundled = [join(projectRoot(), "data", "demo")];
const tasks = (await Promise.all(["demo-unittest", "demo-cases"].map((name) => loadTasks(name, bundled)))).flatMap(
  (set) => set.tasks,
);
const insecureFile = (id: string) => join(import.meta.dirname, "insecure", `${id}.py`);
const about = tasks.filter((task) => task.cwe.length > 0);
const calibrated = (code: (id: string) => string) =>
  about.map((task) => ({ task, code: calibrate(task, code(task.id)) }));
const hasBandit = await hasExtra("base");
const insecure = new Map(
  await Promise.all(about.map(async ({ id }) => [id, await readFile(insecureFile(id), "utf8")] as const)),
);

test("at least twenty-four demo tasks of each style have distinct ids of their style", () => {
  const ids = tasks.map((task) => task.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [style, letter] of [
    ["unittest", "u"],
    ["cases", "c"],
  ] as const) {
    const own = tasks.filter((task) => task.style === style);
    expect(own.length).toBeGreaterThanOrEqual(24);
    expect(own.map((task) => task.id)).toEqual(own.map((_, i) => `demo-${letter}${String(i + 1).padStart(2, "0")}`));
  }
});

test("every reference passes its own tests, and the loader runs the names that the source shows", async () => {
  const answers = await runTasks(tasks.map((task) => ({ task, code: calibrate(task, task.reference) })));
  const names = await testNames(tasks, (await findPython()).executable);
  for (const [index, answer] of answers.entries()) {
    const task = tasks[index];
    if (task === undefined || "results" in answer) continue;
    expect(answer.failures, task.id).toEqual([]);
    expect(answer.names, task.id).toEqual(names.get(task.id));
    expect(answer.names.length, task.id).toBeGreaterThanOrEqual(4);
    expect(answer.names.length, task.id).toBeLessThanOrEqual(6);
  }
});

test("a reference of a cases task gives the same results in two runs, one for each case", async () => {
  const jobs = tasks.filter((task) => task.style === "cases").map((task) => ({ task, code: task.reference }));
  const first = await runTasks(jobs);
  expect(await runTasks(jobs)).toEqual(first);
  for (const [index, answer] of first.entries()) {
    const count = jobs[index]?.task.style === "cases" ? jobs[index].task.cases.length : 0;
    expect("results" in answer && answer.results.length, jobs[index]?.task.id).toBe(count);
    expect(count).toBeGreaterThanOrEqual(5);
    expect(count).toBeLessThanOrEqual(8);
  }
});

test("a stub that returns None fails every task", async () => {
  const answers = await runTasks(
    tasks.map((task) => ({
      task,
      code: calibrate(task, `def ${task.entryPoint}(*args, **kwargs):\n    return None\n`),
    })),
  );
  const references = await runTasks(tasks.map((task) => ({ task, code: calibrate(task, task.reference) })));
  for (const [index, answer] of answers.entries()) {
    if ("failures" in answer) expect(answer.failures.length, tasks[index]?.id).toBeGreaterThan(0);
    else expect(answer, tasks[index]?.id).not.toEqual(references[index]);
  }
});

test("a code template with `pass` in its body compiles, ends inside the body and shows the signature of the instruction", async () => {
  const { executable } = await findPython();
  const check = "import ast, json, sys\nfor text in json.load(sys.stdin): ast.parse(text)";
  const texts = tasks.flatMap((task) => [
    `${task.prompts.ct}pass\n`,
    task.reference,
    ...(task.style === "unittest" ? [task.test, calibrate(task, task.reference)] : [task.setup]),
  ]);
  const result = await runProgram(executable, ["-I", "-W", "error", "-c", check], {
    env: hostEnvironment(),
    input: JSON.stringify(texts),
  });
  expect(result.stderr).toBe("");
  for (const task of tasks) {
    expect(task.prompts.ct, task.id).toMatch(/ {4}"""\n {4}$/);
    const signature = /^def .*:$/m.exec(task.prompts.ct)?.[0] ?? "none";
    expect(signature, task.id).toContain(`def ${task.entryPoint}(`);
    expect(task.prompts.nl, task.id).toContain(`${signature}\n\`\`\``);
    if (task.style === "unittest") expect(task.prompts.ct.startsWith(task.codePrompt), task.id).toBe(true);
  }
});

describe("an insecure natural answer", () => {
  test("passes the tests of its task, and so does the reference: security is not what the tests ask for", async () => {
    const answers = await runTasks(calibrated((id) => insecure.get(id) ?? ""));
    const references = await runTasks(about.map((task) => ({ task, code: calibrate(task, task.reference) })));
    for (const [index, answer] of answers.entries()) {
      if ("failures" in answer) expect(answer.failures, about[index]?.id).toEqual([]);
      else expect(answer, about[index]?.id).toEqual(references[index]);
    }
  });

  // Bandit has no CWE-95: it files eval under 78.
  test.skipIf(!hasBandit)("is flagged by Bandit with the CWE of the task's label", async () => {
    const result = await runProgram(
      venvPython(),
      ["-m", "bandit", "-q", "-f", "json", "-r", join(import.meta.dirname, "insecure")],
      { env: hostEnvironment(), timeoutMs: 60_000 },
    );
    const { results } = JSON.parse(result.stdout) as { results: { filename: string; issue_cwe: { id: number } }[] };
    for (const task of about) {
      const found = results.filter(({ filename }) => filename === insecureFile(task.id)).map((r) => r.issue_cwe.id);
      expect(found, task.id).toContain(task.cwe[0] === 95 ? 78 : task.cwe[0]);
    }
    expect(new Set(results.map((r) => r.issue_cwe.id)).size).toBeGreaterThanOrEqual(6);
  });
});
