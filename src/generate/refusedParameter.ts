import { RequestParameter } from "../record/schema/sample.js";

/** What a server says of a request that it does not take. */
export interface SaidRefusal {
  readonly error: string;
  readonly status: number | null;
}

/**
 * The parameter that a server refuses, going by its words; `undefined` where they name none, e.g. of
 * `HTTP 400 Unsupported value: 'temperature' does not support 0 with this model` (OpenAI), `HTTP 400 Unrecognized request argument supplied: seed` (Azure),
 * `HTTP 422 [{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted"}]` (FastAPI).
 *
 * @param sent those that the request had
 */
export function refusedParameter(
  { error, status }: SaidRefusal,
  sent: readonly RequestParameter[] = RequestParameter.options,
): RequestParameter | undefined {
  if (status !== 400 && status !== 422) return undefined;
  if (
    !/unsupported|not support|n['’]t support|unrecogni[sz]ed|unknown|unexpected|not permitted|extra_forbidden|not allowed|deprecated/i.test(
      error,
    )
  )
    return undefined;
  const at = (name: string) => error.search(new RegExp(`\\b${name}\\b`));
  return sent.filter((name) => at(name) >= 0).sort((a, b) => at(a) - at(b))[0];
}

/**
 * Whether a server refuses because its model spent its tokens on reasoning before it said a word: the request itself was in order
 * (OpenAI: `HTTP 400 Could not finish the message because max_tokens or model output limit was reached`).
 */
export function isSpentOnReasoning({ error, status }: SaidRefusal): boolean {
  return status === 400 && /output limit was reached/i.test(error);
}
