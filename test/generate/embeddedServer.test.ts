import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { InterruptedError, SetupError } from "../../src/error.js";
import { serveEmbedded, startEmbedded } from "../../src/generate/embeddedServer.js";
import { openEndpoint } from "../../src/generate/endpoint.js";
import { generateRun } from "../../src/generate/generateRun.js";
import { findPython } from "../../src/process/findPython.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { hasExtra } from "../../src/process/venv.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder } from "../../src/record/runFolder.js";

const installed = await hasExtra("embedded");

test("an interpreter without the packages is a SetupError with the command", async () => {
  const { executable } = await findPython();
  await expect(serveEmbedded(executable)).rejects.toThrow(SetupError);
  await expect(serveEmbedded(executable)).rejects.toThrow(/No module named .*safelab setup --embedded/);
});

test.skipIf(!installed)("the server wants its token, and is gone after stop", async () => {
  const server = await startEmbedded();
  try {
    expect((await fetch(`${server.address}/models`)).status).toBe(401);
  } finally {
    await server.stop();
  }
  await expect(fetch(`${server.address}/models`)).rejects.toThrow();
  expect(server.ended()).not.toBe("");
});

test.skipIf(!installed)(
  "equal seeds give equal samples, in whatever order they are asked for and after a restart",
  async () => {
    const prompts = ["def add(a, b):\n    ", "import hashlib\n\n\ndef md5(text):\n    "];
    const replies = async (order: readonly number[]) => {
      const server = await startEmbedded();
      const { address, token: key } = server;
      const endpoint = openEndpoint({ address, key, served: "SmolLM2-135M-Instruct", route: "completion" });
      const found = new Map<number, string>();
      try {
        for (const at of order) {
          const ask = {
            sent: { prompt: prompts[at % 2] ?? "" },
            seed: at,
            temperature: 0.8,
            topP: 0.95,
            maxTokens: 16,
          };
          const answer = await endpoint.ask(ask);
          found.set(at, answer.ok ? answer.reply : answer.error);
        }
      } finally {
        await server.stop();
      }
      return [0, 1, 2, 3].map((at) => found.get(at));
    };
    const once = await replies([0, 1, 2, 3]);
    expect(await replies([3, 0, 2, 1])).toEqual(once);
    expect(new Set(once).size).toBeGreaterThan(1);
  },
);

test.skipIf(!installed)("an abort stops the start", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  await expect(startEmbedded({ signal: controller.signal })).rejects.toThrow(InterruptedError);
});

const built = join(projectRoot(), "dist", "generate", "embeddedServer.js");
test.skipIf(!installed || !existsSync(built))("the server ends when its parent is killed", async () => {
  const script = `
    import { startEmbedded } from ${JSON.stringify(built)};
    const server = await startEmbedded();
    console.log(server.pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = Number(String(await new Promise((resolve) => parent.stdout.once("data", resolve))));
  expect(process.kill(pid, 0)).toBe(true);
  parent.kill("SIGKILL");
  const isGone = () => {
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  };
  for (let attempt = 0; attempt < 50 && !isGone(); attempt += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(isGone()).toBe(true);
});

test.skipIf(!installed)("the embedded model generates samples of a study, equal ones in a second run", async () => {
  const folder = await mkdtemp(join(tmpdir(), "safelab-embedded-"));
  const study = {
    ...{
      schemaVersion: 1,
      name: "t",
      datasets: [{ name: "demo-cases", tasks: ["demo-c01", "demo-c04"] }],
      methods: ["base"],
      prompts: ["ct"],
    },
    models: [{ name: "SmolLM2", endpoint: "embedded", route: "completion" }],
    decoding: { maxTokens: 32 },
  };
  const generate = async (name: string) => {
    const run = await createRunFolder(join(folder, name), JSON.stringify(study));
    await generateRun(run);
    return readRecords(run, "samples");
  };
  const samples = await generate("one");
  expect(samples.map(({ task }) => task)).toEqual(["demo-c01", "demo-c04"]);
  expect(samples.every(({ rounds }) => rounds[0]?.endpoint === "SmolLM2-135M-Instruct (embedded)")).toBe(true);
  expect(samples[0]?.code).toContain("def md5_hex(text):");
  const again = await generate("two");
  expect(again.map(({ code, rounds }) => [code, rounds[0]?.reply])).toEqual(
    samples.map(({ code, rounds }) => [code, rounds[0]?.reply]),
  );
});
