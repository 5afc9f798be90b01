import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { modelPresets } from "../../src/generate/modelPresets.js";
import { editStudy, openRunFolder } from "../../src/record/runFolder.js";
import { newFolder, safelab } from "./safelab.js";

const init = async (...args: readonly string[]) => {
  const folder = join(await newFolder(), "run");
  return { folder, made: await safelab(["study", "init", folder, "--tasks", "1", ...args]) };
};

test.each([
  ["127.0.0.1:8000/v1", '"127.0.0.1:8000/v1" is no address of a server'],
  ["htp://127.0.0.1:8000/v1", '"htp://127.0.0.1:8000/v1" is no address of a server: it must begin with http:// or'],
  ["http://me:hidden@127.0.0.1:9/v1", "keys are not written to files: give http://127.0.0.1:9/v1, and in run.json"],
  [
    "http://127.0.0.1:9/v1?api_key=hidden",
    "keys are not written to files: give http://127.0.0.1:9/v1, and in run.json",
  ],
])("`study init` refuses the address %s, and makes nothing", async (endpoint, words) => {
  const { folder, made } = await init("--model", "m", "--endpoint", endpoint);
  expect(made.exitCode).toBe(2);
  expect(made.stderr).toContain(words);
  expect(made.stderr).not.toContain("hidden");
  expect(existsSync(folder)).toBe(false);
});

test(
  "an address without a path is noted by `study init` and by `plan` in one sentence",
  { timeout: 60_000 },
  async () => {
    const { folder, made } = await init("--model", "m", "--endpoint", "http://127.0.0.1:9");
    const sentence =
      "http://127.0.0.1:9 has no path: most servers answer below /v1, so that the address in run.json should be http://127.0.0.1:9/v1";
    expect(made).toMatchObject({ exitCode: 0 });
    expect(made.stdout).toContain(`first: ${sentence}`);
    const planned = await safelab(["plan", folder]);
    expect(planned.stdout).toContain(`note       ${sentence}`);
    expect(planned.stdout).toMatch(/^tasks {6}demo-cases: .*demo-cases-tasks\.jsonl$/m);
    await editStudy(await openRunFolder(folder), ["models", 0, "endpoint"], "ftp://h/v1");
    const bad = await safelab(["plan", folder]);
    expect(bad).toMatchObject({ exitCode: 2 });
    expect(bad.stderr).toContain('"ftp://h/v1" is no address of a server');
  },
);

test.each([
  [
    "sven",
    /method "sven": model "SmolLM2-135M-Instruct" is embedded and takes no learned prefix, the method wants one/,
  ],
  ["safecoder", /method "safecoder" needs weights that SafeCoder's training made/],
  ["codeguard", /method "codeguard" reads what .* run\.json makes it the baseline itself: add "base"/],
])(
  "what `plan` and `generate` refuse of the method %s is said by `study init` in the same words",
  { timeout: 60_000 },
  async (method, words) => {
    const { folder, made } = await init("--method", method, "--prompt", "ct");
    expect(made).toMatchObject({ exitCode: 0 });
    expect(made.stdout).toMatch(words);
    const said = made.stdout.split("first: ")[1]?.trim() ?? "";
    for (const verb of ["plan", "generate"]) {
      const refused = await safelab([verb, folder]);
      expect(refused.exitCode, verb).toBe(2);
      expect(refused.stderr, verb).toContain(said);
    }
  },
);

test("the help of `study init` lists the presets, and that of `tasks add` says where the form of a user's own tasks stands", async () => {
  const { stdout } = await safelab(["study", "init", "--help"]);
  for (const { name, served } of modelPresets) expect(stdout).toMatch(new RegExp(`^  ${name} +${served} \\(`, "m"));
  expect((await safelab(["tasks", "add", "--help"])).stdout).toContain('environment.md, under "Tasks of your own"');
});
