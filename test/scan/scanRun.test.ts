import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { InputError, InterruptedError, SetupError } from "../../src/error.js";
import type { Progress } from "../../src/progress.js";
import { sha256 } from "../../src/record/canonical.js";
import { countingScans } from "../../src/record/countingRecords.js";
import { takeLock } from "../../src/record/lock.js";
import * as appenders from "../../src/record/openAppender.js";
import { readRecords } from "../../src/record/readRecords.js";
import { openRunFolder } from "../../src/record/runFolder.js";
import type { Scanner } from "../../src/scan/scanner.js";
import { scannerNamed, scannerNames } from "../../src/scan/scannerNamed.js";
import { scanRun } from "../../src/scan/scanRun.js";
import { addSamples, runWithSamples, sampleOf } from "./runWithSamples.js";

vi.mock("../../src/record/openAppender.js", { spy: true });

const flagged = "import os\nos.system(input())\n";
const clean = "x = 1\n";
const broken = "def f(:\n";

/** A scanner that flags every file and keeps what it was asked. */
function flagAll(name: string, rulesHash = "a".repeat(64)): Scanner & { asked: string[][] } {
  const asked: string[][] = [];
  return {
    name,
    asked,
    identify: () => Promise.resolve({ version: "1", rulesHash }),
    scan: (_directory, hashes) => {
      asked.push([...hashes]);
      return Promise.resolve(new Map(hashes.map((hash) => [hash, { status: "insecure", reason: "", findings: [] }])));
    },
  };
}

test("Bandit's verdicts are recorded once per text; what does not parse is unscannable with the reason", async () => {
  const run = await runWithSamples([flagged, clean, broken, flagged, null, { withheld: true }]);
  const summary = await scanRun(run);
  expect(summary.samplesWithoutCode).toBe(2);
  expect(summary).toMatchObject({
    done: 3,
    skipped: 0,
    counts: { secure: 1, insecure: 1, unscannable: 1, scanFailed: 0 },
    scanners: [{ scanner: "bandit", version: "1.9.4", done: 3, skipped: 0 }],
  });
  const scans = await readRecords(run, "scans");
  expect(scans.map(({ scanHash, status, reason }) => [scanHash, status, reason])).toEqual([
    [sha256(flagged), "insecure", ""],
    [sha256(clean), "secure", ""],
    [sha256(broken), "unscannable", "SyntaxError: invalid syntax (line 1)"],
  ]);
  expect(scans[0]?.findings.map(({ ruleId, cwe, lines }) => [ruleId, cwe, lines])).toEqual([["B605", [78], [2, 2]]]);
});

test("a second call scans only what is new", async () => {
  const run = await runWithSamples([flagged, broken]);
  const scanner = flagAll("mine");
  await scanRun(run, { scanners: [scanner] });
  await addSamples(run, [sampleOf(clean, 7), sampleOf(flagged, 8)]);
  const summary = await scanRun(run, { scanners: [scanner] });
  expect(scanner.asked).toEqual([[sha256(flagged)], [sha256(clean)]]);
  expect(summary).toMatchObject({ done: 1, skipped: 2 });
  expect(await readRecords(run, "scans")).toHaveLength(3);
});

test("a scanner whose rules changed scans everything again", async () => {
  const run = await runWithSamples([flagged]);
  await scanRun(run, { scanners: [flagAll("mine")] });
  await scanRun(run, { scanners: [flagAll("mine", "b".repeat(64))] });
  expect(new Set((await readRecords(run, "scans")).map(({ rulesHash }) => rulesHash)).size).toBe(2);
});

test("a scanner named twice scans once", async () => {
  const run = await runWithSamples([flagged]);
  const scanner = flagAll("mine");
  await scanRun(run, { scanners: [scanner, scanner] });
  expect(scanner.asked).toHaveLength(1);
});

test("scanners see UTF-8 text whatever encoding the code declares, and no text that UTF-8 cannot hold", async () => {
  const run = await runWithSamples(["# coding: nonsense\neval(input())\n", "x = '\ud800'\n"]);
  await scanRun(run);
  expect((await readRecords(run, "scans")).map(({ status, reason }) => [status, reason])).toEqual([
    ["insecure", ""],
    ["unscannable", "UnicodeEncodeError: a lone surrogate"],
  ]);
});

