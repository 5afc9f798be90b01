import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import type { MetricRow } from "../../src/metric/metricRow.js";
import { pairRows } from "../../src/metric/pairRows.js";
import { pairScores } from "../../src/metric/pairScores.js";
import { safeDifference } from "../../src/metric/safeDifference.js";
import { safeAtK, safeMetric } from "../../src/metric/safeAtK.js";
import { secureMetric } from "../../src/metric/secureAtK.js";
import { noiseFloor, sampleStates, transitions } from "../../src/metric/transitions.js";
import { anyRows, passing, row } from "./rows.js";

type State = "sf" | "sn" | "if" | "in";
const states: Record<State, Partial<MetricRow>> = {
  sf: { secure: "secure", casePass: 1, taskPass: true },
  sn: { secure: "secure", casePass: 0.5, taskPass: false },
  if: { secure: "insecure", casePass: 1, taskPass: true },
  in: { secure: "insecure", casePass: 0.5, taskPass: false },
};
const of = (list: readonly State[], own: Partial<MetricRow>) =>
  list.map((state, i) => row({ ...states[state], task: `t${i}`, ...own }));
const study = (base: readonly State[], sven: readonly State[]) => [of(base, {}), of(sven, { method: "sven" })] as const;

describe("transitions", () => {
  // Five secure+functional: two lose function, one turns insecure, two stay. Two insecure+functional: one loses function. Two
  // secure+nonfunctional: one turns insecure.
  const [base, sven] = study(
    ["sf", "sf", "sf", "sf", "sf", "if", "if", "sn", "sn", "in"],
    ["sn", "sn", "if", "sf", "sf", "sn", "if", "in", "sn", "sf"],
  );
  const found = transitions(base, sven);

  test("give the four conditional rates with their denominators", () => {
    expect(found.pairs).toBe(10);
    expect(found.insecureFunctionalToSecureNonfunctional).toMatchObject({
      value: 0.5,
      hits: 1,
      total: 2,
      excluded: [],
    });
    expect(found.secureFunctionalToSecureNonfunctional).toMatchObject({ value: 0.4, hits: 2, total: 5 });
    expect(found.secureFunctionalToInsecureFunctional).toMatchObject({ value: 0.2, hits: 1, total: 5 });
    expect(found.secureToInsecure).toMatchObject({ value: 2 / 7, hits: 2, total: 7 });
  });

  test("know the samples behind a rate and a cell", () => {
    expect(found.secureToInsecure.where.map(({ base }) => base.task)).toEqual(["t2", "t7"]);
    expect(found.secureToInsecure.where[0]!.other).toBe(sven[2]);
    expect(found.matrix["insecure+nonfunctional"]["secure+functional"].map((pair) => pair.base.task)).toEqual(["t9"]);
  });

  test("the matrix holds every pair once", () => {
    const cells = sampleStates.flatMap((from) => sampleStates.map((to) => found.matrix[from][to].length));
    expect(cells.reduce((sum, count) => sum + count, 0)).toBe(10);
  });

  test("count what cannot be paired or has no verdict, by side, in the rates that it could have met", () => {
    const gaps = transitions(
      [...of(["sf", "in"], {}), row({ task: "x", secure: "scanFailed" }), row({ task: "y" }), row({ task: "z" })],
      [
        row({ task: "t0", method: "sven", execution: "notRun", casePass: null, taskPass: null }),
        row({ task: "t1", method: "sven", secure: "notScanned" }),
        row({ task: "x", method: "sven" }),
        row({ task: "z", method: "sven" }),
        row({ task: "new", method: "sven" }),
      ],
    );
    const count = (reason: string) => ({ reason, count: 1 });
    expect(gaps.pairs).toBe(1);
    expect(gaps.excluded).toEqual([
      count("baseline: no row"),
      count("baseline: scan failed"),
      count("method: no row"),
      count("method: not executed"),
      count("method: not scanned"),
    ]);
    // t1 is known to be insecure+nonfunctional before: it could not have met the condition.
    expect(gaps.secureToInsecure).toMatchObject({ hits: 0, total: 1 });
    expect(gaps.secureToInsecure.excluded).not.toContainEqual(count("method: not scanned"));
    expect(gaps.secureToInsecure.excluded).toHaveLength(4);
    expect(gaps.insecureFunctionalToSecureNonfunctional.value).toBeNaN();
  });

  test("pair only within dataset, task, prompt, model, repeat and index", () => {
    const others = [
      { dataset: "x" },
      { task: "x" },
      { prompt: "ct" as const },
      { model: "x" },
      { repeat: 1 },
      { index: 1 },
    ];
    for (const own of others) expect(transitions([row()], [row({ ...own, method: "sven" })]).pairs).toBe(0);
    expect(transitions([row()], [row({ method: "sven" })]).pairs).toBe(1);
  });

  test("refuse two methods on one side", () => {
    expect(() => transitions([row()], [row({ method: "a" }), row({ method: "b" })])).toThrow(InputError);
    expect(() => pairRows([row()], [row({ method: "a" }), row({ method: "b" })])).toThrow(
      "there are more for dataset demo, prompt nl",
    );
  });

  test("every sample of either side is a pair, half of one, or alone", () => {
    fc.assert(
      fc.property(anyRows(2), anyRows(2), (base, other) => {
        const method = other.map((one) => ({ ...one, method: "sven" }));
        const { pairs, excluded, matrix } = transitions(base, method);
        const keys = new Set([...base, ...method].map(({ task, index }) => `${task}#${index}`));
        expect(pairs + excluded.reduce((sum, { count }) => sum + count, 0)).toBe(keys.size);
        expect(sampleStates.flatMap((from) => sampleStates.flatMap((to) => matrix[from][to]))).toHaveLength(pairs);
      }),
    );
  });
});

