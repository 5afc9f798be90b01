import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { installUserKernels } from "../../src/notebook/kernelSpec.js";

const folder = mkdtempSync(join(tmpdir(), "safelab-kernel-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Spec {
  readonly argv: readonly string[];
}

const specIn = (written: string) => JSON.parse(readFileSync(join(written, "kernel.json"), "utf8")) as Spec;

test("both kernels are described with absolute paths that exist, and are interrupted by a signal", async () => {
  const [own, plain, ...more] = await installUserKernels(folder);
  expect(more).toEqual([]);
  expect(own).toEqual({ label: "TypeScript (safelab)", folder: join(folder, "kernels", "safelab") });
  expect(plain).toEqual({ label: "TypeScript", folder: join(folder, "kernels", "tslab") });
  for (const { label, folder: written } of [own!, plain!]) {
    const spec = specIn(written);
    expect(spec).toMatchObject({ display_name: label, language: "typescript", interrupt_mode: "signal" });
    expect(spec.argv.slice(0, 2).every((file) => existsSync(file))).toBe(true);
    expect(spec.argv.at(-1)).toBe("{connection_file}");
  }
});

test("a plain tslab kernel that the user has stays as it is", async () => {
  const other = join(folder, "other");
  mkdirSync(join(other, "kernels", "tslab"), { recursive: true });
  const installed = await installUserKernels(other);
  expect(installed.map(({ label }) => label)).toEqual(["TypeScript (safelab)"]);
  expect(existsSync(join(other, "kernels", "tslab", "kernel.json"))).toBe(false);
});
