import { InputError, SetupError, UnreachableError } from "../error.js";
import type { LearnedPrefix } from "../record/schema/sample.js";
import type { Endpoint } from "./endpoint.js";
import { pathAdvice } from "./endpointAddress.js";

/** Whom a probe speaks of: the model's name in the study, and the variable that its key was taken from. */
export interface ProbeOptions {
  readonly model: string;
  /** As run.json says it. */
  readonly address: string;
  readonly keyVariable?: string;
  readonly signal?: AbortSignal;
}

/**
 * Makes sure, before a run, that a model can be asked: its server is there, serves it, and answers on its route.
 *
 * @returns the learned prefix that the server declares to put before this model's prompts
 * @throws UnreachableError when the server cannot be reached or is not ready, SetupError when it does not let us in, saying what to start or to set.
 * @throws InputError when it does not serve the model (with what it serves) or does not answer on the route.
 * @throws InterruptedError when `signal` was aborted.
 */
export async function probeEndpoint(endpoint: Endpoint, options: ProbeOptions): Promise<LearnedPrefix | undefined> {
  const { served, route, shown } = endpoint;
  const listed = await endpoint.models(options.signal);
  const offered = listed.ok ? listed.models.find(({ name }) => name === served) : undefined;
  if (listed.ok && offered === undefined)
    throw new InputError(
      `model "${options.model}": ${shown} is not served; the server has ${listed.models.map(({ name }) => name).join(", ") || "no model"}. ` +
        'Set "served" in run.json to one of these, or serve the model',
    );
  // A server without a list of models may still answer.
  if (!listed.ok && listed.status !== 404 && listed.status !== 405) throw unusable(endpoint, options, listed);

  const sent = route === "chat" ? { messages: [{ role: "user" as const, content: "Say yes." }] } : { prompt: "x = " };
  const answer = await endpoint.ask({ sent, seed: 1, temperature: 0, topP: 1, maxTokens: 1 }, options.signal);
  if (answer.ok) return offered?.prefix;
  if (answer.status !== 404 || !listed.ok) throw unusable(endpoint, options, answer);
  const other = route === "chat" ? "completion" : "chat";
  throw new InputError(
    `model "${options.model}": ${shown} does not answer on the ${route} route (${answer.error}); ` +
      `set "route": "${other}" in run.json, or serve the model with it`,
  );
}

function unusable(
  { shown, served }: Endpoint,
  { model, address, keyVariable }: ProbeOptions,
  { error, status }: { readonly error: string; readonly status: number | null },
): SetupError {
  const about = `model "${model}": ${shown}`;
  if (status === 401 || status === 403)
    return new SetupError(
      `${about} refuses us (${error}): ` +
        (keyVariable === undefined
          ? 'name the environment variable that holds its key as "keyVariable" in run.json'
          : `set the environment variable ${keyVariable} to a valid key`),
    );
  if (status === null && error.startsWith("no connection"))
    return new UnreachableError(
      `${about} cannot be reached (${error}): start the server, e.g. \`vllm serve ${served} --port 8000 --generation-config vllm\` or ` +
        "`llama-server -m FILE.gguf --port 8000`, or correct its address in run.json",
    );
  // llama.cpp's server says so while it loads its model, and a gateway whose server is not there yet.
  if (status === 503 || status === 502 || error.startsWith("no whole answer"))
    return new UnreachableError(`${about} is not ready (${error}): start again when it has loaded its model`);
  return new SetupError(
    `${about} does not answer as an OpenAI-compatible server does (${error}): ` +
      `${pathAdvice(address) ?? "check that its address in run.json ends as the server wants it, mostly in /v1, and that the server is well"}`,
  );
}
