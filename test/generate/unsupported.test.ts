import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { generateRun } from "../../src/generate/generateRun.js";
import { isSpentOnReasoning, refusedParameter } from "../../src/generate/refusedParameter.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder, openRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import { type Behaviour, type Stub, sendJson, startStub } from "./stubServer.js";

const reply = "```python\ndef f(a):\n    return a\n```";

/** As OpenAI's server answers for a model that reasons: it names the first parameter that it does not take, and thinks before it speaks. */
const reasoning: Behaviour = ({ body }, response) => {
  const refuse = (message: string) => sendJson(response, 400, { error: { message, type: "invalid_request_error" } });
  if ("max_tokens" in body)
    return refuse(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    );
  if ("temperature" in body && body["temperature"] !== 1)
    return refuse(
      `Unsupported value: 'temperature' does not support ${String(body["temperature"])} with this model. Only the default (1) value is supported.`,
    );
  if (Number(body["max_completion_tokens"]) < 16)
    return refuse(
      "Could not finish the message because max_tokens or model output limit was reached. Please try again with higher max_tokens.",
    );
  return reply;
};

let stub: Stub;
beforeEach(async () => {
  stub = await startStub(reasoning);
});
afterEach(() => stub.close());

async function make(model: object = {}, change: object = {}): Promise<RunFolder> {
  const folder = await mkdtemp(join(tmpdir(), "safelab-unsupported-"));
  const study = {
    ...{ schemaVersion: 1, name: "t", datasets: [{ name: "demo-cases", tasks: 1 }], methods: ["base"] },
    ...{ prompts: ["nl"], models: [{ name: "m", endpoint: stub.address, ...model }], decoding: { maxTokens: 50 } },
  };
  return createRunFolder(join(folder, "run"), JSON.stringify({ ...study, ...change }));
}
/** What was asked for beside the probe. */
const bodies = () => stub.asked.map(({ body }) => body).filter((body) => body["max_completion_tokens"] !== 1);

