import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseConstraints } from "../../../src/generate/cbs/chooseConstraints.js";
import { constraintRows } from "../../../src/generate/cbs/constraintRows.js";
import { gumbelTopK } from "../../../src/generate/cbs/gumbelTopK.js";
import { advancing, afterToken, bankOf, demandOf, newState } from "../../../src/generate/cbs/phraseState.js";
import { takeByBank } from "../../../src/generate/cbs/takeByBank.js";
import { tokenisations } from "../../../src/generate/cbs/tokenisations.js";
import { completesSequence, tokenTrie } from "../../../src/generate/cbs/tokenTrie.js";
import { warp } from "../../../src/generate/cbs/warp.js";
import { seededRandom } from "../../../src/stat/seededRandom.js";

const ids = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 });

test("a token completes a banned sequence exactly where the text with it ends in one", () => {
  fc.assert(
    fc.property(
      fc.array(ids, { maxLength: 4 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }),
      fc.integer({ min: 0, max: 3 }),
      (banned, before, id) => {
        const text = [...before, id];
        const expected = banned.some(
          (sequence) => text.slice(-sequence.length).join() === sequence.join() && sequence.length <= text.length,
        );
        expect(completesSequence(tokenTrie(banned), before, id)).toBe(expected);
      },
    ),
  );
});

test("banned sequences that share a beginning, and several single tokens, are all banned", () => {
  const trie = tokenTrie([[1, 2], [1, 3], [4], [5]]);
  expect([2, 3].map((id) => completesSequence(trie, [1], id))).toEqual([true, true]);
  expect([4, 5, 6].map((id) => completesSequence(trie, [], id))).toEqual([true, true, false]);
});

test("a phrase under way asks for its next token, and one broken off is open counts from its beginning", () => {
  const demands = [demandOf(["xyz"], [[1, 2, 3]]), demandOf(["q"], [[4], [5, 6]])];
  let state = newState(demands);
  expect(advancing(demands, state)).toEqual([1, 4, 5]);
  state = afterToken(demands, state, 1, "x");
  expect([advancing(demands, state), bankOf(demands, state)]).toEqual([[2], 1]);
  // 1 breaks it off; it is not tried as a new beginning.
  state = afterToken(demands, state, 1, "xx");
  expect([advancing(demands, state), bankOf(demands, state)]).toEqual([[1, 4, 5], 0]);
  state = afterToken(demands, state, 4, "xx?");
  expect([state.done, bankOf(demands, state)]).toEqual([[false, true], 3]);
});

test("a phrase that stands in the text by other tokens counts, one in the prompt does not", () => {
  const demands = [demandOf(["xyz"], [[1, 2, 3]])];
  expect(afterToken(demands, newState(demands), 9, "a xyz").done).toEqual([true]);
  expect(newState(demands).done).toEqual([false]);
});

test("banks are served in turn, the highest first, however far scores are apart", () => {
  const all = [
    { bank: 0, score: 0 },
    { bank: 0, score: -1 },
    { bank: 1, score: -500 },
    { bank: 2, score: -900 },
    { bank: 2, score: -901 },
  ];
  expect(takeByBank(all, 4).map(({ bank, score }) => [bank, score])).toEqual([
    [2, -900],
    [1, -500],
    [0, 0],
    [2, -901],
  ]);
  expect(takeByBank(all, 9)).toHaveLength(5);
});

test("drawing without replacement follows the probabilities: the first draw is softmax", () => {
  const all = [0.5, 0.3, 0.2].map((p, id) => ({ id, score: Math.log(p) }));
  const random = seededRandom(7).uniform;
  const counts = [0, 0, 0];
  for (let trial = 0; trial < 20_000; trial += 1) {
    const id = gumbelTopK(all, 1, { random })[0]?.id ?? 0;
    counts[id] = (counts[id] ?? 0) + 1;
  }
  // Standard error .0035; four of them.
  for (const [id, p] of [0.5, 0.3, 0.2].entries()) expect(Math.abs((counts[id] ?? 0) / 20_000 - p)).toBeLessThan(0.014);
});