test("a scanner that nobody knows is an error that lists the known ones", async () => {
  const run = await runWithSamples([clean], ["bandit", "magic"]);
  await expect(scanRun(run)).rejects.toThrow(
    /^no scanner is called "magic": known are bandit, bearer, codeql\. The report .*--import FILE --as magic`$/,
  );
  expect(() => scannerNamed("toString")).toThrow(InputError);
  expect(scannerNames.map((name) => scannerNamed(name).name)).toEqual(scannerNames);
});

test("a missing scanner stops before anything is scanned", async () => {
  const run = await runWithSamples([clean]);
  const present = flagAll("present");
  const missing = { ...flagAll("missing"), identify: () => Promise.reject(new SetupError("run `install missing`")) };
  await expect(scanRun(run, { scanners: [present, missing] })).rejects.toThrow("run `install missing`");
  expect(present.asked).toEqual([]);
  expect(await readRecords(run, "scans")).toEqual([]);
});

test("the interpreter that executes samples is the one that parses them", async () => {
  const run = await runWithSamples([clean]);
  const missing = scanRun(run, { scanners: [flagAll("mine")], python: "/nonexistent/python3" });
  await expect(missing).rejects.toThrow("`/nonexistent/python3` cannot be started");
});

test("a sample whose code is not what its hash says is named", async () => {
  const run = await runWithSamples([]);
  await addSamples(run, [sampleOf(clean, 3, { scanHash: sha256("other") })]);
  await expect(scanRun(run)).rejects.toThrow(/^sample demo task\/3 ct model base, repeat 0, index 0: its code has/);
});

test("what was scanned before a stop or a failure stays, and the next call goes on", async () => {
  const codes = Array.from({ length: 450 }, (_, index) => `x = ${index}\n`);
  const run = await runWithSamples(codes);
  const controller = new AbortController();
  const stopAfterFirstBatch = ({ done }: Progress) => {
    if (done > 0) controller.abort();
  };
  await expect(
    scanRun(run, { scanners: [flagAll("mine")], signal: controller.signal, onProgress: stopAfterFirstBatch }),
  ).rejects.toThrow(InterruptedError);
  expect(await readRecords(run, "scans")).toHaveLength(200);

  const failing = { ...flagAll("mine"), scan: () => Promise.reject(new SetupError("gone")) };
  await expect(scanRun(run, { scanners: [failing] })).rejects.toThrow(SetupError);

  const told: Progress[] = [];
  await scanRun(run, { scanners: [flagAll("mine")], onProgress: (progress) => told.push(progress) });
  expect(told.map(({ stage, done, total, counts }) => [stage, done, total, counts.insecure])).toEqual([
    ["scan mine", 0, 250, 0],
    ["scan mine", 200, 250, 200],
    ["scan mine", 250, 250, 250],
  ]);
  expect(told.map(({ waiting }) => waiting?.what)).toEqual(["batch 1 of 2", "batch 2 of 2", undefined]);
  expect(await readRecords(run, "scans")).toHaveLength(450);
});

test("the lock of scans is taken before anything is scanned, and not when nothing is missing", async () => {
  const run = await runWithSamples([flagged]);
  const file = join(run.path, "scans.jsonl");
  const scanner = flagAll("mine");
  const release = await takeLock(file);
  await expect(scanRun(run, { scanners: [scanner] })).rejects.toThrow(/is in use by process/);
  expect(scanner.asked).toEqual([]);
  await release();
  await scanRun(run, { scanners: [scanner] });
  const again = await takeLock(file);
  expect(await scanRun(run, { scanners: [scanner] })).toMatchObject({ done: 0, skipped: 1 });
  await again();
});

test("what another process scanned before the lock was got is not scanned again", async () => {
  const run = await runWithSamples([flagged, clean]);
  const scanner = flagAll("mine");
  await scanRun(run, { scanners: [scanner] });
  const file = join(run.path, "scans.jsonl");
  const [first = ""] = (await readFile(file, "utf8")).split(/(?<=\n)/);
  await writeFile(file, "");
  const { openAppender } = await vi.importActual<typeof appenders>("../../src/record/openAppender.js");
  vi.mocked(appenders.openAppender).mockImplementationOnce(async (folder, kind) => {
    await writeFile(file, first);
    return openAppender(folder, kind);
  });
  expect(await scanRun(run, { scanners: [scanner] })).toMatchObject({ done: 1, skipped: 1 });
  expect(scanner.asked.at(-1)).toEqual([sha256(clean)]);
});

test("where scans with other rules are there, those used now count, also when stopped after the first batch", async () => {
  const codes = Array.from({ length: 201 }, (_, index) => `x = ${index}\n`);
  const run = await runWithSamples(codes, ["mine"]);
  await scanRun(run, { scanners: [flagAll("mine")] });
  const stop = new AbortController();
  const onProgress = ({ done }: Progress) => {
    if (done > 0) stop.abort();
  };
  const stopped = scanRun(run, { scanners: [flagAll("mine", "b".repeat(64))], signal: stop.signal, onProgress });
  await expect(stopped).rejects.toEqual(
    new InterruptedError("scanning was stopped; what was scanned is kept, start again to go on"),
  );
  const scans = await readRecords(run, "scans");
  const { study } = await openRunFolder(run.path);
  expect(study.counts.scanner["mine"]?.rulesHash).toBe(scans.at(-1)?.rulesHash);
  expect(countingScans(study, "mine", scans).size).toBe(200);

  await scanRun(await openRunFolder(run.path), { scanners: [flagAll("mine")] });
  const then = (await openRunFolder(run.path)).study;
  expect(countingScans(then, "mine", await readRecords(run, "scans")).size).toBe(201);
});

test("a scanner that fails at once leaves the rules that counted before", async () => {
  const run = await runWithSamples([flagged], ["mine"]);
  await scanRun(run, { scanners: [flagAll("mine")] });
  const failing = { ...flagAll("mine", "b".repeat(64)), scan: () => Promise.reject(new SetupError("gone")) };
  await expect(scanRun(run, { scanners: [failing] })).rejects.toThrow(SetupError);
  expect((await openRunFolder(run.path)).study.counts.scanner).toEqual({});
});

test("a text of over a million characters is scanned in a batch of its own", async () => {
  const large = "x = 1\n".repeat(200_000);
  const run = await runWithSamples(["a = 1\n", large, "b = 1\n", "c = 1\n"]);
  const scanner = flagAll("mine");
  await scanRun(run, { scanners: [scanner] });
  expect(scanner.asked.map((batch) => batch.length)).toEqual([1, 1, 2]);
});
