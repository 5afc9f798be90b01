import { InputError } from "../error.js";
import { type LearnedPrefix, RequestParameter } from "../record/schema/sample.js";
import type { Ask, Endpoint } from "./endpoint.js";
import { refusedParameter } from "./refusedParameter.js";
import { unusableServer } from "./unusableServer.js";

/** Whom a probe speaks of: the model's name in the study, and the variable that its key was taken from. */
export interface ProbeOptions {
  readonly model: string;
  /** As run.json says it. */
  readonly address: string;
  readonly keyVariable?: string;
  /** What the study says that its server does not take. */
  readonly unsupported?: readonly RequestParameter[];
  /** With what it will be asked; greedy by default. A model that reasons may take one temperature and no other. */
  readonly decoding?: Pick<Ask, "temperature" | "topP">;
  readonly signal?: AbortSignal;
}

/** What a server says of itself. */
export interface Probed {
  readonly prefix?: LearnedPrefix;
  readonly isVllm: boolean;
}

/**
 * Makes sure, before a run, that a model can be asked: its server is there, serves it, and answers on its route.
 *
 * @returns the learned prefix that the server declares to put before this model's prompts, and whether it is vLLM
 * @throws UnreachableError when the server cannot be reached, is not ready or has a fault that may pass, SetupError when it does not let us in, saying what to
 *   start or to set.
 * @throws InputError when it does not serve the model (with what it serves), does not answer on the route, or refuses parameters of requests (which).
 * @throws InterruptedError when `signal` was aborted.
 */
export async function probeEndpoint(endpoint: Endpoint, options: ProbeOptions): Promise<Probed> {
  const { served, route, shown } = endpoint;
  const listed = await endpoint.models(options.signal);
  const offered = listed.ok ? listed.models.find(({ name }) => name === served) : undefined;
  if (listed.ok && offered === undefined)
    throw new InputError(
      `model "${options.model}": ${shown} is not served; the server has ${listed.models.map(({ name }) => name).join(", ") || "no model"}. ` +
        'Set "served" in run.json to one of these, or serve the model',
    );
  // A server without a list of models may still answer.
  if (!listed.ok && ![400, 404, 405, 501].includes(listed.status ?? 0)) throw unusableServer(endpoint, options, listed);

  const sent = route === "chat" ? { messages: [{ role: "user" as const, content: "Say yes." }] } : { prompt: "x = " };
  const { decoding = { temperature: 0, topP: 1 }, unsupported = [] } = options;
  const refused: RequestParameter[] = [];
  const said: string[] = [];
  const asked = () =>
    endpoint.ask(
      { sent, seed: 1, ...decoding, maxTokens: 1, unsupported: [...unsupported, ...refused] },
      options.signal,
    );
  let answer = await asked();
  // A server names one parameter at a time, and the user is to hear of all at once, once it is seen that it answers without them.
  while (!answer.ok) {
    const left = RequestParameter.options.filter((each) => !unsupported.includes(each) && !refused.includes(each));
    const parameter = refusedParameter(answer, left);
    if (parameter === undefined) break;
    refused.push(parameter);
    said.push(answer.error);
    answer = await asked();
  }
  if (answer.ok && refused.length > 0) throw refusing(endpoint, options, { refused, said });
  if (answer.ok)
    return {
      isVllm: offered?.isVllm === true,
      ...(offered?.prefix === undefined ? {} : { prefix: offered.prefix }),
    };
  if (answer.status !== 404 || !listed.ok) throw unusableServer(endpoint, options, answer);
  const other = route === "chat" ? "completion" : "chat";
  throw new InputError(
    `model "${options.model}": ${shown} does not answer on the ${route} route (${answer.error}); ` +
      `set "route": "${other}" in run.json, or serve the model with it`,
  );
}

function refusing(
  { shown }: Endpoint,
  { model, unsupported = [] }: ProbeOptions,
  { refused, said }: { readonly refused: readonly RequestParameter[]; readonly said: readonly string[] },
): InputError {
  const all = JSON.stringify([...unsupported, ...refused]).replaceAll(",", ", ");
  const instead = refused.includes("max_tokens") ? " (max_completion_tokens goes in place of max_tokens)" : "";
  return new InputError(
    `model "${model}": ${shown} does not take ${refused.join(" and ")} (${said.join("; ")}): ` +
      `set "unsupported": ${all} in its entry in run.json; it is then asked without${instead}, and samples and notes say so`,
  );
}
