import { writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hostEnvironment } from "../../src/process/hostEnvironment.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { runProgram } from "../../src/process/runProgram.js";
import { runFolderWith } from "./fixtures.js";

/** Takes the lock many times, each time next to a stale one, and says when it was held, by the system's clock. */
const contender = `
import { writeFileSync, existsSync } from "node:fs";
import { takeLock } from ${JSON.stringify(join(projectRoot(), "dist", "record", "lock.js"))};
const [file, stale] = process.argv.slice(1);
const held = [];
while (held.length < 40) {
  try {
    const release = await takeLock(file);
    const from = process.hrtime.bigint();
    await new Promise((resolve) => setTimeout(resolve, 1));
    held.push([String(from), String(process.hrtime.bigint())]);
    await release();
    if (!existsSync(file + ".lock")) writeFileSync(file + ".lock", stale, { flag: "wx" });
  } catch (error) {
    if (!/in use|EEXIST|cannot be taken/.test(String(error))) throw error;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
  }
}
console.log(JSON.stringify(held));`;

test("of several processes that find a dead holder's lock one at a time holds it", { timeout: 120_000 }, async () => {
  const file = join(await runFolderWith({}), "samples.jsonl");
  const stale = JSON.stringify({ host: hostname(), pid: 2 ** 22 + 1, started: "1" });
  await writeFile(`${file}.lock`, stale);
  const args = ["--input-type=module", "-e", contender, file, stale];
  const results = await Promise.all(
    [1, 2, 3].map(() => runProgram(process.execPath, args, { env: hostEnvironment(), timeoutMs: 100_000 })),
  );
  const spans = results
    .flatMap(({ stdout }) => JSON.parse(stdout) as [string, string][])
    .map(([from, to]) => [BigInt(from), BigInt(to)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  expect(spans).toHaveLength(120);
  const overlaps = spans.filter(([from], index) => index > 0 && from < (spans[index - 1]?.[1] ?? 0n));
  expect(overlaps).toEqual([]);
});
