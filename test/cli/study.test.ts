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

test("a study that cannot run as it is made is not called ready", { timeout: 60_000 }, async () => {
  const { folder, made } = await init("--method", "sven", "--prompt", "ct", "--model", "GPT-4o");
  expect(made.stdout).toContain("is written, but cannot run as it is. Change it, then:");
  expect(made.stdout).toContain(
    'first: method "sven" needs the model\'s weights, and model "GPT-4o" gives replies alone, as run.json says of it ("access": "none")',
  );
  expect((await safelab(["plan", folder])).stderr).toContain("gives replies alone");
  expect((await init("--model", "GPT-4o")).made.stdout).toContain("run.json is ready");
});

test("a key that is not set is told by `study init` and `plan`, which go on", { timeout: 60_000 }, async () => {
  const folder = join(await newFolder(), "run");
  const args = ["study", "init", folder, "--tasks", "1", "--model", "gpt-9", "--endpoint", "https://api.openai.com/v1"];
  const sentence =
    'the environment variable OPENAI_API_KEY is not set here, and "gpt-9" is asked with the key in it: set it before you generate';
  const made = await safelab(args, { OPENAI_API_KEY: "" });
  expect(made.stdout).toContain(`first: ${sentence}`);
  expect(made.exitCode).toBe(0);
  const planned = await safelab(["plan", folder], { OPENAI_API_KEY: "" });
  expect(planned.stdout).toContain(`note       ${sentence}`);
  expect(planned.exitCode).toBe(0);
  expect((await safelab(["plan", folder], { OPENAI_API_KEY: "x" })).stdout).not.toContain("is not set");
});

test("the help of `study init` lists the presets, and that of `tasks add` says where the form of a user's own tasks stands", async () => {
  const { stdout } = await safelab(["study", "init", "--help"]);
  for (const { name, served } of modelPresets) expect(stdout).toMatch(new RegExp(`^  ${name} +${served} \\(`, "m"));
  expect((await safelab(["tasks", "add", "--help"])).stdout).toContain('environment.md, under "Tasks of your own"');
});
