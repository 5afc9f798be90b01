import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newFolder, safelab, safelabAsOrdinaryUser } from "./safelab.js";

const solution = (task: string, code: string) => JSON.stringify({ task_id: task, solution: code });
const importing = (file: string, into: string) => [
  "import",
  file,
  ...["--into", into, "--dataset", "demo-unittest", "--model", "m"],
];

async function importOf(...lines: readonly string[]) {
  const folder = await newFolder();
  const file = join(folder, "samples.jsonl");
  await writeFile(file, `${lines.join("\n")}\n`);
  const into = join(folder, "run");
  return { ...(await safelab(importing(file, into))), into };
}

/** One sentence without a stack, and the exit code of its kind. */
function expectSentence({ stderr }: { stderr: string }, words: RegExp): void {
  expect(stderr).toMatch(words);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).not.toMatch(/\n\s+at /);
}

describe("wrong input ends with exit code 2 and one sentence, and nothing half-written stays", () => {
  test("a file that does not exist", async () => {
    const into = join(await newFolder(), "run");
    const result = await safelab(importing("/no/such/file.jsonl", into));
    expect(result.exitCode).toBe(2);
    expectSentence(result, /no\/such\/file\.jsonl/);
    expect(existsSync(into)).toBe(false);
  });

  test.each([
    ["a line that is not JSON", ['{"task_id":'], /samples\.jsonl:1/],
    ["a task id that does not exist", [solution("demo-u01", "x = 1"), solution("demo-u99", "x = 1")], /:2.*demo-u99/],
    ["a sample without code", ['{"task_id":"demo-u01"}'], /:1.*solution/],
  ])("%s", async (_, lines, words) => {
    const result = await importOf(...lines);
    expect(result.exitCode).toBe(2);
    expectSentence(result, words);
    expect(existsSync(result.into)).toBe(false);
  });

  test("a run folder that is not there, an unknown data set, an unknown prompt kind", async () => {
    const folder = await newFolder();
    for (const [args, words] of [
      [["status", "/no/such/run"], /safelab study init/],
      [["study", "init", join(folder, "a"), "--dataset", "nothing"], /safelab tasks add nothing/],
      [["study", "init", join(folder, "b"), "--prompt", "poem"], /nl .*ct/],
      [["study", "init", join(folder, "c"), "--model", "m"], /--endpoint/],
    ] as const) {
      const result = await safelab(args);
      expect(result.exitCode, args.join(" ")).toBe(2);
      expectSentence(result, words);
    }
    expect(existsSync(join(folder, "a"))).toBe(false);
  });

  test("an unknown command and a missing argument", async () => {
    expect((await safelab(["exterminate"])).exitCode).toBe(2);
    expect((await safelab(["scan"])).exitCode).toBe(2);
  });

  test("a scanner that is not known", async () => {
    const { into } = await importOf(solution("demo-u01", "x = 1"));
    const result = await safelab(["scan", into, "--scanner", "crystal-ball"]);
    expect(result.exitCode).toBe(2);
    expectSentence(result, /crystal-ball.*bandit/);
  });

  test("a port that is in use", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const result = await safelab(["lab", "--no-browser", "--port", port]);
    server.close();
    expect(result.exitCode).toBe(2);
    expectSentence(result, new RegExp(`port ${port} is in use`));
  });

  test("a folder that may not be written", async () => {
    const folder = join(await newFolder(), "closed");
    await mkdir(folder);
    await chmod(join(folder, ".."), 0o755);
    await chmod(folder, 0o555);
    const result = await safelabAsOrdinaryUser(["study", "init", join(folder, "run")]);
    expect(result.exitCode).toBe(2);
    expectSentence(result, /cannot be made/);
  });

  test("a run folder whose place is taken by a file", async () => {
    const file = join(await newFolder(), "file");
    await writeFile(file, "");
    const result = await safelab(["study", "init", join(file, "run")]);
    expect(result.exitCode).toBe(2);
    expectSentence(result, /cannot be made/);
  });
});

describe("something missing on the machine ends with exit code 3 and the command that installs it", () => {
  test("no Python", async () => {
    const empty = await newFolder();
    const result = await safelab(["execute", "data/demo"], { PATH: empty });
    expect(result.exitCode).toBe(3);
    expectSentence(result, /apt-get install python3/);
  });

  test("the doctor ends with it too, and says what is missing", async () => {
    const result = await safelab(["doctor"], { PATH: await newFolder() });
    expect(result.exitCode).toBe(3);
    expect(result.stdout).toMatch(/missing .*Python.*apt-get install python3/);
  });

  test("no bubblewrap", async () => {
    const folder = await newFolder();
    const python = join(folder, "python3");
    await writeFile(python, `#!/bin/sh\nexec ${await realPython()} "$@"\n`);
    await chmod(python, 0o755);
    const result = await safelab(["execute", "data/demo"], { PATH: folder });
    expect(result.exitCode).toBe(3);
    expectSentence(result, /apt-get install bubblewrap/);
  });

  test("a server that does not answer", async () => {
    const run = join(await newFolder(), "run");
    const made = await safelab([
      "study",
      "init",
      run,
      "--model",
      "m",
      "--endpoint",
      "http://127.0.0.1:9",
      "--tasks",
      "1",
    ]);
    expect(made.exitCode).toBe(0);
    const result = await safelab(["generate", run]);
    expect(result.exitCode).toBe(3);
    expectSentence(result, /127\.0\.0\.1:9/);
  });
});

async function realPython(): Promise<string> {
  const { findPython } = await import("../../src/process/findPython.js");
  return (await findPython()).executable;
}

test("help texts have examples and end with exit code 0", async () => {
  const result = await safelab(["import", "--help"]);
  expect(result).toMatchObject({ exitCode: 0, stderr: "" });
  expect(result.stdout).toMatch(/Examples:\n\s+\$ safelab import/);
});

test("study init writes a commented run.json that opens", async () => {
  const run = join(await newFolder(), "run");
  expect((await safelab(["study", "init", run, "--tasks", "2"])).exitCode).toBe(0);
  expect(await readFile(join(run, "run.json"), "utf8")).toContain("// Which tasks");
  const status = await safelab(["status", run]);
  expect(status.exitCode).toBe(0);
  expect(status.stdout).toMatch(/demo-cases/);
});
