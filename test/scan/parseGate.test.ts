import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { InterruptedError, SetupError } from "../../src/error.js";
import { parseGate } from "../../src/scan/parseGate.js";
import { scanFolderOf, temporaryFolder } from "./scanFolderOf.js";

const python = "python3";

async function reasons(texts: readonly (string | Uint8Array)[], interpreter = python, timeoutMs = 30_000) {
  const { directory, hashes } = await scanFolderOf(texts);
  const verdicts = await parseGate(directory, hashes, { python: interpreter, timeoutMs });
  expect(verdicts.size).toBe(new Set(hashes).size);
  return hashes.map((hash) => {
    const verdict = verdicts.get(hash);
    return verdict?.parses === false ? verdict.reason : verdict?.parses === true ? "parses" : "no verdict";
  });
}

/** A Python that does `misdeed` when it is about to parse a file with the word CULPRIT in it. */
async function misbehaving(misdeed: string): Promise<string> {
  const folder = await temporaryFolder();
  const file = join(folder, "python");
  const patch = [
    "import ast, os, sys, time",
    "real = ast.parse",
    "def parse(data):",
    `    if b'CULPRIT' in data: ${misdeed}`,
    "    return real(data)",
    "ast.parse = parse",
    "sys.argv = sys.argv[1:]",
    "exec(open(sys.argv[-1]).read())",
  ].join("\n");
  await writeFile(join(folder, "patch.py"), patch);
  await writeFile(file, `#!/bin/sh\nexec ${python} "$1" "$2" ${folder}/patch.py "$3"\n`);
  await chmod(file, 0o755);
  return file;
}

// python3.11 -c 'import ast; ast.parse(open(FILE, "rb").read())'
test("what Python cannot parse is told with Python's words and the line", async () => {
  expect(await reasons(["x = 1\n", "x = 1\ny = (\n", "def f():\nreturn 1\n", "if x:\n\ty\n        z\n"])).toEqual([
    "parses",
    "SyntaxError: '(' was never closed (line 2)",
    "IndentationError: expected an indented block after function definition on line 1 (line 2)",
    "TabError: inconsistent use of tabs and spaces in indentation (line 3)",
  ]);
});

test("NUL bytes, invalid UTF-8 and deep nesting do not parse; their neighbours do", async () => {
  const told = await reasons([
    "x = 1\n",
    "x = 'a\0b'\n",
    Uint8Array.from([120, 61, 39, 0xed, 0xa0, 0x80, 39]),
    `${"-".repeat(100_000)}1\n`,
    `${"(".repeat(300)}${")".repeat(300)}\n`,
    `x${".a".repeat(100_000)}\n`,
    "y = 2\n",
  ]);
  expect(told.map((reason) => reason.split(":")[0])).toEqual([
    "parses",
    expect.stringMatching(/^(SyntaxError|ValueError)$/),
    "SyntaxError",
    expect.stringMatching(/^(MemoryError|RecursionError|SyntaxError|Python's parser crashed.*)$/),
    "SyntaxError",
    expect.stringMatching(/^(MemoryError|RecursionError|parses)$/),
    "parses",
  ]);
});

test("a byte order mark, form feeds, CRLF, an empty file and 100,000 lines parse", async () => {
  const texts = ["\ufeffx = 1\n", "\f\nx = 1\n", "x = 1\r\ny = 2\r\n", "", "# only this", "x = 1\n".repeat(100_000)];
  expect(await reasons(texts)).toEqual(texts.map(() => "parses"));
});

test("warnings that Python prints while parsing disturb nothing", async () => {
  expect(await reasons(["x = 1 is 1\ny = '\\d'\nassert (x, 'z')\n", "print('\\w')\n"])).toEqual(["parses", "parses"]);
});

test.each([
  ["os.abort()", "Python's parser crashed (SIGABRT)"],
  ["os.kill(os.getpid(), 11)", "Python's parser crashed (SIGSEGV)"],
  ["time.sleep(60)", "Python's parser gave no answer in 2 s"],
])("where the parser does %s on some files, exactly these do not parse", async (misdeed, reason) => {
  const texts = ["a = 1\n", "CULPRIT = 1\n", "b = 1\n", "c = 1\n", "CULPRIT = 2\n"];
  const told = await reasons(texts, await misbehaving(misdeed), 2000);
  expect(told).toEqual(["parses", reason, "parses", "parses", reason]);
});

test("an interpreter that does not run is an error of the machine, not a verdict", async () => {
  await expect(reasons(["x = 1\n"], "/nonexistent/python3")).rejects.toThrow(SetupError);
  await expect(reasons(["x = 1\n"], "/bin/false")).rejects.toThrow(SetupError);
});

test("no file asked is no process and no verdict", async () => {
  expect(await reasons([], "/nonexistent/python3")).toEqual([]);
});

test("the gate stops when told", async () => {
  const { directory, hashes } = await scanFolderOf(["CULPRIT = 1\n"]);
  const slow = await misbehaving("time.sleep(60)");
  const signal = AbortSignal.timeout(300);
  await expect(parseGate(directory, hashes, { python: slow, signal })).rejects.toThrow(InterruptedError);
});
