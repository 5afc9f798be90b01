import { expect, test } from "vitest";
import { effectOf } from "../../src/analysis/effect.js";
import { casePassMeasure, taskPassMeasure } from "../../src/analysis/measure.js";
import { cohenD } from "../../src/stat/cohenD.js";
import { independentTTest } from "../../src/stat/independentTTest.js";
import { pairedNewcombeInterval } from "../../src/stat/newcombeInterval.js";
import { pairedBootstrap } from "../../src/stat/pairedBootstrap.js";
import { facts, row, seeded } from "./rows.js";

const shared = facts();
const pairsOf = (scores: readonly (readonly [number, number])[]) =>
  scores.map(([before, after], i) => ({
    base: row(shared, { task: `t${i}`, casePass: before }),
    other: row(shared, { task: `t${i}`, casePass: after, method: "sven" }),
  }));

test("of yes and no every kind of pair counts for Newcombe's interval", () => {
  const kinds = [
    [1, 1, 3],
    [0, 1, 4],
    [1, 0, 2],
    [0, 0, 1],
  ] as const;
  const pairs = pairsOf(
    kinds.flatMap(([before, after, times]) => Array<[number, number]>(times).fill([before, after])),
  );
  const wanted = pairedNewcombeInterval({ both: 3, onlyFirst: 4, onlySecond: 2, neither: 1 });
  const effect = effectOf(pairs, taskPassMeasure, { interval: "newcombe" });
  expect(effect).toMatchObject({ n: 10, base: 0.5, other: 0.7, mcnemar: { gained: 4, lost: 2 } });
  expect(effect.interval).toEqual([wanted.interval.lower, wanted.interval.upper]);
});

test("counting equal pairs changes nothing: the effect is that of the two lists of scores, few or many different ones", () => {
  const random = seeded(7);
  for (const levels of [3, 1000]) {
    const draw = () => Math.floor(random() * (levels + 1)) / levels;
    const scores = Array.from({ length: 400 }, () => [draw(), draw()] as const);
    const [before, after] = [scores.map(([a]) => a), scores.map(([, b]) => b)];
    const effect = effectOf(pairsOf(scores), casePassMeasure);
    const { mean, interval } = pairedBootstrap(after.map((score, i) => score - (before[i] ?? 0)));
    expect(effect.difference).toBeCloseTo(mean, 12);
    expect(effect.interval[0]).toBeCloseTo(interval.lower, 9);
    expect(effect.interval[1]).toBeCloseTo(interval.upper, 9);
    expect(effect.tTest?.p).toBeCloseTo(independentTTest(after, before).p, 10);
    expect(effect.tTest?.d).toBeCloseTo(cohenD(after, before), 10);
  }
});
