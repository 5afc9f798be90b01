import { SetupError } from "../../error.js";
import { endpointAddress } from "../endpointAddress.js";
import { llamaSteps } from "./llamaSteps.js";
import { type JsonServer } from "./postJson.js";
import { EndpointFault, type TokenSteps } from "./tokenSteps.js";
import { vllmSteps } from "./vllmSteps.js";

/** A model on a server that is to give token steps. */
export interface TokenStepsOptions {
  /** Address up to and with `/v1`. */
  readonly address: string;
  readonly served: string;
  readonly key?: string;
  /** The model's name in the study. */
  readonly model: string;
  /** How many likely tokens its steps must tell. */
  readonly count: number;
}

/**
 * Finds out, before a run, whether a server gives token steps, and how: token-id prompts several at once, log-probabilities with ids, as many as are
 * wanted, and a round trip through its tokeniser.
 *
 * @throws SetupError with what it lacks and what to start in its place.
 */
export async function openTokenSteps(options: TokenStepsOptions): Promise<TokenSteps> {
  const { shown, basic, secrets } = endpointAddress(options.address);
  const { key, served } = options;
  const server: JsonServer = {
    root: shown.replace(/\/v1$/, ""),
    authorization: key !== undefined ? `Bearer ${key}` : basic === undefined ? undefined : `Basic ${basic}`,
    secrets: [...secrets, ...(key === undefined || key === "" ? [] : [key])],
    maxRetries: 0,
  };
  const patient = { ...server, maxRetries: 3 };
  const kinds = [
    ["llama.cpp", () => llamaSteps(server), () => llamaSteps(patient)],
    ["vLLM", () => vllmSteps(server, served), () => vllmSteps(patient, served)],
  ] as const;
  const lacks: string[] = [];
  for (const [kind, probe, open] of kinds) {
    try {
      await probeSteps(await probe(), options.count);
      return await open();
    } catch (thrown) {
      if (!(thrown instanceof EndpointFault)) throw thrown;
      lacks.push(`as ${kind}: ${thrown.message}`);
    }
  }
  throw new SetupError(
    `model "${options.model}": the server of ${served} at ${shown} does not give token steps, which constrained decoding needs (${lacks.join("; ")}). ` +
      `Serve it with \`vllm serve ${served} --max-logprobs ${options.count}\` or \`llama-server -m FILE.gguf --parallel 1\`, or leave codeguard out of the model's methods`,
  );
}

async function probeSteps(steps: TokenSteps, count: number): Promise<void> {
  const text = "def f(a):\n    return a";
  const { ids } = await steps.prompt(text);
  const back = await steps.detokenise(await steps.tokenise(text));
  if (back.trim() !== text)
    throw new EndpointFault(`its tokeniser makes ${JSON.stringify(back)} of ${JSON.stringify(text)}`);
  const rows = await steps.next({ sequences: [ids, ids.slice(0, -1)], count, fresh: true });
  const least = Math.min(...rows.map(({ length }) => length));
  if (least < count) throw new EndpointFault(`it tells ${least} log-probabilities where ${count} are wanted`);
}
