import { expect, test } from "vitest";
import { InterruptedError } from "../../src/error.js";
import { runProgram } from "../../src/process/runProgram.js";

const env = { PATH: process.env["PATH"] ?? "" };
const sh = (script: string, options: Partial<Parameters<typeof runProgram>[2]> = {}) =>
  runProgram("sh", ["-c", script], { env, ...options });

test("an exit code other than 0 is a result with both streams", async () => {
  expect(await sh("echo out; echo err >&2; exit 7")).toMatchObject({ exitCode: 7, stdout: "out\n", stderr: "err\n" });
});

test("a program killed by a signal has no exit code but the signal's name", async () => {
  expect(await sh("kill -9 $$")).toMatchObject({ exitCode: null, killedBy: "SIGKILL", timedOut: false });
});

test("a program that runs over its time is killed and told apart from one that failed", async () => {
  expect(await sh("exec sleep 30", { timeoutMs: 200 })).toMatchObject({ timedOut: true, notStarted: "" });
});

test("output beyond the bound ends the program instead of filling memory", async () => {
  const result = await sh("yes", { maxOutput: 1000, timeoutMs: 20_000 });
  expect(result).toMatchObject({ overflowed: true, timedOut: false });
  expect(result.stdout.length).toBeLessThanOrEqual(1000);
});

test("a program that does not exist is reported as not started", async () => {
  const result = await runProgram("no-such-program-anywhere", [], { env });
  expect(result.notStarted).toMatch(/ENOENT/);
  expect(result.exitCode).toBeNull();
});

test("the program sees the given environment and nothing of this process's own", async () => {
  process.env["SAFELAB_TEST_SECRET"] = "secret";
  const { stdout } = await sh("env", { env: { ...env, GIVEN: "1" } });
  delete process.env["SAFELAB_TEST_SECRET"];
  expect(stdout).toContain("GIVEN=1");
  expect(stdout).not.toContain("SAFELAB_TEST_SECRET");
});

test("an abort kills the program and ends in InterruptedError", async () => {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 100);
  await expect(sh("exec sleep 30", { signal: abort.signal })).rejects.toThrow(InterruptedError);
});

test("lines are told as they come and input reaches the program", async () => {
  const lines: string[] = [];
  const { stdout } = await sh("cat", { input: "a\nb\n", onLine: (line) => lines.push(line) });
  expect(lines).toEqual(["a", "b"]);
  expect(stdout).toBe("a\nb\n");
});
