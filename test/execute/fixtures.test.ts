import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../src/execute/defaultLimits.js";
import { findInterpreter } from "../../src/execute/interpreter.js";
import { openRunner } from "../../src/execute/openRunner.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { referenceValues } from "../../src/execute/referenceValues.js";
import { roomsFor } from "../../src/execute/roomsFor.js";
import type { Fixtures } from "../../src/task/task.js";
import { casesToy } from "./toyTasks.js";

const probe = await probeIsolation();

const fixtures: Fixtures = {
  folders: ["/valid/folder", "/tmp/empty"],
  files: [
    { path: "/valid/folder/a.txt", text: "A" },
    { path: "/home/ann.json", text: "{}" },
    { path: "notes/n.bin", base64: "AP8=" },
  ],
};
/** What a call with a path finds there; `>PATH` tries to make a file. */
const reference = `
import os

def task_func(x):
    if x.startswith(">"):
        try:
            open(x[1:], "x").close()
            return "made"
        except OSError as thrown:
            return type(thrown).__name__ + str(thrown.errno)
    if os.path.isdir(x):
        return sorted(os.listdir(x))
    return open(x, "rb").read() if os.path.exists(x) else None
`;
const expected: Record<string, unknown> = {
  "/valid": ["folder"],
  "/valid/folder": ["a.txt"],
  "/valid/folder/a.txt": "41",
  "/home/ann.json": "7b7d",
  "/tmp/empty": [],
  "notes/n.bin": "00ff",
  ">/valid/folder/new": "made",
  ">/home/new": "made",
  ">/new": "OSError30",
  ">/usr/new": "OSError30",
};
const plain = (value: { t: string; v?: unknown }): unknown =>
  Array.isArray(value.v) ? value.v.map((item) => plain(item as { t: string })) : value.v;

async function found(nested: boolean, laid: Fixtures): Promise<Record<string, unknown>> {
  if (!probe.ok) throw new Error(probe.reason);
  const isolation = { ...probe.isolation, nested: nested && probe.isolation.nested };
  const runner = openRunner({ isolation, interpreter: await findInterpreter(), limits: defaultLimits }, 1);
  try {
    const paths = Object.keys(expected);
    const task = { ...casesToy, reference, cases: paths.map((x) => JSON.stringify({ x })), fixtures: laid };
    const { values, undecided } = await referenceValues(task, { runner, limits: defaultLimits });
    expect(undecided).toBe("");
    return Object.fromEntries(paths.map((path, index) => [path, plain(values.get(index) as { t: string })]));
  } finally {
    await runner.close();
  }
}

describe.skipIf(!probe.ok)("the fixtures of a task", () => {
  test("lie where its tests look for them and can be written; the rest of the machine stays closed", async () => {
    // Two runs give the same: no sample meets what another one wrote.
    expect(await found(true, fixtures)).toEqual(expected);
  });

  test("also in a folder of the system, beside what it holds", async () => {
    const path = "/usr/local/share/safelab-notes/a.txt";
    const laid = { folders: [], files: [...fixtures.files, { path, text: "deep" }] };
    expected[path] = "64656570";
    expect(await found(true, { ...laid, folders: fixtures.folders })).toEqual(expected);
    expect(Reflect.deleteProperty(expected, path)).toBe(true);
  });

  test("lie there as well where every sample has a bubblewrap of its own", async () => {
    expect(await found(false, fixtures)).toEqual(expected);
  });
});

test("rooms are the folders of the root, those of the system left out", () => {
  expect(roomsFor(undefined)).toEqual([]);
  expect(roomsFor(fixtures)).toEqual(["/home", "/valid"]);
  expect(roomsFor({ folders: ["/usr/local/docs", "/tmp/x", "here"], files: [] })).toEqual([]);
});
