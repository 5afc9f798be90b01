import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SetupError } from "../../src/error.js";
import { unpackBrowser } from "../../src/export/unpackBrowser.js";

const folder = mkdtempSync(join(tmpdir(), "safelab-unpack-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("several at once unpack one whole copy and leave nothing aside", async () => {
  const cache = join(folder, "cache");
  const found = await Promise.all([1, 2, 3].map(() => unpackBrowser("fonts", cache)));
  expect(new Set(found).size).toBe(1);
  expect(existsSync(join(found[0] ?? "", "fonts/Open_Sans/OpenSans-Regular.ttf"))).toBe(true);
  expect(readdirSync(cache)).toHaveLength(1);
});

test("what a killed process left half-unpacked is swept away once it is old", async () => {
  const cache = join(folder, "swept");
  mkdirSync(join(cache, "unpacking-old"), { recursive: true });
  mkdirSync(join(cache, "unpacking-new"));
  utimesSync(join(cache, "unpacking-old"), 1, 1);
  await unpackBrowser("fonts", cache);
  expect(readdirSync(cache)).toContain("unpacking-new");
  expect(readdirSync(cache)).not.toContain("unpacking-old");
});

test("a cache folder that cannot be made is a SetupError with the way out", async () => {
  await expect(unpackBrowser("fonts", "/dev/null/cache")).rejects.toThrow(SetupError);
  await expect(unpackBrowser("fonts", "/dev/null/cache")).rejects.toThrow(/sudo apt-get install chromium/);
});
