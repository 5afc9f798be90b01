import { expect, test } from "vitest";
import { InterruptedError, SetupError } from "../../src/error.js";
import { hostEnvironment } from "../../src/process/hostEnvironment.js";
import { startServer } from "../../src/process/startServer.js";

const start = (
  script: string,
  options: { readyMs?: number; signal?: AbortSignal; env?: Record<string, string> } = {},
) => startServer(process.execPath, ["-e", script], { env: hostEnvironment(), readyMs: 20_000, ...options });

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("a server is there once it has said its first line, until it is stopped", async () => {
  const server = await start("console.log('here\\nthere'); setInterval(() => {}, 1000)");
  expect(server.firstLine).toBe("here");
  expect(isAlive(server.pid)).toBe(true);
  expect(server.ended()).toBe("");
  await server.stop();
  expect(isAlive(server.pid)).toBe(false);
  expect(server.ended()).toMatch(/by SIGTERM/);
});

test("a server that does not heed SIGTERM is killed", async () => {
  const server = await start("process.on('SIGTERM', () => {}); console.log('here'); setInterval(() => {}, 1000)");
  await server.stop();
  expect(isAlive(server.pid)).toBe(false);
});

test("a server that ends before its first line is a SetupError with its last words", async () => {
  await expect(start("console.error('no model'); process.exit(3)")).rejects.toThrow(SetupError);
  await expect(start("console.error('no model'); process.exit(3)")).rejects.toThrow(/with exit code 3: no model/);
});

test("a program that is not there is a SetupError", async () => {
  await expect(startServer("/nowhere/x", [], { env: {}, readyMs: 1000 })).rejects.toThrow(/did not start: .*ENOENT/);
});

test("a server that stays silent is a SetupError", async () => {
  await expect(start("setInterval(() => {}, 1000)", { readyMs: 300 })).rejects.toThrow(/was not ready after 0.3 s/);
});

test("an abort stops the start", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  await expect(start("setInterval(() => {}, 1000)", { signal: controller.signal })).rejects.toThrow(InterruptedError);
  await expect(start("", { signal: AbortSignal.abort() })).rejects.toThrow(InterruptedError);
});

test("the environment is the one given, and stdin stays open", async () => {
  const script = "process.stdin.on('end', () => process.exit(9)).resume(); console.log(JSON.stringify(process.env))";
  const server = await start(`${script}; setInterval(() => {}, 1000)`, { env: { ONE: "1" } });
  expect(JSON.parse(server.firstLine)).toEqual({ ONE: "1" });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(server.ended()).toBe("");
  await server.stop();
});
