import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { installUserKernels } from "../../src/notebook/kernelSpec.js";
import { hostEnvironment } from "../../src/process/hostEnvironment.js";
import { runProgram } from "../../src/process/runProgram.js";
import { requireExtra } from "../../src/process/venv.js";

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

test.each([
  ["JUPYTER_DATA_DIR", "data", []],
  ["XDG_DATA_HOME", "xdg", ["jupyter"]],
])("with %s set, the kernels are registered where Jupyter then looks for them", async (name, value, below) => {
  const chosen = join(folder, value);
  for (const each of ["JUPYTER_DATA_DIR", "XDG_DATA_HOME"]) vi.stubEnv(each, each === name ? chosen : "");
  const installed = await installUserKernels();
  vi.unstubAllEnvs();
  expect(installed.map((each) => each.folder)).toEqual([
    join(chosen, ...below, "kernels", "safelab"),
    join(chosen, ...below, "kernels", "tslab"),
  ]);
  const { python } = await requireExtra("base");
  const list = ["-m", "jupyter_client.kernelspecapp", "list", "--json"];
  // Else Jupyter takes a kernel of that name from its own environment.
  const env = { ...hostEnvironment(), [name]: chosen, JUPYTER_PREFER_ENV_PATH: "0" };
  const { stdout } = await runProgram(python, list, { env });
  const { kernelspecs } = JSON.parse(stdout) as { kernelspecs: Record<string, { resource_dir: string } | undefined> };
  expect(["safelab", "tslab"].map((each) => kernelspecs[each]?.resource_dir)).toEqual(
    installed.map((each) => each.folder),
  );
});

test("a plain tslab kernel that the user has stays as it is", async () => {
  const other = join(folder, "other");
  mkdirSync(join(other, "kernels", "tslab"), { recursive: true });
  const installed = await installUserKernels(other);
  expect(installed.map(({ label }) => label)).toEqual(["TypeScript (safelab)"]);
  expect(existsSync(join(other, "kernels", "tslab", "kernel.json"))).toBe(false);
});
