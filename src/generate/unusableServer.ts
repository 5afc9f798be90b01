import { SetupError, UnreachableError } from "../error.js";
import type { Endpoint } from "./endpoint.js";
import { pathAdvice } from "./endpointAddress.js";
import { noApi } from "./failureOf.js";
import type { ProbeOptions } from "./probeEndpoint.js";

/**
 * The error that a server cannot be used, with advice that fits what it said: an UnreachableError where it may be well later (it is not
 * there, loads its model, is too busy, breaks off, has a fault of its own), a SetupError where it will say the same again.
 */
export function unusableServer(
  { shown, served }: Endpoint,
  { model, address, keyVariable }: ProbeOptions,
  { error, status }: { readonly error: string; readonly status: number | null },
): SetupError {
  const about = `model "${model}": ${shown}`;
  const later = (what: string) => new UnreachableError(`${about} ${what}`);
  const isApi = !error.includes(noApi);
  if (status === 401 || status === 403)
    return new SetupError(
      `${about} refuses us (${error}): ` +
        (keyVariable === undefined
          ? 'name the environment variable that holds its key as "keyVariable" in run.json'
          : `set the environment variable ${keyVariable} to a valid key`),
    );
  if (status === null && error.startsWith("no connection"))
    return later(
      `cannot be reached (${error}): start the server, e.g. \`vllm serve ${served} --port 8000 --generation-config vllm\` or ` +
        "`llama-server -m FILE.gguf --port 8000`, or correct its address in run.json",
    );
  // llama.cpp's server says so while it loads its model, and a gateway whose server is not there yet.
  if (status === 502 || status === 503 || status === 504 || error.startsWith("no whole answer"))
    return later(`is not ready (${error}): start again when it has loaded its model`);
  if (status === 408 || status === 425 || status === 429)
    return later(`is too busy (${error}): start again when it has time, or its quota for you`);
  if (status !== null && status >= 500 && isApi)
    return later(`has a fault of its own (${error}): look into its log, and start again when it is well`);
  if (isBrokenOff(error)) return later(`breaks off its answer (${error}): start again when it is well`);
  if (status !== null && status !== 404 && status !== 405 && isApi)
    return new SetupError(
      `${about} refuses to answer (${error}): where that is about the request, mend "served", "route" or "unsupported" in the model's entry in run.json`,
    );
  return new SetupError(
    `${about} does not answer as an OpenAI-compatible server does (${error}): ` +
      `${pathAdvice(address) ?? "check that its address in run.json ends as the server wants it, mostly in /v1, and that the server is well"}`,
  );
}

/** Whether a connection broke while an answer came, in the words of Node's client. */
function isBrokenOff(error: string): boolean {
  return /terminated|other side closed|ECONNRESET|EPIPE|premature close/i.test(error);
}
