import { SetupError } from "../error.js";
import type { LearnedPrefix } from "../record/schema/sample.js";
import type { StudyModel } from "../record/schema/study.js";
import { embeddedModel, startEmbedded } from "./embeddedServer.js";
import { type Ask, type Endpoint, openEndpoint } from "./endpoint.js";
import { probeEndpoint } from "./probeEndpoint.js";
import { openTokenSteps } from "./tokens/openTokenSteps.js";
import type { TokenSteps } from "./tokens/tokenSteps.js";

/** Requests at the same time to a server whose user does not say how many it takes. */
export const defaultConcurrency = 8;

/** A model of the study, ready to be asked. */
export interface OpenModel {
  readonly endpoint: Endpoint;
  /** Requests that its server takes at the same time. */
  readonly concurrency: number;
  /** Set where `tokenCount` was given and the server gives token steps; else `withoutTokens` says why not. */
  readonly tokens?: TokenSteps;
  readonly withoutTokens?: SetupError;
  /** The learned prefix that its server puts before every prompt. */
  readonly prefix?: LearnedPrefix;
  close(): Promise<void>;
}

/** How models are reached. */
export interface OpenModelOptions {
  /** The value of an environment variable that the study names. */
  readonly keys: (variable: string) => string | undefined;
  readonly concurrency: number;
  /** How many likely tokens the steps of decoding must tell, where a method steers them. */
  readonly tokenCount?: number;
  /** With what it will be asked; greedy by default. */
  readonly decoding?: Pick<Ask, "temperature" | "topP">;
  readonly signal?: AbortSignal;
}

/**
 * Opens a model of the study, starting the embedded one where it is meant, and makes sure that it answers.
 *
 * @throws SetupError, InputError as `probeEndpoint` does; SetupError for a key that is not set.
 */
export async function openModel(model: StudyModel, options: OpenModelOptions): Promise<OpenModel> {
  const { name, endpoint: address = "", served, route, keyVariable, unsupported } = model;
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const probed = {
    ...{ model: name, ...signal },
    ...(unsupported === undefined ? {} : { unsupported }),
    ...(options.decoding === undefined ? {} : { decoding: options.decoding }),
  };
  if (address === "embedded") {
    const server = await startEmbedded(signal);
    const endpoint = openEndpoint({
      ...{ address: server.address, key: server.token, route, shownAs: "(embedded)" },
      served: served ?? embeddedModel,
    });
    let tokens;
    try {
      await probeEndpoint(endpoint, { ...probed, address: server.address });
      tokens = await tokensOf(
        { address: server.address, key: server.token, served: embeddedModel, model: name },
        options,
      );
    } catch (error) {
      await server.stop();
      throw error;
    }
    return { endpoint, concurrency: 1, ...tokens, close: () => server.stop() };
  }
  const key = keyVariable === undefined ? undefined : options.keys(keyVariable);
  if (keyVariable !== undefined && (key === undefined || key === ""))
    throw new SetupError(
      `model "${name}": the environment variable ${keyVariable} is not set: set it to the key, or hand \`keys\` to generateRun`,
    );
  const reached = { address, served: served ?? name, route, ...(key === undefined ? {} : { key }) };
  // Whoever waits for the first sample learns soon that the server is not there.
  const { prefix, isVllm } = await probeEndpoint(openEndpoint({ ...reached, maxRetries: 1 }), {
    ...{ ...probed, address },
    ...(keyVariable === undefined ? {} : { keyVariable }),
  });
  const tokens = await tokensOf({ ...reached, model: name }, options);
  const opened = { endpoint: openEndpoint({ ...reached, isVllm }), ...tokens, close: () => Promise.resolve() };
  // The prefix server answers one request after the other: a second one would only wait, and its clock run.
  return prefix === undefined ? { ...opened, concurrency: options.concurrency } : { ...opened, concurrency: 1, prefix };
}

async function tokensOf(
  reached: { address: string; served: string; key?: string; model: string },
  { tokenCount: count }: OpenModelOptions,
): Promise<Pick<OpenModel, "tokens" | "withoutTokens">> {
  if (count === undefined) return {};
  try {
    return { tokens: await openTokenSteps({ ...reached, count }) };
  } catch (error) {
    if (error instanceof SetupError) return { withoutTokens: error };
    throw error;
  }
}
