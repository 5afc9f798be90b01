import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { InputError } from "../../src/error.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { loadTasks } from "../../src/task/loadTasks.js";
import { taskFolders } from "../../src/task/taskFolders.js";

const demo = join(projectRoot(), "data", "demo");
const ugly = join(import.meta.dirname, "ugly");
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "safelab-tasks-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const failure = async (name: string, folders: string[]) => {
  const error: unknown = await loadTasks(name, folders).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
};

test("a bundled data set is found by name without further set-up", async () => {
  const { name, tasks, path, sha256 } = await loadTasks("demo-cases");
  expect({ name, path }).toEqual({ name: "demo-cases", path: join(demo, "demo-cases-tasks.jsonl") });
  expect(tasks[0]?.id).toBe("demo-c01");
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("folders are searched in order: SAFELAB_DATA, what the user added, the demo", () => {
  vi.stubEnv("SAFELAB_DATA", "/mine");
  expect(taskFolders()).toEqual(["/mine", join(projectRoot(), "data", "external"), demo]);
  vi.stubEnv("SAFELAB_DATA", "");
  expect(taskFolders()).toEqual([join(projectRoot(), "data", "external"), demo]);
});

test("the first folder that has the data set wins, and gzip is read like plain text", async () => {
  const text = await readFile(join(demo, "demo-cases-tasks.jsonl"), "utf8");
  const first = text.split("\n")[0] ?? "";
  await writeFile(join(folder, "demo-cases-tasks.jsonl.gz"), gzipSync(first));
  expect((await loadTasks("demo-cases", [folder, demo])).tasks).toHaveLength(1);
  expect((await loadTasks("demo-cases", [demo, folder])).tasks.length).toBeGreaterThan(1);
});

test("sha256 is that of the bytes, testsHash that of the tests: prompts and order change the first alone", async () => {
  const before = await loadTasks("demo-cases", [demo]);
  const text = await readFile(before.path, "utf8");
  const write = (changed: string) => writeFile(join(folder, "demo-cases-tasks.jsonl"), changed);

  await write(text.trimEnd().replaceAll("Return", "Give back").split("\n").toReversed().join("\r\n"));
  const reworded = await loadTasks("demo-cases", [folder]);
  expect(reworded.sha256).not.toBe(before.sha256);
  expect(reworded.testsHash).toBe(before.testsHash);

  for (const [old, changed] of [
    ["{'text': 'a'}", "{'text': 'b'}"],
    ["usedforsecurity=False", "usedforsecurity=True"],
    ["ann@example.org", "anna@example.org"],
    ["demo-c01", "demo-c99"],
    ['"entryPoint": "clone"', '"entryPoint": "copied"'],
  ] as const) {
    expect(text).toContain(old);
    await write(text.replace(old, changed));
    expect((await loadTasks("demo-cases", [folder])).testsHash, old).not.toBe(before.testsHash);
  }
});

test("testsHash of unittest tasks covers tests, code prompt and entry point, not the reference", async () => {
  const before = await loadTasks("demo-unittest", [demo]);
  const [line = ""] = (await readFile(before.path, "utf8")).split("\n");
  const hashWith = async (field: string) => {
    await writeFile(
      join(folder, "demo-unittest-tasks.jsonl"),
      JSON.stringify({ ...(JSON.parse(line) as object), [field]: "changed" }),
    );
    return (await loadTasks("demo-unittest", [folder])).testsHash;
  };
  const unchanged = await hashWith("reference");
  for (const field of ["test", "codePrompt", "entryPoint", "id"]) expect(await hashWith(field)).not.toBe(unchanged);
});

test("an absent data set is an input error that says where it was looked for and how to add it", async () => {
  expect(await failure("nothing", ["/a", "/b"])).toBe(
    'no data set "nothing": there is no nothing-tasks.jsonl and no nothing-tasks.jsonl.gz in /a, /b; ' +
      "add it with `safelab tasks add nothing PATH`",
  );
});

test("a name cannot leave its folder", async () => {
  expect(await failure("../demo/demo-cases", [folder])).toContain("is no name of a data set");
});

test.each([
  ["bad-json", "bad-json-tasks.jsonl:3: expected a JSON object, found text that is not JSON"],
  ["wrong-type", 'wrong-type-tasks.jsonl:2: field "prompts.nl": Invalid input: expected string, received number'],
  ["duplicate", 'duplicate-tasks.jsonl:4: field "id": "t1" stands in line 1 already'],
  ["other-style", 'other-style-tasks.jsonl:1: field "style": '],
  ["other-dataset", 'other-dataset-tasks.jsonl:1: field "dataset": expected "other-dataset", found "someone-else"'],
  ["no-cases", 'no-cases-tasks.jsonl:1: field "cases": '],
  ["empty", "empty-tasks.jsonl: holds no task; expected one JSON object a line"],
  ["truncated", "truncated-tasks.jsonl.gz: neither UTF-8 text nor a whole gzip file"],
])("the malformed file %s is an input error with file, line and field", async (name, message) => {
  expect(await failure(name, [ugly])).toContain(message);
});

test("bigcodebench is read in its publisher's format, and a line of another says what is expected", async () => {
  await copyFile(join(demo, "demo-unittest-tasks.jsonl"), join(folder, "bigcodebench-tasks.jsonl"));
  const message = await failure("bigcodebench", [folder]);
  expect(message).toContain(
    'bigcodebench-tasks.jsonl:1: not a task of "bigcodebench": it has the fields schemaVersion, dataset',
  );
  expect(message).toContain("expected task_id, complete_prompt");
});
