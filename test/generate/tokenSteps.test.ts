import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { SetupError } from "../../src/error.js";
import { openTokenSteps } from "../../src/generate/tokens/openTokenSteps.js";

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

type Answer = (path: string, body: Record<string, unknown>) => object | undefined;

/** A server that speaks JSON; what it has no answer to is 404, an answer with the field `busy` 503. */
async function serve(answer: Answer) {
  const seen: { path: string; body: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      const [path, body] = [request.url ?? "", JSON.parse(text) as Record<string, unknown>];
      seen.push({ path, body });
      const said = answer(path, body);
      const status = said === undefined ? 404 : "busy" in said ? 503 : 200;
      response.writeHead(status).end(JSON.stringify(said ?? { error: "no such route" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => void server.close());
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, seen };
}

const codes = (text: string) => [...text].map((letter) => letter.codePointAt(0) ?? 0);
const textOf = (ids: unknown) => String.fromCodePoint(...(ids as number[]));
const row = (count: number) => Array.from({ length: count }, (_, at) => ({ id: 97 + at, logprob: -1 - at }));

/** llama.cpp's routes over a vocabulary of characters, telling `most` log-probabilities at most. */
const llama =
  (most = 50): Answer =>
  (path, { content, tokens, prompt, n_probs }) => {
    if (path === "/tokenize") return { tokens: codes(String(content)) };
    if (path === "/detokenize") return { content: textOf(tokens) };
    if (path !== "/completion") return undefined;
    const step = (index: number) => ({
      index,
      completion_probabilities: [
        { top_logprobs: row(Math.min(most, Number(n_probs))).map((each) => ({ ...each, bytes: [each.id] })) },
      ],
    });
    const prompts = prompt as number[][];
    return prompts.length === 1 ? step(0) : prompts.map((_, index) => step(index));
  };

/** The same server, with tokens that have no ids. */
const nameless: Answer = (path, body) => {
  if (path !== "/completion") return llama()(path, body);
  const top_logprobs = [{ bytes: [97], logprob: -1 }];
  return (body["prompt"] as unknown[]).map(() => ({ completion_probabilities: [{ top_logprobs }] }));
};

/** vLLM's routes over the same vocabulary; with `asIds` false its keys are texts. */
const vllm =
  (asIds = true): Answer =>
  (path, body) => {
    if (path === "/tokenize") return "prompt" in body ? { tokens: codes(String(body["prompt"])) } : undefined;
    if (path === "/detokenize") return { prompt: textOf(body["tokens"]) };
    if (path !== "/v1/completions") return undefined;
    const likely = row(Number(body["logprobs"])).map(({ id, logprob }) => [
      asIds ? `token_id:${id}` : `t${id}`,
      logprob,
    ]);
    const prompts = body["prompt"] as number[][];
    return {
      choices: prompts.map((_, index) => ({ index, logprobs: { top_logprobs: [Object.fromEntries(likely)] } })),
    };
  };

const open = (address: string) => openTokenSteps({ address, served: "m", model: "mine", count: 5 });

test("llama.cpp gives token steps: one request for several sequences, and for a single one", async () => {
  const { address, seen } = await serve(llama());
  const steps = await open(address);
  seen.length = 0;
  const rows = await steps.next({ sequences: [[5, 6], [5], [5, 6, 7]], count: 3, fresh: false });
  expect(rows.map((each) => each.map(({ id }) => id))).toEqual(Array(3).fill([97, 98, 99]));
  expect(seen).toHaveLength(1);
  expect(seen[0]?.body).toMatchObject({
    prompt: [[5], [5, 6], [5, 6, 7]],
    n_predict: 1,
    n_probs: 3,
    cache_prompt: true,
    response_fields: ["index", "completion_probabilities"],
  });
  expect(await steps.next({ sequences: [[5]], count: 3, fresh: true })).toHaveLength(1);
  expect(seen[1]?.body["cache_prompt"]).toBe(false);
  expect(steps.pieceOf(97)).toBe("a");
});

test("vLLM gives token steps by its own routes, and the bytes of new tokens are asked for at once", async () => {
  const { address, seen } = await serve(vllm());
  const steps = await open(address);
  seen.length = 0;
  const rows = await steps.next({ sequences: [[5], [6]], count: 3, fresh: true });
  expect(rows.map((each) => each.map(({ id }) => id))).toEqual(Array(2).fill([97, 98, 99]));
  await steps.learn([97, 98, 228, 97]);
  expect([97, 98, 228].map((id) => steps.pieceOf(id))).toEqual(["a", "b", Buffer.from("ä").toString("latin1")]);
  expect(seen.map(({ path }) => path)).toEqual(["/v1/completions", "/detokenize"]);
});

test.each([
  ["llama.cpp", llama(), "/completion"],
  ["vLLM", vllm(), "/v1/completions"],
] as const)("a step that %s refuses once is asked for again, and who asked is told why", async (_, answer, route) => {
  let busy = false;
  const { address } = await serve((path, body) => {
    if (path !== route || !busy) return answer(path, body);
    busy = false;
    return { busy: true };
  });
  const steps = await open(address);
  busy = true;
  const faults: string[] = [];
  const onFault = (words: string) => faults.push(words);
  expect(await steps.next({ sequences: [[5], [6]], count: 3, fresh: true, onFault })).toHaveLength(2);
  expect(faults).toEqual(['HTTP 503 {"busy":true}']);
});

test("vLLM's stand-in for minus infinity is no likely token, and a step asks for none of its model's own sampling settings", async () => {
  const { address, seen } = await serve((path, body) => {
    const said = vllm()(path, body) as { choices?: { logprobs: { top_logprobs: object[] } }[] } | undefined;
    for (const { logprobs } of body["logprobs"] === 6 ? (said?.choices ?? []) : [])
      logprobs.top_logprobs = [{ "token_id:97": -1, "token_id:98": -9999 }];
    return said;
  });
  const steps = await open(address);
  seen.length = 0;
  expect(await steps.next({ sequences: [[5]], count: 6, fresh: true })).toEqual([[{ id: 97, logprob: -1 }]]);
  expect(seen[0]?.body).toMatchObject({ max_tokens: 1, top_p: 1, top_k: -1, min_p: 0, repetition_penalty: 1 });
});

test.each([
  [
    "a server without these routes",
    () => undefined,
    /as llama\.cpp: \/tokenize: HTTP 404.*vllm serve m --max-logprobs 5/,
  ],
  ["a limit below what is wanted", llama(3), /it tells 3 log-probabilities where 5 are wanted/],
  [
    "a token without its id",
    nameless,
    /as llama\.cpp: \/completion: the answer is not of the expected form \(sequence 0\)/,
  ],
  ["texts in place of ids", vllm(false), /as vLLM: .*log-probabilities without token ids/],
] as [string, Answer, RegExp][])("%s is a SetupError that says what to start", async (_, answer, message) => {
  const { address } = await serve(answer);
  await expect(open(address)).rejects.toThrow(SetupError);
  await expect(open(address)).rejects.toThrow(message);
});
