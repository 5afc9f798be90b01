import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { withScanFolder } from "../../src/scan/scanFolder.js";
import { scanFolderOf } from "./scanFolderOf.js";

test("no name that a scanner sees is one that scanners skip: test_*.py, *_test.py, tests/, node_modules/, .git", async () => {
  const { directory, hashes } = await scanFolderOf(["def test_one():\n    pass\n", "# tests/test_two.py\n"]);
  const seen = await withScanFolder(directory, hashes, async ({ cwd }) =>
    (await readdir(cwd, { recursive: true })).sort(),
  );
  expect(seen).toHaveLength(3);
  for (const path of seen) expect(path).toMatch(/^[0-9a-f]{32}(\/[0-9a-f]{64}\.py)?$/);
});