test("what is not allowed is never drawn, and the draws are full as long as there is enough", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 7 }), (seed, count, step) => {
      const all = Array.from({ length: 40 }, (_, id) => ({ id, score: -id / 3 }));
      const drawn = gumbelTopK(all, count, {
        random: seededRandom(seed).uniform,
        isAllowed: ({ id }) => id % step === 0,
      });
      expect(drawn.every(({ id }) => id % step === 0)).toBe(true);
      expect(new Set(drawn).size).toBe(Math.min(count, Math.ceil(40 / step)));
    }),
  );
});

test("topP keeps the tokens up to and with the one that reaches it; temperature divides", () => {
  const row = [0.6, 0.3, 0.1].map((p, id) => ({ id, logprob: Math.log(p) }));
  expect(warp(row, { temperature: 1, topP: 0.6 }).map(({ id }) => id)).toEqual([0]);
  expect(warp(row, { temperature: 1, topP: 0.7 }).map(({ id }) => id)).toEqual([0, 1]);
  expect(warp(row, { temperature: 2, topP: 1 })[0]?.logprob).toBeCloseTo(Math.log(0.6) / 2);
});

test("a phrase is tokenised as it stands at a start, after a space, in a fresh line and after an indent", async () => {
  // A toy tokeniser with tokens for a word with the space before it, as byte-pair encodings have.
  const vocabulary = ["\n   ", " x", "x", " ", "\n", "(", "=", "(x"];
  const tokenise = (text: string) => {
    const found: number[] = [];
    for (let rest = text; rest !== "";) {
      const id = vocabulary.findIndex((piece) => rest.startsWith(piece));
      if (id < 0) throw new Error(`no token for ${JSON.stringify(rest)}`);
      found.push(id);
      rest = rest.slice((vocabulary[id] ?? "").length);
    }
    return Promise.resolve(found);
  };
  expect((await tokenisations("x", { tokenise })).map((each) => each.map((id) => vocabulary[id]))).toEqual([
    ["x"],
    [" x"],
  ]);
});

const finding = (cwe: number) => ({
  ...{ ruleId: "B", cwe: [cwe], severity: "LOW" as const, confidence: "LOW" as const },
  ...{ lines: [1, 1] as [number, number], message: "" },
});

test("the constraints are those of the reported weaknesses; a phrase is forced only where the code holds its trigger", () => {
  const rows = constraintRows("ours");
  const md5 = chooseConstraints({ code: "hashlib.md5(x)", findings: [finding(327)] }, rows);
  expect(md5.positive).toEqual([["hashlib.sha256", "hashlib.sha3_256"]]);
  expect(md5.negative).toContain("hashlib.md5");
  expect(md5.hints).toEqual(["Use SHA-256 as hash."]);
  const random = chooseConstraints({ code: "random.random()", findings: [finding(330)] }, rows);
  expect(random.positive).toEqual([["secrets.", "SystemRandom"]]);
  expect(chooseConstraints({ code: "x = 1", findings: [] }, rows)).toEqual({ positive: [], negative: [], hints: [] });
});

test("no phrase that is demanded is banned, and every row says its source", () => {
  for (const source of ["ours", "authors"] as const) {
    const rows = constraintRows(source);
    expect(rows.every((row) => row.source !== "" && row.cwe.length > 0)).toBe(true);
    const all = chooseConstraints({ code: null, findings: rows.flatMap(({ cwe }) => cwe).map(finding) }, rows);
    const clash = all.negative.filter((banned) => all.positive.flat().some((phrase) => phrase.includes(banned)));
    expect(clash).toEqual([]);
  }
});

// The authors' table has 327 in three scenarios; rows that name variables of their benchmark (CWE-094) are not taken.
test("the authors' rows are taken by CWE, without those that name variables of their benchmark", () => {
  const rows = constraintRows("authors");
  expect(rows.find(({ cwe }) => cwe[0] === 327)?.positive).toEqual([["hashlib.sha256", "PasswordHasher()", "AES"]]);
  expect(rows.some(({ cwe }) => cwe[0] === 94)).toBe(false);
});
