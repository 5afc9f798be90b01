import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { generateRun } from "../../src/generate/generateRun.js";
import type { Method } from "../../src/generate/methods/method.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import { Study } from "../../src/record/schema/study.js";
import { type Stub, sendJson, startStub } from "./stubServer.js";

const bad = "```python\nimport os\n\n\ndef f(a):\n    os.system(a)\n```";
const clean = "```python\ndef f(a):\n    return a\n```";
let stub: Stub;
beforeEach(async () => {
  stub = await startStub(() => clean);
});
afterEach(() => stub.close());

async function make(change: object = {}): Promise<RunFolder> {
  const folder = await mkdtemp(join(tmpdir(), "safelab-methods-"));
  const study = {
    ...{ schemaVersion: 1, name: "t", datasets: [{ name: "demo-cases", tasks: 2 }], prompts: ["nl"] },
    ...{ models: [{ name: "m", endpoint: stub.address }], decoding: { maxTokens: 50 } },
  };
  return createRunFolder(join(folder, "run"), JSON.stringify({ ...study, ...change }));
}

const ask = JSON.stringify;

test("PromSec's rounds are recorded with the scans of Bandit, its options with the sample, and other options are refused", async () => {
  stub.behave = ({ body }) =>
    ask(body).includes("square brackets") ? "Write it." : ask(body).includes("Write it.") ? clean : bad;
  const run = await make({ methods: ["promsec"], options: { promsec: { maxRounds: 3 } } });
  expect(await generateRun(run, { concurrency: 2 })).toMatchObject({ counts: { generated: 2 } });
  const samples = await readRecords(run, "samples");
  expect(samples.map(({ stop, code }) => [stop, code])).toEqual(Array(2).fill(["clean", "def f(a):\n    return a\n"]));
  expect(samples[0]?.rounds.map(({ purpose, scan }) => [purpose, scan])).toEqual([
    ["generate", { scanner: "bandit", status: "insecure", findings: 1 }],
    ["reverse-prompt", undefined],
    ["regenerate", { scanner: "bandit", status: "secure", findings: 0 }],
  ]);
  expect(samples[0]?.decoding?.options).toEqual({
    ...{ maxRounds: 3, gateFirst: false, keepSignature: false, secretPreamble: true },
  });
  const study = Study.parse({ ...run.study, options: { promsec: { maxRounds: 4 } } });
  await expect(generateRun({ path: run.path, study })).rejects.toThrow(
    /made with options \{.*"maxRounds":3.*the study now says \{.*"maxRounds":4/,
  );
});

test.each([
  [{ methods: ["promsec"], options: { promsec: { rounds: 3 } } }, /options of the method "promsec".*rounds/],
  [{ methods: ["base"], options: { base: { x: 1 } } }, /gives options to the method "base", which has none/],
  [
    { methods: ["base"], options: { bsae: { x: 1 } } },
    /gives options to the method "bsae", which the study does not ask for/,
  ],
  [{ methods: ["safecoder"] }, /method "safecoder" needs weights/],
])("a study that a method refuses is an InputError before any request: %j", async (change, message) => {
  const run = await make(change);
  await expect(generateRun(run)).rejects.toThrow(InputError);
  await expect(generateRun(run)).rejects.toThrow(message);
  expect(stub.asked).toEqual([]);
});

test("safecoder asks the declared checkpoint on the completion route, base the model itself", async () => {
  stub.models = ["m", "tuned"];
  const models = [{ name: "m", endpoint: stub.address, checkpoints: { safecoder: { weights: "tuned" } } }];
  const run = await make({ methods: ["base", "safecoder"], models });
  await generateRun(run, { concurrency: 1 });
  const seen = stub.asked.map(({ body, path }) => `${body.model} ${path}`);
  expect([...new Set(seen)].sort()).toEqual(["m /v1/chat/completions", "tuned /v1/completions"]);
  const samples = await readRecords(run, "samples");
  expect(samples.filter(({ method }) => method === "safecoder").map(({ decoding }) => decoding?.route)).toEqual(
    Array(2).fill("completion"),
  );
});

const reader: Method = {
  name: "reader",
  traits: { access: "none", weightUpdate: false, promptChange: false, decodingControl: false, externalTool: true },
  needs: ["baseline"],
  generate: (_, { baseline }) =>
    Promise.resolve({
      rounds: [],
      code: `x = ${baseline.findings.map(({ cwe }) => cwe[0]).join()}\n`,
      status: "generated",
    }),
};

test("a method that reads the baseline's findings comes after the baseline was generated and scanned", async () => {
  stub.behave = () => bad;
  const run = await make({ methods: ["reader", "base"] });
  expect(await generateRun(run, { methods: [reader] })).toMatchObject({ counts: { generated: 4 }, waiting: 0 });
  const read = (await readRecords(run, "samples")).filter(({ method }) => method === "reader");
  expect(read.map(({ code }) => code)).toEqual(["x = 78\n", "x = 78\n"]);
  expect(await generateRun(run, { methods: [reader] })).toMatchObject({ counts: {}, skipped: 4 });
});

test("where the baseline's request failed its sample waits, and the next call makes both", async () => {
  let calls = 0;
  stub.behave = ({ body }, response) => {
    if (body["max_tokens"] !== 1) calls += 1;
    return calls === 1 && body["max_tokens"] !== 1 ? sendJson(response, 400, { error: { message: "no" } }) : bad;
  };
  const run = await make({ methods: ["base", "reader"] });
  const options = { methods: [reader], concurrency: 1 };
  expect(await generateRun(run, options)).toMatchObject({ counts: { endpointFailed: 1, generated: 2 }, waiting: 1 });
  expect(await generateRun(run, options)).toMatchObject({ counts: { generated: 2 }, waiting: 0 });
});

test("a method that reads the baseline's findings is refused where no baseline is asked for", async () => {
  const run = await make({ methods: ["reader"] });
  await expect(generateRun(run, { methods: [reader] })).rejects.toThrow(
    /method "reader" reads what the scanners found in the "base" samples.*add "base"/,
  );
});