test("a model that refuses parameters is refused once, with all of them, the server's words and what to write", async () => {
  const run = await make();
  const work = generateRun(run);
  await expect(work).rejects.toThrow(InputError);
  await expect(work).rejects.toThrow(
    /does not take max_tokens and temperature \(HTTP 400 Unsupported parameter.*HTTP 400 Unsupported value: 'temperature' does not support 0 .*set "unsupported": \["max_tokens", "temperature"\] in its entry/,
  );
});

test("what the study names already stands in what to write, once, also where the server's words repeat it", async () => {
  stub.behave = ({ body }, response) => {
    const message = "unsupported: max_tokens is not there, and 'temperature' is";
    return "temperature" in body ? sendJson(response, 400, { error: { message } }) : reply;
  };
  await expect(generateRun(await make({ unsupported: ["max_tokens"] }))).rejects.toThrow(
    /does not take temperature \(.*set "unsupported": \["max_tokens", "temperature"\] in its entry/,
  );
});

test("with the setting they are not sent, and the samples say so in place of the study's values", async () => {
  const run = await make({ unsupported: ["temperature", "max_tokens", "seed"] });
  expect(await generateRun(run)).toMatchObject({ counts: { generated: 1 } });
  const [body] = bodies();
  expect(body).toMatchObject({ top_p: 1, max_completion_tokens: 50 });
  for (const left of ["temperature", "max_tokens", "seed"]) expect(body).not.toHaveProperty(left);
  const [sample] = await readRecords(run, "samples");
  expect(sample?.decoding).toEqual({
    ...{ topP: 1, maxTokens: 50, unsupported: ["max_tokens", "seed", "temperature"], route: "chat" },
    template: sample?.decoding?.template,
  });
});

test("a limit that the server takes is sent by its usual name", async () => {
  stub.behave = () => reply;
  await generateRun(await make({ unsupported: ["temperature"] }));
  expect(bodies()).toMatchObject([{ max_tokens: 50 }]);
  expect(bodies()[0]).not.toHaveProperty("max_completion_tokens");
});

test("it is probed with the study's temperature: one that takes 1 and no other is asked with 1", async () => {
  const run = await make({ unsupported: ["max_tokens"] }, { decoding: { maxTokens: 50, temperature: 1 } });
  expect(await generateRun(run)).toMatchObject({ counts: { generated: 1 } });
  expect(bodies()).toMatchObject([{ temperature: 1 }]);
  expect((await readRecords(run, "samples"))[0]?.decoding).toMatchObject({
    temperature: 1,
    unsupported: ["max_tokens"],
  });
});

test("a model that spends all tokens on reasoning has answered with nothing: that is no fault of its server", async () => {
  const run = await make({ unsupported: ["temperature", "max_tokens"] }, { decoding: { maxTokens: 8 } });
  expect(await generateRun(run)).toMatchObject({ counts: { empty: 1 } });
  const [sample] = await readRecords(run, "samples");
  expect(sample?.rounds).toMatchObject([
    { reply: "", finishReason: "length", faults: [expect.stringContaining("output limit was reached") as string] },
  ]);
});

test("samples that were made with a parameter and those made without it do not mix", async () => {
  stub.behave = () => reply;
  const run = await make({}, { k: 2 });
  await generateRun(run);
  const path = join(run.path, "run.json");
  const text = (await readFile(path, "utf8")).replace('"name":"m"', '"name":"m","unsupported":["temperature"]');
  await writeFile(path, text);
  await expect(generateRun(await openRunFolder(run.path))).rejects.toThrow(
    /made without the parameters none, the study now names temperature as unsupported: use another run folder/,
  );
});

test("a refusal of the seed is understood in the words of other servers", async () => {
  const detail = [{ type: "extra_forbidden", loc: ["body", "seed"], msg: "Extra inputs are not permitted", input: 1 }];
  stub.behave = ({ body }, response) => ("seed" in body ? sendJson(response, 422, { detail }) : reply);
  await expect(generateRun(await make())).rejects.toThrow(/does not take seed .*set "unsupported": \["seed"\]/);
  expect(await generateRun(await make({ unsupported: ["seed"] }))).toMatchObject({ counts: { generated: 1 } });
});

test.each([
  ["a server that repeats the request", (body: object) => `unknown role in ${JSON.stringify(body)}`, "unknown role"],
  ["a model of that name", () => "the model seed-oss is not supported", "the model seed-oss"],
])("a parameter is not blamed where the server refuses without it as well: %s", async (_, words, told) => {
  stub.behave = ({ body }, response) =>
    sendJson(response, 400, { error: { message: words({ temperature: body["temperature"], seed: body["seed"] }) } });
  const work = generateRun(await make());
  await expect(work).rejects.toThrow(`refuses to answer (HTTP 400 ${told}`);
  await expect(work).rejects.not.toThrow("does not take");
});

test("a fault of the server that speaks of the limit is a fault", () => {
  const error = "model output limit was reached";
  expect([400, 500].map((status) => isSpentOnReasoning({ error, status }))).toEqual([true, false]);
});

test.each([
  ["HTTP 400 Unrecognized request argument supplied: seed", 400, "seed"],
  ["HTTP 400 Unsupported value: 'top_p' does not support 0.9 with this model.", 400, "top_p"],
  [
    "HTTP 400 Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.",
    400,
    "max_tokens",
  ],
  ["HTTP 400 max_tokens is too large: 5000", 400, undefined],
  ["HTTP 400 Unsupported parameter: 'max_completion_tokens'", 400, undefined],
  ["HTTP 400 Unsupported: seed, top_p, temperature", 400, "seed"],
  ["HTTP 500 unsupported seed", 500, undefined],
  ["HTTP 400 O-series models don't support temperature=0.2.", 400, "temperature"],
])("of %s the refused parameter is told", (error, status, parameter) => {
  expect(refusedParameter({ error, status })).toBe(parameter);
});
