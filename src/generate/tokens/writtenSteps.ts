import type { LlamaStep } from "./stepsIn.js";
import type { NextToken } from "./tokenSteps.js";

/**
 * The steps in the text of an answer of llama.cpp's `/completion`, read as its server writes them: fields in this order, nothing between
 * them. `JSON.parse` makes thousands of objects of the 40 kB for 8 sequences of 50 tokens, which with their collection take half of the
 * client's time for a step.
 *
 * @param pieces the bytes of tokens, one character each; those of new tokens are added
 * @returns undefined where the text is not written so, though it may mean the same
 */
export function writtenSteps(text: string, pieces: Map<number, string>): LlamaStep[] | undefined {
  let at = 0;
  const skip = (literal: string): boolean => {
    const isThere = text.startsWith(literal, at);
    if (isThere) at += literal.length;
    return isThere;
  };
  /** What stands before a text, behind which it goes on; `undefined` where that does not come. */
  const before = (literal: string): { from: number; to: number } | undefined => {
    const [from, to] = [at, text.indexOf(literal, at)];
    at = to + literal.length;
    return to < 0 ? undefined : { from, to };
  };
  const whole = (): number => {
    let value = 0;
    for (let digit; (digit = text.charCodeAt(at) - 48) >= 0 && digit <= 9; at += 1) value = 10 * value + digit;
    return value;
  };
  /** Adds a token to the likely ones; false where none is written here. */
  const token = (likely: NextToken[]): boolean => {
    if (!skip('{"id":')) return false;
    const id = whole();
    // No quote within a text of JSON is followed by these: it has a backslash before it, or ends the text.
    if (!skip(',"token":"') || before('","bytes":[') === undefined) return false;
    const bytes = before('],"logprob":');
    const number = before("}");
    if (bytes === undefined || number === undefined) return false;
    if (!pieces.has(id)) pieces.set(id, pieceOf(text.slice(bytes.from, bytes.to)));
    const said = text.slice(number.from, number.to);
    const logprob = Number(said);
    if (said !== "null") likely.push({ id, logprob });
    return said !== "" && (said === "null" || !Number.isNaN(logprob));
  };
  const steps: LlamaStep[] = [];
  do {
    if (!skip(steps.length === 0 ? '[{"index":' : '{"index":')) return undefined;
    const index = whole();
    const likely: NextToken[] = [];
    // First the token that was drawn, which is of no interest.
    if (!skip(',"completion_probabilities":[{"id":') || before('"top_logprobs":[') === undefined) return undefined;
    do if (!token(likely)) return undefined;
    while (skip(","));
    if (!skip("]}]}")) return undefined;
    steps.push({ index, likely });
  } while (skip(","));
  return skip("]") && at === text.length ? steps : undefined;
}

function pieceOf(bytes: string): string {
  return bytes === "" ? "" : String.fromCharCode(...bytes.split(",").map(Number));
}
