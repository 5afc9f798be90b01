// What generation adds to its server. (1) The driver over 4 requests at a time against the embedded model's server, beside a plain loop
// that sends the same requests to the same server, in alternation, after a round that is not counted: throughput of the first as a share
// of the second. Its clock runs from the first request for a sample to the end of the run: probes come once a run, whatever its size, and
// are told apart. (2) The driver against a stub that answers in 5 ms: samples a second, and whether its memory grows. (3) CodeGuard+ with
// 8 beams, after a sample that is not counted: requests and own time a step, which is all the time between the first request for a step and the sample's end but that from
// handing a request's bytes to the system to having the last of its answer's. Run after a build:
// node test/bench/generate.bench.mjs [--samples 65548] [--tasks 26] [--rounds 4] [--steps 64] [--quick]
import { spawn, spawnSync } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startEmbedded } from "../../dist/generate/embeddedServer.js";
import { generateRun } from "../../dist/generate/generateRun.js";
import { codeguard } from "../../dist/generate/methods/codeguard.js";
import { openTokenSteps } from "../../dist/generate/tokens/openTokenSteps.js";
import { createRunFolder } from "../../dist/record/runFolder.js";
import { loadTasks } from "../../dist/task/loadTasks.js";

const { values: given } = parseArgs({
  options: {
    samples: { type: "string" },
    tasks: { type: "string" },
    rounds: { type: "string" },
    steps: { type: "string" },
    quick: { type: "boolean", default: false },
    part: { type: "string" },
  },
});
const sizes = given.quick
  ? { samples: "3000", tasks: "4", rounds: "2", steps: "16" }
  : { samples: "65548", tasks: "26", rounds: "4", steps: "64" };
const values = { ...sizes, ...given };
const here = fileURLToPath(import.meta.url);
const least = { serverShare: 0.95, samplesPerSecond: 300 };
const mostMsPerStep = 2;
const atOnce = 4;
const seconds = (begun) => (performance.now() - begun) / 1000;
const folder = await mkdtemp(join(tmpdir(), "safelab-bench-"));
let folders = 0;

function makeRun(model, datasets, k, maxTokens) {
  const study = {
    ...{ schemaVersion: 1, name: "bench", datasets, methods: ["base"], prompts: ["ct"], k, decoding: { maxTokens } },
    models: [{ name: "m", route: "completion", ...model }],
  };
  return createRunFolder(join(folder, String((folders += 1))), JSON.stringify(study));
}

