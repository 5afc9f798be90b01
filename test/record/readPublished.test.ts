import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { openPaper } from "../../src/notebook/openPaper.js";
import { readPublished } from "../../src/record/readPublished.js";

const header = "id,place,dataset,model,method,quantity,value,unit,printed,checkedAgainst,note";
const line = (id: string, value = "0.5", unit = "share") => `${id},Table 1,D,M,One,q,${value},${unit},0.5,text,`;

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "safelab-paper-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const csv = (...lines: string[]) => [header, ...lines, ""].join("\n");

test("files are read by name, values as numbers, empty ones as null, derived.csv not at all", async () => {
  const folder = await folderOf({
    "b.csv": csv(line("b1", "")),
    "a.csv": csv(line("a1"), line("a2")),
    "derived.csv": "x\n1\n",
  });
  expect((await readPublished(folder)).map(({ id, value }) => [id, value])).toEqual([
    ["a1", 0.5],
    ["a2", 0.5],
    ["b1", null],
  ]);
});

test("an id that stands twice is named with both places, in another file as well", async () => {
  const folder = await folderOf({ "a.csv": csv(line("one"), line("two")), "b.csv": csv(line("three"), line("two")) });
  await expect(readPublished(folder)).rejects.toThrow(/^b\.csv:3: the id two stands at a\.csv:3 already/);
  await expect(readPublished(folder)).rejects.toBeInstanceOf(InputError);
});

test("a row that is none is named by file and line, with the field that is wrong", async () => {
  const unit = await folderOf({ "a.csv": csv(line("one"), line("two", "0.5", "percent")) });
  await expect(readPublished(unit)).rejects.toThrow(/^a\.csv:3: .*unit/);
  const value = await folderOf({ "a.csv": csv(line("one", "half")) });
  await expect(readPublished(value)).rejects.toThrow(/^a\.csv:2: .*value/);
});

test("a folder without relations, with text that is not JSON, or with an unknown kind is refused by name", async () => {
  const numbers = { "a.csv": csv(line("one")) };
  await expect(openPaper(await folderOf(numbers))).rejects.toThrow(/relations\.json cannot be read .*hang together/);
  await expect(openPaper(await folderOf({ ...numbers, "relations.json": "[" }))).rejects.toThrow(
    /relations\.json is not JSON/,
  );
  const unknown = await folderOf({ ...numbers, "relations.json": '[{ "kind": "guess" }]' });
  await expect(openPaper(unknown)).rejects.toThrow(/relations\.json: .*kind/);
  await expect(openPaper(unknown)).rejects.toBeInstanceOf(InputError);
  const fine = await folderOf({ ...numbers, "relations.json": "[]" });
  expect(await openPaper(fine)).toMatchObject({ numbers: [{ id: "one" }], relations: [] });
});
