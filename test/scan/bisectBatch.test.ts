import fc from "fast-check";
import { expect, test } from "vitest";
import { type BatchAnswer, bisectBatch } from "../../src/scan/bisectBatch.js";

const names = Array.from({ length: 12 }, (_, index) => `h${index}`);

function scannerThatFailsOn(culprits: ReadonlySet<string>) {
  let runs = 0;
  const attempt = (part: readonly string[]): Promise<BatchAnswer> => {
    runs += 1;
    return Promise.resolve(
      part.some((name) => culprits.has(name))
        ? { kind: "broken", reason: "fell over" }
        : {
            kind: "answered",
            files: new Map(part.map((name) => [name, { status: "secure", reason: "", findings: [] }])),
          },
    );
  };
  return { attempt, runs: () => runs };
}

test("exactly the files that break a run fail, and every file has an entry", async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(names), fc.subarray(names), async (files, culprits) => {
      const batch = await bisectBatch(files, scannerThatFailsOn(new Set(culprits)).attempt, async () => {});
      expect([...batch.keys()]).toEqual(files);
      expect([...batch].filter(([, file]) => file.status === "scanFailed").map(([name]) => name)).toEqual(
        files.filter((name) => culprits.includes(name)),
      );
    }),
  );
});

test("one culprit among 200 files costs at most 17 runs", async () => {
  const files = Array.from({ length: 200 }, (_, index) => `h${index}`);
  const scanner = scannerThatFailsOn(new Set(["h137"]));
  await bisectBatch(files, scanner.attempt, async () => {});
  expect(scanner.runs()).toBeLessThanOrEqual(17);
});

test("a scanner at fault is asked about once and ends the search", async () => {
  const scanner = scannerThatFailsOn(new Set(names));
  const onBroken = (reason: string) => Promise.reject(new Error(`at fault: ${reason}`));
  await expect(bisectBatch(names, scanner.attempt, onBroken)).rejects.toThrow("at fault: fell over");
  expect(scanner.runs()).toBe(1);
});