/** A server that answers every request after some milliseconds, and shows it to `see`. */
async function startStub(delayMs, see = () => undefined) {
  const usage = { prompt_tokens: 50, completion_tokens: 20, total_tokens: 70 };
  const text = JSON.stringify({ choices: [{ index: 0, text: "\n    return 1\n", finish_reason: "stop" }], usage });
  const models = JSON.stringify({ data: [{ id: "m" }] });
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      if (request.method === "GET") return response.end(models);
      see(Buffer.concat(parts).toString());
      setTimeout(() => response.end(text), delayMs);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}/v1`, close: () => server.close() };
}

/** The requests that the driver makes of a run, as text. */
async function requestsOf(datasets, maxTokens) {
  const seen = [];
  const stub = await startStub(0, (body) => seen.push(body));
  await generateRun(await makeRun({ endpoint: stub.address }, datasets, 1, maxTokens));
  stub.close();
  return seen.slice(1);
}

async function plainLoop({ address, token }, requests) {
  const waiting = [...requests];
  const work = async () => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const answer = await fetch(`${address}/completions`, { method: "POST", headers, body });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      await answer.json();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Does work with every request that goes through `fetch` shown to `see` when it is sent. */
async function watching(see, work) {
  const real = globalThis.fetch;
  globalThis.fetch = (address, options) => {
    see(options?.body);
    return real(address, options);
  };
  try {
    return await work();
  } finally {
    globalThis.fetch = real;
  }
}

/**
 * Does work that sends one request for a step after the other, and tells how many they were, when the first was sent, the processor's time at that moment, and the
 * milliseconds from handing a request's bytes to the system to having the last of its answer's, all requests together; `between`: those from there to the next request.
 */
async function waiting(work) {
  const told = { requests: 0, server: 0, between: [] };
  let sent;
  let last;
  const { _writev: writeMany, _write: writeOne } = Socket.prototype;
  const timed = (write) =>
    function (...handed) {
      sent = performance.now();
      if (last !== undefined) told.between.push(sent - last);
      last = undefined;
      return write.apply(this, handed);
    };
  const answered = ({ request, response }) => {
    if (!request.path.endsWith("/completion")) return;
    told.first ??= { at: sent, processor: process.cpuUsage() };
    told.requests += 1;
    response.on("data", () => (last = performance.now()));
    response.on("end", () => (told.server += last - sent));
  };
  Object.assign(Socket.prototype, { _writev: timed(writeMany), _write: timed(writeOne) });
  subscribe("http.client.response.finish", answered);
  try {
    return { result: await work(), ...told };
  } finally {
    Object.assign(Socket.prototype, { _writev: writeMany, _write: writeOne });
    unsubscribe("http.client.response.finish", answered);
  }
}

/** Seconds of a run from its first request for a sample on, and those before it. */
async function driven(run, maxTokens, server) {
  const begun = performance.now();
  let first;
  const see = (body) => {
    if (String(body).includes(`"max_tokens":${maxTokens}`)) first ??= performance.now();
  };
  await watching(see, () => generateRun(run, { concurrency: atOnce, keys: () => server.token }));
  if (first === undefined) throw new Error("no request for a sample was seen");
  return { driver: seconds(first), probes: (first - begun) / 1000 };
}

/** CodeGuard+ on tasks of the demo: requests for distributions a step, and milliseconds a step that are not spent waiting for the server. */
async function steering(server, count) {
  const { tasks } = await loadTasks("demo-cases");
  const served = "SmolLM2-135M-Instruct";
  const reached = { address: server.address, served, key: server.token, model: served };
  const options = { beams: 8, topN: 50, maxNewTokens: Number(values.steps), rounds: 1 };
  const tokens = await openTokenSteps({ ...reached, count: options.topN });
  const told = { steps: 0, requests: 0, wall: 0, server: 0, cpu: 0, between: [] };
  // The first task is not counted: meanwhile code is compiled.
  for (const [at, task] of tasks.slice(0, count + 1).entries()) {
    const finding = { rule: "B324", cwe: [327], severity: "HIGH", confidence: "HIGH", lines: [5, 5], message: "" };
    const baseline = { code: task.reference, findings: [finding] };
    const context = {
      prompt: "ct",
      route: "chat",
      endpoint: "bench",
      tell: () => undefined,
      seed: 1,
      maxTokens: 64,
      options,
      tokens,
      baseline,
    };
    // The clock runs from the first step: what comes before is done once a sample.
    const { result, first, ...own } = await waiting(() => codeguard.generate(task, context));
    const wall = performance.now() - first.at;
    if (at === 0) continue;
    told.wall += wall;
    const { user, system } = process.cpuUsage(first.processor);
    told.cpu += (user + system) / 1000;
    told.server += own.server;
    told.requests += own.requests;
    told.between.push(...own.between);
    const { rounds } = result;
    for (const { steering: { steps } = { steps: 0 }, error } of rounds) {
      if (error !== undefined) throw new Error(error);
      told.steps += steps;
    }
  }
  return told;
}

async function besideServer() {
  const { tasks } = await loadTasks("demo-cases");
  const maxTokens = 48;
  const server = await startEmbedded();
  const rounds = [];
  let steered;
  try {
    // Round 0 is not counted: there the server reads its weights, and code is compiled.
    for (let round = 0; round <= Number(values.rounds); round += 1) {
      const ids = Array.from({ length: Number(values.tasks) }, (_, at) => tasks[(round * 7 + at) % tasks.length].id);
      const datasets = [{ name: "demo-cases", tasks: [...new Set(ids)] }];
      const served = "SmolLM2-135M-Instruct";
      const requests = (await requestsOf(datasets, maxTokens)).map((body) =>
        JSON.stringify({ ...JSON.parse(body), model: served }),
      );
      const model = { endpoint: server.address, keyVariable: "BENCH_TOKEN", served };
      const run = await makeRun(model, datasets, 1, maxTokens);
      const spent = {};
      for (const side of round % 2 === 0 ? ["driver", "plain"] : ["plain", "driver"]) {
        const begun = performance.now();
        if (side === "driver") Object.assign(spent, await driven(run, maxTokens, server));
        else {
          await plainLoop(server, requests);
          spent.plain = seconds(begun);
        }
      }
      if (round > 0) rounds.push({ ...spent, requests: requests.length });
    }
    steered = await steering(server, given.quick ? 1 : 3);
  } finally {
    await server.stop();
  }
  const sum = (of) => rounds.reduce((total, each) => total + each[of], 0);
  const sums = Object.fromEntries(["driver", "plain", "probes", "requests"].map((of) => [of, sum(of)]));
  return { ...sums, shares: rounds.map(({ plain, driver }) => plain / driver), steered };
}

/** In a process of its own, so that the stub is not in its account; the collector runs before memory is read. */
async function againstStub(address) {
  const total = Number(values.samples);
  const tasks = 14;
  const run = await makeRun({ endpoint: address }, [{ name: "demo-cases", tasks }], Math.ceil(total / tasks), 64);
  const heap = [];
  const marks = [0.25, 0.5, 0.75, 1].map((share) => Math.floor(share * Math.ceil(total / tasks) * tasks));
  const processor = process.cpuUsage();
  const begun = performance.now();
  const { counts } = await generateRun(run, {
    onProgress({ done }) {
      if (!marks.includes(done)) return;
      global.gc();
      heap.push(Math.round(process.memoryUsage().heapUsed / 1e5) / 10);
    },
  });
  const wall = seconds(begun);
  const { user, system } = process.cpuUsage(processor);
  console.log(JSON.stringify({ done: counts.generated, wall, cpu: (user + system) / 1e6, heap }));
}

async function sustained() {
  const stub = spawn(process.execPath, [here, "--part", "stub"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = String(await new Promise((resolve) => stub.stdout.once("data", resolve))).trim();
  const self = [process.execPath, "--expose-gc", here, "--samples", values.samples, "--part", address];
  const { status, stdout } = spawnSync(self[0], self.slice(1), { stdio: ["ignore", "pipe", "inherit"] });
  stub.kill();
  if (status !== 0) throw new Error(`the driver ended with ${status}`);
  return JSON.parse(stdout.toString().trim().split("\n").at(-1));
}

const medianOf = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function measureAll() {
  const beside = await besideServer();
  const { steered } = beside;
  const alone = await sustained();
  const round = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits;
  const result = {
    bench: "generate",
    serverShare: round(beside.plain / beside.driver, 3),
    samplesPerSecond: round(alone.done / alone.wall, 1),
    cbsMsPerStep: round((steered.wall - steered.server) / steered.steps, 2),
  };
  const growth = alone.heap.at(-1) / alone.heap[0];
  const rows = [
    ["embedded model, plain loop", `${beside.requests} requests, ${atOnce} at a time`, `${beside.plain.toFixed(1)} s`],
    ["embedded model, driver", `the same, records included`, `${beside.driver.toFixed(1)} s`],
    ["", "share of the plain loop, round by round", beside.shares.map((share) => share.toFixed(3)).join(", ")],
    ["", `probes before, ${values.rounds} runs`, `${beside.probes.toFixed(1)} s`],
    ["CodeGuard+, 8 beams", `${steered.steps} steps`, `${steered.requests} batched requests`],
    ["", "a step, server", `${(steered.server / steered.steps).toFixed(0)} ms`],
    [
      "",
      "a step, own: sending, reading, choosing",
      `${((steered.wall - steered.server) / steered.steps).toFixed(2)} ms`,
    ],
    ["", "a step, own: half of them at most", `${medianOf(steered.between).toFixed(2)} ms`],
    ["", "a step, processor time of the client", `${(steered.cpu / steered.steps).toFixed(2)} ms`],
    ["stub of 5 ms, driver", `${alone.done} samples, 8 at a time`, `${alone.wall.toFixed(1)} s`],
    ["", "processor time a sample", `${((1000 * alone.cpu) / alone.done).toFixed(2)} ms`],
    ["", "heap after each quarter", `${alone.heap.join(", ")} MB`],
  ];
  for (const [what, how, figure] of rows) console.log(`${what.padEnd(28)} ${how.padEnd(40)} ${figure}`);
  const missed = Object.entries(least).filter(([name, bound]) => result[name] < bound);
  if (result.cbsMsPerStep > mostMsPerStep) console.log(`above target: cbsMsPerStep > ${mostMsPerStep}`);
  if (steered.requests !== steered.steps)
    console.log(`${steered.requests} requests for ${steered.steps} steps: one a step is the target`);
  if (missed.length > 0) console.log(`below target: ${missed.map(([name, bound]) => `${name} < ${bound}`).join(", ")}`);
  if (growth > 1.2) console.log(`memory grows: ${growth.toFixed(2)} times from the first quarter to the end`);
  console.log(JSON.stringify(result));
}

try {
  if (values.part === undefined) await measureAll();
  else if (values.part === "stub") console.log((await startStub(5)).address);
  else await againstStub(values.part);
} finally {
  await rm(folder, { recursive: true, force: true });
}
