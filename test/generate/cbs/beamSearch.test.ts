import fc from "fast-check";
import { expect, test } from "vitest";
import { beamSearch, type BeamSearchOptions, type Hypothesis } from "../../../src/generate/cbs/beamSearch.js";
import { demandOf } from "../../../src/generate/cbs/phraseState.js";
import { tokenTrie } from "../../../src/generate/cbs/tokenTrie.js";
import { seededRandom } from "../../../src/stat/seededRandom.js";

/** Letters of the toy vocabulary by token id; the last token ends a text. */
const letters = ["a", "b", "c"];
const end = letters.length;
const idsOf = (text: string) => [...text].map((letter) => letters.indexOf(letter));

/** A toy model: log-probabilities of the four tokens after a sequence, drawn from the sequence and a seed. */
function rowAfter(ids: readonly number[], model: number) {
  const random = seededRandom(model * 1_000_003 + ids.reduce((sum, id) => sum * 7 + id + 1, 0)).uniform;
  const weights = [...letters, "end"].map(() => 0.05 + random());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, id) => ({ id, logprob: Math.log(weight / total) })).sort((a, b) => b.logprob - a.logprob);
}

interface Toy {
  readonly model: number;
  readonly length: number;
  readonly positive: readonly string[];
  readonly negative: readonly string[];
}

function optionsOf(
  { model, length, positive, negative }: Toy,
  change: Partial<BeamSearchOptions> = {},
): BeamSearchOptions {
  return {
    demands: positive.map((phrase) => demandOf([phrase], [idsOf(phrase)])),
    ...{ banned: tokenTrie(negative.map(idsOf)), bannedTexts: negative, seed: 1, beams: 10_000, maxNewTokens: length },
    ...{ temperature: 1, topP: 1 },
    next: (sequences) => Promise.resolve(sequences.map((ids) => rowAfter(ids, model))),
    learn: () => Promise.resolve(),
    pieceOf: (id) => letters[id] ?? "",
    isEnd: (id) => id === end,
    isOver: () => false,
    ...change,
  };
}

/** Every text of at most `length` tokens that keeps to the constraints, with its score per token: by enumeration. */
function enumerated({ model, length, positive, negative }: Toy): { text: string; normalised: number }[] {
  const found: { text: string; normalised: number }[] = [];
  const keeps = (text: string) =>
    positive.every((phrase) => text.includes(phrase)) && !negative.some((phrase) => text.includes(phrase));
  const visit = (ids: readonly number[], score: number) => {
    const text = ids.map((id) => letters[id]).join("");
    if (ids.length === length) {
      if (keeps(text)) found.push({ text, normalised: score / ids.length });
      return;
    }
    for (const { id, logprob } of rowAfter(ids, model)) {
      if (id !== end) visit([...ids, id], score + logprob);
      else if (keeps(text)) found.push({ text, normalised: (score + logprob) / Math.max(1, ids.length) });
    }
  };
  visit([], 0);
  return found;
}

const phrase = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 3 });
const toy = fc.record({
  model: fc.integer({ min: 1, max: 1000 }),
  length: fc.integer({ min: 1, max: 5 }),
  positive: fc.uniqueArray(phrase, { maxLength: 2 }),
  negative: fc.uniqueArray(phrase, { maxLength: 2 }),
});
const isMet = ({ state }: Hypothesis) => state.done.every((done) => done);

test("with beams for every text the search finds what enumeration finds: the same best score under the constraints", async () => {
  await fc.assert(
    fc.asyncProperty(toy, async (each) => {
      const { hypotheses } = await beamSearch(optionsOf(each));
      const met = hypotheses.filter(isMet);
      const all = enumerated(each);
      expect(met.length > 0).toBe(all.length > 0);
      if (all.length === 0) return;
      const best = Math.max(...all.map(({ normalised }) => normalised));
      expect(met[0]?.normalised).toBeCloseTo(best, 10);
      expect(all.map(({ text }) => text)).toContain(met[0]?.text);
      expect(new Set(met.map(({ text, ended }) => `${text} ${ended}`)).size).toBe(all.length);
    }),
    { numRuns: 60 },
  );
});

test("whatever the beams: no text holds a banned phrase, and what counts as met holds every demanded one", async () => {
  await fc.assert(
    fc.asyncProperty(toy, fc.integer({ min: 1, max: 6 }), fc.integer(), async (each, beams, seed) => {
      const { hypotheses } = await beamSearch(optionsOf(each, { beams, seed }));
      for (const hypothesis of hypotheses) {
        expect(each.negative.some((banned) => hypothesis.text.includes(banned))).toBe(false);
        if (isMet(hypothesis)) expect(each.positive.every((wanted) => hypothesis.text.includes(wanted))).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

test("a phrase that the model would hardly ever write is forced, by one beam too", async () => {
  const unlikely = { id: 2, logprob: -20 };
  const likely = { id: 0, logprob: -0.1 };
  const options = optionsOf({ model: 1, length: 8, positive: ["cbc"], negative: [] }, { beams: 1 });
  const { hypotheses, forced, outside } = await beamSearch({
    ...options,
    next: (rows) => Promise.resolve(rows.map(() => [likely, unlikely])),
  });
  expect(hypotheses[0]?.text).toMatch(/^cbc/);
  // `b` is not among the tokens that the model tells.
  expect([forced > 0, outside]).toEqual([true, 1]);
});

test("the same seed gives the same texts, another seed others", async () => {
  const options = optionsOf({ model: 3, length: 12, positive: [], negative: [] }, { beams: 2, isEnd: () => false });
  const texts = async (seed: number) => (await beamSearch({ ...options, seed })).hypotheses.map(({ text }) => text);
  expect(await texts(5)).toEqual(await texts(5));
  const others = await Promise.all([1, 2, 3, 4].map(texts));
  expect(new Set(others.map((each) => each.join())).size).toBeGreaterThan(1);
});

test("the search asks once a step for all beams, with sequences that are all different", async () => {
  const asked: string[][] = [];
  const options = optionsOf({ model: 3, length: 6, positive: ["ab"], negative: [] }, { beams: 4 });
  const { steps } = await beamSearch({
    ...options,
    next: (sequences) => {
      asked.push(sequences.map((ids) => ids.join()));
      return options.next(sequences);
    },
  });
  expect(asked).toHaveLength(steps);
  for (const each of asked) expect([new Set(each).size, each.length <= 4]).toEqual([each.length, true]);
});

// Own work for 25 beams of 50 candidates each, with phrases as a task has them, in processor time.
test("a step takes less than 2 ms of processor time outside the server", async () => {
  const row = Array.from({ length: 50 }, (_, id) => ({ id, logprob: -1 - id / 10 }));
  const options = optionsOf({ model: 1, length: 150, positive: [], negative: [] }, { beams: 25 });
  const demands = [demandOf(["shlex.split"], [[60, 61, 62]]), demandOf(["secrets."], [[63, 64], [65]])];
  const bannedTexts = ["shell=True", "os.system", "pickle.load", "eval(", "random.random("];
  const search = () =>
    beamSearch({
      ...{ ...options, demands, bannedTexts, banned: tokenTrie(bannedTexts.map((_, at) => [70 + at, 80, 90])) },
      ...{ next: (rows: readonly (readonly number[])[]) => Promise.resolve(rows.map(() => row)) },
      ...{ pieceOf: (id: number) => ` t${id}`, isEnd: () => false },
    });
  await search();
  const before = process.cpuUsage();
  const { steps } = await search();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000 / steps).toBeLessThan(2);
});
