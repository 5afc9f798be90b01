import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { installUserKernel } from "../../src/notebook/kernelSpec.js";

const folder = mkdtempSync(join(tmpdir(), "safelab-kernel-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the kernel is described with absolute paths that exist, and is interrupted by a signal", async () => {
  const written = await installUserKernel(folder);
  const spec = JSON.parse(readFileSync(join(written, "kernel.json"), "utf8")) as { argv: string[] };
  expect(written).toBe(join(folder, "kernels", "tslab"));
  expect(spec).toMatchObject({ language: "typescript", interrupt_mode: "signal" });
  expect(spec.argv.slice(0, 2).every((file) => existsSync(file))).toBe(true);
  expect(spec.argv.slice(2)).toEqual(["kernel", "--config-path", "{connection_file}"]);
});
