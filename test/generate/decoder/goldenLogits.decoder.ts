import { beforeAll, expect, test } from "vitest";
import { join } from "node:path";
import { hostEnvironment } from "../../../src/process/hostEnvironment.js";
import { projectRoot } from "../../../src/process/projectRoot.js";
import { runProgram } from "../../../src/process/runProgram.js";
import { requireExtra } from "../../../src/process/venv.js";

interface Golden {
  /** For each check the largest difference of a logit, and the one that the mistake beside it makes. */
  readonly checks: Readonly<Record<"text" | "peft" | "converted" | "steps", readonly [number, number]>>;
  readonly hashes: readonly [string, string];
}

const kinds = ["codegen", "gpt2", "xglm", "llama-mha", "llama-gqa", "qwen2-gqa", "mistral-gqa", "bigcode-mqa"];
let golden: Readonly<Record<string, Golden>>;

beforeAll(async () => {
  const { python } = await requireExtra("decoder");
  const script = join(projectRoot(), "test", "generate", "decoder", "golden_logits.py");
  const { exitCode, stdout, stderr } = await runProgram(python, [script], { env: hostEnvironment() });
  if (exitCode !== 0) throw new Error(stderr);
  golden = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as typeof golden;
});

const near = 1e-4;
const far = 0.05;

test.each(kinds)("%s: a prefix of a text's real keys and values gives the logits of text and prompt", (kind) => {
  const [difference, withoutOffset] = golden[kind]?.checks.text ?? [NaN, NaN];
  expect(difference).toBeLessThan(near);
  expect(withoutOffset).toBeGreaterThan(far);
});

test.each(kinds)("%s: an adapter that PEFT saved gives the logits of PEFT's own model", (kind) => {
  const [difference, withoutPrefix] = golden[kind]?.checks.peft ?? [NaN, NaN];
  expect(difference).toBeLessThan(near);
  expect(withoutPrefix).toBeGreaterThan(far);
});

test.each(kinds)("%s: the same numbers in SVEN's form give the same logits and the same hash", (kind) => {
  const [difference, otherControl] = golden[kind]?.checks.converted ?? [NaN, NaN];
  expect(difference).toBeLessThan(near);
  expect(otherControl).toBeGreaterThan(far);
  expect(golden[kind]?.hashes[0]).toBe(golden[kind]?.hashes[1]);
});

test.each(kinds)("%s: token by token the logits are those of one pass", (kind) => {
  const [difference, withoutPrefix] = golden[kind]?.checks.steps ?? [NaN, NaN];
  expect(difference).toBeLessThan(near);
  expect(withoutPrefix).toBeGreaterThan(far);
});
