import { z } from "zod";
import { endTexts } from "./endTexts.js";
import { type JsonServer, postJson } from "./postJson.js";
import { stepsIn } from "./stepsIn.js";
import { EndpointFault, type NextToken, type TokenSteps } from "./tokenSteps.js";
import { writtenSteps } from "./writtenSteps.js";

const Tokens = z.object({ tokens: z.array(z.number().int()) });
const Content = z.object({ content: z.string() });
const Rendered = z.object({ prompt: z.string() });

/** Steps of llama.cpp's own server (`/completion`, `/tokenize`, `/apply-template`), which llama-server and xllamacpp have. */
export async function llamaSteps(server: JsonServer): Promise<TokenSteps> {
  const pieces = new Map<number, string>();
  const ask = async <T>(schema: z.ZodType<T>, path: string, body: object, signal?: AbortSignal): Promise<T> =>
    readAs(schema, path, await postJson(server, path, body, { signal }));
  const tokenise = async (content: string, add_special: boolean) =>
    (await ask(Tokens, "/tokenize", { content, add_special, parse_special: true })).tokens;
  const detokenise = async (tokens: readonly number[]) => (await ask(Content, "/detokenize", { tokens })).content;

  const ends = new Set<number>();
  for (const text of endTexts) {
    const ids = await tokenise(text, false);
    if (ids.length === 1 && ids[0] !== undefined) ends.add(ids[0]);
  }
  return {
    async prompt(text) {
      return { text, ids: await tokenise(text, true) };
    },
    async chatPrompt(messages, begun) {
      const { prompt } = await ask(Rendered, "/apply-template", { messages });
      return { text: prompt + begun, ids: await tokenise(prompt + begun, true) };
    },
    tokenise: remembered((text) => tokenise(text, false)),
    detokenise,
    async next({ sequences, count, fresh, onFault }, signal) {
      // What is wanted is the distribution alone. In this order neighbours share their beginnings, which a cache keeps; the sampling settings are of no effect on it.
      const order = sequences.map((_, at) => at).sort((a, b) => compare(sequences[a] ?? [], sequences[b] ?? []));
      const asked = { n_predict: 1, n_probs: count, temperature: 1, cache_prompt: !fresh, stream: false };
      // The rest of an answer repeats prompt and settings for each sequence.
      const wanted = { response_fields: ["index", "completion_probabilities"] };
      const body = { prompt: order.map((at) => sequences[at]), ...asked, ...wanted };
      const rows: (readonly NextToken[])[] = Array.from({ length: sequences.length }, () => []);
      const read = (text: string) => writtenSteps(text, pieces) ?? stepsIn(JSON.parse(text), pieces);
      const steps = await postJson(server, "/completion", body, { read, signal, onFault });
      steps.forEach(({ index, likely }, position) => {
        rows[order[index ?? position] ?? -1] = likely;
      });
      if (rows.some(({ length }) => length === 0)) throw new EndpointFault("/completion: a sequence has no next token");
      return rows;
    },
    async learn(ids) {
      for (const id of ids) if (!pieces.has(id)) pieces.set(id, bytesOf(await detokenise([id])));
    },
    pieceOf: (id) => pieces.get(id),
    isEnd: (id) => ends.has(id),
  };
}

/** A tokeniser that asks once for each text: phrases come again with every task. */
export function remembered(tokenise: (text: string) => Promise<readonly number[]>): typeof tokenise {
  const known = new Map<string, readonly number[]>();
  return async (text) => {
    const ids = known.get(text) ?? (await tokenise(text));
    known.set(text, ids);
    return ids;
  };
}

/** The UTF-8 bytes of a text, one character each. */
export function bytesOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** @throws EndpointFault where an answer is not of the expected form. */
export function readAs<T>(schema: z.ZodType<T>, path: string, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new EndpointFault(`${path}: the answer is not of the expected form (${parsed.error.issues[0]?.message ?? ""})`);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
