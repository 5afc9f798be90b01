import { type TokenTrie, tokenTrie } from "./tokenTrie.js";

/** A demand that one of some phrases stands in the text, with every way in which they may be tokenised. */
export interface Demand {
  readonly phrases: readonly string[];
  readonly trie: TokenTrie;
}

/** @param tokenised every tokenisation of every phrase */
export function demandOf(phrases: readonly string[], tokenised: readonly (readonly number[])[]): Demand {
  return { phrases, trie: tokenTrie(tokenised) };
}

/** How far a text has come with its demands. It is built from generated tokens alone: a phrase in the prompt satisfies nothing. */
export interface PhraseState {
  readonly done: readonly boolean[];
  /** The demand that is being written and the place in its tree; at most one at a time. */
  readonly active?: { readonly demand: number; readonly at: TokenTrie };
}

export function newState(demands: readonly Demand[]): PhraseState {
  return { done: demands.map(() => false) };
}

export function isComplete({ done }: PhraseState): boolean {
  return done.every((each) => each);
}

/** The tokens that bring a demand forward: the next ones of the phrase that is being written, else the first ones of all open demands. */
export function advancing(demands: readonly Demand[], { done, active }: PhraseState): readonly number[] {
  if (active !== undefined) return [...active.at.children.keys()];
  const first = demands.flatMap(({ trie }, index) => (done[index] === true ? [] : [...trie.children.keys()]));
  return [...new Set(first)];
}

/**
 * The state after one more token. A token that breaks a phrase off makes its demand open again and is not tried as the beginning of another (as in
 * transformers' `ConstraintListState`). A demand is also met where one of its phrases stands in the text by whatever tokens.
 *
 * @param text what was generated so far, this token included
 */
export function afterToken(demands: readonly Demand[], state: PhraseState, id: number, text: string): PhraseState {
  const { done, active } = state;
  const step =
    active === undefined ? begin(demands, done, id) : { demand: active.demand, at: active.at.children.get(id) };
  const met = demands.map(
    ({ phrases }, index) =>
      done[index] === true ||
      (step?.demand === index && step.at?.ends === true) ||
      phrases.some((phrase) => text.includes(phrase.trim())),
  );
  if (step?.at === undefined || met[step.demand] === true) return { done: met };
  return { done: met, active: { demand: step.demand, at: step.at } };
}

function begin(demands: readonly Demand[], done: readonly boolean[], id: number) {
  const demand = demands.findIndex(({ trie }, index) => done[index] !== true && trie.children.has(id));
  return demand < 0 ? undefined : { demand, at: demands[demand]?.trie.children.get(id) };
}

/** The bank of a state: completed demands times the longest phrase, plus how far the phrase that is being written has come. */
export function bankOf(demands: readonly Demand[], { done, active }: PhraseState): number {
  const longest = Math.max(0, ...demands.map(({ trie }) => lengthOf(trie)));
  const progress = active === undefined ? 0 : longest - active.at.toEnd;
  return done.filter((each) => each).length * longest + progress;
}

const lengths = new WeakMap<TokenTrie, number>();

function lengthOf(trie: TokenTrie): number {
  const known = lengths.get(trie);
  if (known !== undefined) return known;
  const length = trie.children.size === 0 ? 0 : 1 + Math.max(...[...trie.children.values()].map(lengthOf));
  lengths.set(trie, length);
  return length;
}
