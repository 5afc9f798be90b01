import type { NextToken } from "../tokens/tokenSteps.js";
import { gumbelTopK } from "./gumbelTopK.js";
import { advancing, afterToken, bankOf, type Demand, isComplete, type PhraseState } from "./phraseState.js";
import { takeByBank } from "./takeByBank.js";
import { completesSequence, type TokenTrie } from "./tokenTrie.js";
import { warp, type Warp } from "./warp.js";

/** A text under way. */
export interface Beam {
  readonly ids: readonly number[];
  /** What was generated, one character a byte. */
  readonly text: string;
  /** Sum of the scores of its tokens. */
  readonly score: number;
  readonly state: PhraseState;
}

/** What does not change from step to step. */
export interface BeamRules extends Warp {
  readonly beams: number;
  readonly demands: readonly Demand[];
  /** Every tokenisation of every banned phrase, and the phrases. */
  readonly banned: TokenTrie;
  readonly bannedTexts: readonly string[];
  /** The bytes of a token, one character each; `undefined` where they are not known (yet). */
  readonly pieceOf: (id: number) => string | undefined;
  /** Whether a token ends a text. */
  isEnd(id: number): boolean;
  /** Whether a text is over without such a token: its function, or its code block, has ended. */
  isOver(text: string): boolean;
}

/** What a step came to. `outside`: forced tokens that were not among the likely ones, whose score is a guess. */
export interface BeamStep {
  readonly beams: readonly Beam[];
  readonly finished: readonly Beam[];
  readonly forced: number;
  readonly outside: number;
}

interface Candidate extends Beam {
  readonly bank: number;
}

/**
 * One step of constrained beam sampling (CodeGuard+'s authors' algorithm on transformers' constrained scorer): draws twice as many continuations as there are
 * beams, ends those that end with all demands met, adds to every beam the tokens that bring its demands forward, and keeps beams bank by bank.
 *
 * @param rows the likely next tokens of each beam, best first
 */
export function beamStep(
  beams: readonly Beam[],
  rows: readonly (readonly NextToken[])[],
  { rules, random }: { rules: BeamRules; random: () => number },
): BeamStep {
  const scored = rows.map((row) => warp(row, rules));
  const all: { beam: Beam; at: number; id: number; score: number }[] = [];
  beams.forEach((beam, at) => {
    for (const { id, logprob } of scored[at] ?? []) all.push({ beam, at, id, score: beam.score + logprob });
  });
  const isAllowed = ({ beam, id }: { beam: Beam; id: number }) => rules.isEnd(id) || !isBanned(beam, id, rules);
  const picked = gumbelTopK(all, 2 * rules.beams, { random, isAllowed }).sort((a, b) => b.score - a.score);

  const finished: Beam[] = [];
  const kept = new Map<string, Candidate>();
  const keep = (at: number, id: number, score: number): boolean => {
    const beam = beams[at];
    // Beams are all different, so beam and token name a text.
    const key = `${at} ${id}`;
    if (beam === undefined || kept.has(key)) return false;
    const text = beam.text + (rules.pieceOf(id) ?? "");
    const state = afterToken(rules.demands, beam.state, id, text);
    kept.set(key, { ids: [...beam.ids, id], text, score, state, bank: bankOf(rules.demands, state) });
    return true;
  };
  picked.forEach(({ beam, at, id, score }, rank) => {
    if (!rules.isEnd(id)) {
      if (kept.size < rules.beams) keep(at, id, score);
    } else if (rank < rules.beams && isComplete(beam.state)) finished.push({ ...beam, score });
  });

  let forced = 0;
  let outside = 0;
  beams.forEach((beam, at) => {
    if (isComplete(beam.state)) return;
    const row = scored[at] ?? [];
    for (const id of advancing(rules.demands, beam.state)) {
      if (rules.isEnd(id) || isBanned(beam, id, rules)) continue;
      const likely = row.find((token) => token.id === id);
      // The server tells the likely tokens only; one below them gets a score below theirs. Between banks the score decides nothing.
      const score = beam.score + (likely?.logprob ?? (row.at(-1)?.logprob ?? 0) - 1);
      if (!keep(at, id, score)) continue;
      forced += 1;
      if (likely === undefined) outside += 1;
    }
  });

  const live: Candidate[] = [];
  for (const candidate of kept.values()) {
    if (!rules.isOver(candidate.text)) live.push(candidate);
    else if (isComplete(candidate.state)) finished.push(candidate);
  }
  return { beams: takeByBank(live, rules.beams), finished, forced, outside };
}

/** Whether a token completes a banned phrase: by its tokens, or in the text by whatever tokens. */
function isBanned(beam: Beam, id: number, { banned, bannedTexts, pieceOf }: BeamRules): boolean {
  if (completesSequence(banned, beam.ids, id)) return true;
  const piece = pieceOf(id);
  if (piece === undefined) return false;
  return bannedTexts.some((phrase) => (beam.text.slice(-phrase.length) + piece).includes(phrase));
}
