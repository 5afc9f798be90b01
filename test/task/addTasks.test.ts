import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { addTasks } from "../../src/task/addTasks.js";
import { loadTasks } from "../../src/task/loadTasks.js";

const source = join(projectRoot(), "data", "demo", "demo-cases-tasks.jsonl");
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "safelab-add-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("an added data set lies in a folder that is made for it, byte for byte, and is found by name", async () => {
  const target = join(folder, "new", "external");
  const added = await addTasks("demo-cases", source, target);
  expect(added.path).toBe(join(target, "demo-cases-tasks.jsonl"));
  expect(await readFile(added.path)).toEqual(await readFile(source));
  expect(await loadTasks("demo-cases", [target])).toEqual(added);
  expect(await readdir(target)).toEqual(["demo-cases-tasks.jsonl"]);
});

test("a compressed file is stored as one whatever its name, and replaces the plain one", async () => {
  const target = join(folder, "external");
  await addTasks("demo-cases", source, target);
  const odd = join(folder, "download.json");
  await writeFile(odd, gzipSync(await readFile(source)));
  await addTasks("demo-cases", odd, target);
  expect(await readdir(target)).toEqual(["demo-cases-tasks.jsonl.gz"]);
});

test("a malformed file is refused and leaves what was there", async () => {
  await addTasks("demo-cases", source, folder);
  const wrong = join(import.meta.dirname, "ugly", "bad-json-tasks.jsonl");
  await expect(addTasks("demo-cases", wrong, folder)).rejects.toThrow(/bad-json-tasks\.jsonl:1: field "dataset"/);
  expect(await readFile(join(folder, "demo-cases-tasks.jsonl"))).toEqual(await readFile(source));
});

test.each([
  [
    "bigcodebench",
    { id: "0b1a6967", CWE_ID: "78" },
    /:1: not a task of "bigcodebench": it has the fields id, CWE_ID; expected task_id/,
  ],
  [
    "mine",
    { task_id: "BigCodeBench/0", solution: "x" },
    /:1: this is a file of samples.* `safelab import FILE --into RUN/,
  ],
  ["mine", { task_id: "t", complete_prompt: "", canonical_solution: "" }, /`safelab tasks add bigcodebench FILE`/],
  ["mine", { a: 1 }, /:1: not a task of "mine": it has the fields a; expected style, prompts, reference/],
  ["mine", [1], /:1: expected a JSON object, one task a line/],
  ["mine", { style: "cases" }, /:1: field /],
])("a file that is no %s says what it is and what to do with it", async (name, line, words) => {
  const file = join(folder, "some.jsonl");
  await writeFile(file, `${JSON.stringify(line)}\n`);
  await expect(addTasks(name, file, folder)).rejects.toThrow(words);
});

test("a missing file is an input error that names it", async () => {
  const added = addTasks("demo-cases", join(folder, "missing.jsonl"), folder);
  await expect(added).rejects.toThrow(InputError);
  await expect(added).rejects.toThrow(
    /cannot read \S*missing\.jsonl: no such file or directory; give the path of a file that you may read$/,
  );
});

test("a folder that cannot be written is an input error, and no temporary file stays", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  await expect(addTasks("demo-cases", source, join(file, "external"))).rejects.toThrow(
    /cannot write .*; make .* writable/,
  );
  await mkdir(join(folder, "taken", "demo-cases-tasks.jsonl"), { recursive: true });
  await expect(addTasks("demo-cases", source, join(folder, "taken"))).rejects.toThrow(InputError);
  expect(await readdir(join(folder, "taken"))).toEqual(["demo-cases-tasks.jsonl"]);
});