test("noiseFloor compares one repeat of a method with another, and passes over the rest", () => {
  const rows = [...of(["sf", "sf"], {}), ...of(["sf", "in"], { repeat: 1 }), ...of(["in", "in"], { repeat: 2 })];
  expect(noiseFloor(rows, 0, 1).secureToInsecure).toMatchObject({ value: 0.5, hits: 1, total: 2, excluded: [] });
  expect(noiseFloor(rows, 0, 2).secureToInsecure.value).toBe(1);
  expect(noiseFloor(rows, 0, 3)).toMatchObject({ pairs: 0, excluded: [{ reason: "repeat 3: no row", count: 2 }] });
});

describe("pairScores", () => {
  test("pairs a metric task by task and names the side that cannot count", () => {
    const base = [
      passing(1, { task: "a" }),
      passing(1, { task: "b" }),
      row({ task: "c", secure: "scanFailed" }),
      row({ task: "d" }),
    ];
    const sven = [
      passing(1, { task: "a", method: "sven", secure: "insecure" }),
      row({ task: "b", method: "sven", sampleStatus: "missing" }),
      row({ task: "c", method: "sven" }),
    ];
    const { pairs, excluded } = pairScores(base, sven, secureMetric);
    expect(pairs.map(({ base, other, difference }) => [base.value, other.value, difference])).toEqual([[1, 0, -1]]);
    expect(pairs[0]!.other.rows[0]).toBe(sven[0]);
    expect(excluded).toEqual([
      { reason: "baseline: scan failed", count: 1 },
      { reason: "method: no row", count: 1 },
      { reason: "method: no sample", count: 1 },
    ]);
  });

  test("refuses two methods on one side", () => {
    expect(() => pairScores([row()], [row({ method: "a" }), row({ method: "b" })], secureMetric)).toThrow(
      "sample 0 twice",
    );
  });
});

test("safeDifference splits the change of SAFE@1 into parts that add up to it", () => {
  const [base, sven] = study(["sf", "if", "sn", "in"], ["sn", "sf", "in", "in"]);
  const { pairs } = pairRows(base, sven);
  const { total, security, functionality } = safeDifference(pairs);
  expect(total).toBeCloseTo(safeAtK(sven).value - safeAtK(base).value, 14);
  expect(security + functionality).toBeCloseTo(total, 14);
  expect(total).toBeCloseTo(
    pairScores(base, sven, safeMetric).pairs.reduce((sum, pair) => sum + pair.difference, 0) / 4,
    14,
  );
  const onlySecurity = safeDifference(pairRows(...study(["if"], ["sf"])).pairs);
  expect(onlySecurity).toEqual({ total: 1, security: 1, functionality: 0, pairs: 1 });
  expect(() => safeDifference([])).toThrow("safeDifference requires at least one pair");
  expect(() => safeDifference([{ base: row({ secure: "notScanned" }), other: row() }])).toThrow(
    "sample t1#0 of base has none",
  );
});
