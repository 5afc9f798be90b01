import { z } from "zod";
import { endTexts } from "./endTexts.js";
import { bytesOf, readAs, remembered } from "./llamaSteps.js";
import { type JsonServer, postJson } from "./postJson.js";
import { EndpointFault, type TokenSteps } from "./tokenSteps.js";

const Tokens = z.object({ tokens: z.array(z.number().int()) });
const Prompt = z.object({ prompt: z.string() });
const Likely = z.record(z.string(), z.number().nullable());
const Answer = z.object({
  choices: z.array(
    z.object({ index: z.number().int(), logprobs: z.object({ top_logprobs: z.tuple([Likely], z.unknown()) }) }),
  ),
});

/** What stands for minus infinity in vLLM's answers. */
const impossible = -9999;

/** Stands between tokens whose bytes are asked for at once; no token of code holds it. */
const fence = "\n@#@#@\n";

/** Steps of vLLM (`/v1/completions` with token ids, `/tokenize`, `/detokenize`). Its prefix cache keeps what the sequences share. */
export async function vllmSteps(server: JsonServer, model: string): Promise<TokenSteps> {
  const pieces = new Map<number, string>();
  const tokenise = async (body: object) => {
    const answer = await postJson(server, "/tokenize", { model, ...body });
    return readAs(Tokens, "/tokenize", answer).tokens;
  };
  const detokenise = async (tokens: readonly number[]) =>
    readAs(Prompt, "/detokenize", await postJson(server, "/detokenize", { model, tokens })).prompt;

  const ends = new Set<number>();
  for (const prompt of endTexts) {
    const ids = await tokenise({ prompt, add_special_tokens: false });
    if (ids.length === 1 && ids[0] !== undefined) ends.add(ids[0]);
  }
  const between = await tokenise({ prompt: fence, add_special_tokens: false });
  return {
    async prompt(text) {
      return { text, ids: await tokenise({ prompt: text, add_special_tokens: true }) };
    },
    async chatPrompt(messages, begun) {
      const ids = await tokenise({ messages, add_generation_prompt: true });
      const text = (await detokenise(ids)) + begun;
      return { text, ids: [...ids, ...(await tokenise({ prompt: begun, add_special_tokens: false }))] };
    },
    tokenise: remembered((prompt) => tokenise({ prompt, add_special_tokens: false })),
    detokenise,
    async next({ sequences, count, onFault }, signal) {
      const asked = { model, prompt: sequences, max_tokens: 1, temperature: 1, logprobs: count };
      // A server adds what its model's generation_config.json says of settings that a request leaves out.
      const neutral = { top_p: 1, top_k: -1, min_p: 0, repetition_penalty: 1 };
      const body = { ...asked, ...neutral, return_tokens_as_token_ids: true, stream: false };
      const { choices } = readAs(
        Answer,
        "/v1/completions",
        await postJson(server, "/v1/completions", body, { signal, onFault }),
      );
      const rows = new Map(choices.map(({ index, logprobs }) => [index, rowOf(logprobs.top_logprobs[0])]));
      return sequences.map((_, index) => {
        const row = rows.get(index);
        if (row === undefined || row.length === 0)
          throw new EndpointFault("/v1/completions: a sequence has no next token");
        // The drawn token is told beside the likely ones.
        return row.slice(0, count);
      });
    },
    async learn(ids) {
      const unknown = [...new Set(ids)].filter((id) => !pieces.has(id));
      if (unknown.length === 0) return;
      const text = await detokenise(unknown.flatMap((id) => [...between, id]).concat(between));
      const parts = text.split(fence).slice(1, -1);
      for (const [at, id] of unknown.entries()) {
        const part = parts.length === unknown.length ? parts[at] : undefined;
        pieces.set(id, bytesOf(part ?? (await detokenise([id]))));
      }
    },
    pieceOf: (id) => pieces.get(id),
    isEnd: (id) => ends.has(id),
  };
}

/** The likely tokens by their keys `token_id:N`, best first. @throws EndpointFault for a server that gives texts in place of ids. */
function rowOf(likely: Readonly<Record<string, number | null>>) {
  return Object.entries(likely)
    .flatMap(([key, logprob]) => {
      const id = /^token_id:(\d+)$/.exec(key)?.[1];
      if (id === undefined) throw new EndpointFault("/v1/completions: log-probabilities without token ids");
      return logprob === null || logprob <= impossible ? [] : [{ id: Number(id), logprob }];
    })
    .sort((a, b) => b.logprob - a.logprob || a.id - b.id);
}
