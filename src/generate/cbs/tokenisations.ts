import type { TokenSteps } from "../tokens/tokenSteps.js";

/** What may stand before a phrase in code; tokens depend on it. */
const before = ["", " ", "\n", "\n    ", "(", "= ", "\n        "];

/** Every way in which a phrase comes out as tokens of its own: at the start of a text, after a space, in a fresh line, after an indent, a bracket, an equals sign. */
export async function tokenisations(
  phrase: string,
  steps: Pick<TokenSteps, "tokenise">,
): Promise<readonly (readonly number[])[]> {
  const found = new Map<string, readonly number[]>();
  for (const lead of before) {
    const context = lead === "" ? [] : await steps.tokenise(lead);
    const whole = await steps.tokenise(lead + phrase);
    // Where the lead melts into the phrase's first token (` import`), that token is the phrase's.
    let shared = 0;
    while (shared < context.length && context[shared] === whole[shared]) shared += 1;
    const own = whole.slice(shared);
    if (own.length > 0 && (shared === context.length || lead === " ")) found.set(own.join(), own);
  }
  return [...found.values()];
}
