import { EndpointFault, type NextToken } from "./tokenSteps.js";

/** What llama.cpp says of one sequence: which one of the request, where it says that, and the likely tokens that can come, best first. */
export interface LlamaStep {
  readonly index: number | undefined;
  readonly likely: readonly NextToken[];
}

/** A likely token as llama.cpp tells it; `null` for one that cannot come. */
interface LikelyToken {
  readonly id: number;
  readonly bytes: readonly number[];
  readonly logprob: number | null;
}

/**
 * The steps in an answer of llama.cpp's `/completion`: one sequence is answered with one step, several with a list.
 *
 * @param pieces the bytes of tokens, one character each; those of new tokens are added
 * @throws EndpointFault where the answer is not of that form.
 */
export function stepsIn(answer: unknown, pieces: Map<number, string>): LlamaStep[] {
  return (Array.isArray(answer) ? (answer as unknown[]) : [answer]).map((step, position) => {
    const { index, completion_probabilities: places } = fieldsOf(step);
    const { top_logprobs: told } = fieldsOf(Array.isArray(places) ? (places as unknown[])[0] : undefined);
    const isIndex = index === undefined || Number.isInteger(index);
    const tokens: readonly unknown[] = Array.isArray(told) ? told : [undefined];
    if (!isIndex || !tokens.every(isLikely))
      throw new EndpointFault(`/completion: the answer is not of the expected form (sequence ${position})`);
    for (const { id, bytes } of tokens) if (!pieces.has(id)) pieces.set(id, String.fromCharCode(...bytes));
    const likely = tokens.flatMap(({ id, logprob }) => (logprob === null ? [] : [{ id, logprob }]));
    return { index: index as number | undefined, likely };
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isLikely(value: unknown): value is LikelyToken {
  if (typeof value !== "object" || value === null) return false;
  const { id, bytes, logprob } = value as Partial<Record<keyof LikelyToken, unknown>>;
  return Number.isInteger(id) && isBytes(bytes) && (logprob === null || typeof logprob === "number");
}

function isBytes(value: unknown): boolean {
  return Array.isArray(value) && value.every(Number.isInteger);
}
