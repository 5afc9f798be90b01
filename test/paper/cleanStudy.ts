import { effectOfRates } from "../../src/paper/checkEffectsOfRates.js";
import { pOfEffect } from "../../src/paper/checkEffects.js";
import type { PublishedNumber } from "../../src/record/schema/publishedNumber.js";
import type { PublishedRelation } from "../../src/record/schema/publishedRelation.js";
import { seededRandom } from "../../src/stat/seededRandom.js";

/** A made-up publication whose tables agree with each other, printed by one convention a table. */
export interface CleanStudy {
  readonly numbers: PublishedNumber[];
  readonly relations: PublishedRelation[];
}

const models = ["Alder", "Birch", "Cedar", "Dogwood", "Elm"];
const methods = ["Base", "One", "Two", "Three", "Four"];

/** `value` with so many decimals, rounded or cut. */
export function print(value: number, decimals: number, cut: boolean): string {
  const scaled = value * 10 ** decimals;
  return ((cut ? Math.floor(scaled + 1e-9) : Math.round(scaled)) / 10 ** decimals).toFixed(decimals);
}

/** Rates, effects, transitions with their averages, a confusion matrix and causes, all from the same made-up counts. */
export function cleanStudy(seed: number): CleanStudy {
  const random = seededRandom(seed).uniform;
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const cut = seed % 2 === 0;
  const n = between(900, 1400);
  const numbers: PublishedNumber[] = [];
  const add = (
    place: string,
    model: string,
    method: string,
    quantity: string,
    printed: string,
    unit: PublishedNumber["unit"],
  ): void => {
    const id = [place, model, method, quantity].join("/");
    const value = Number.parseFloat(printed) / (printed.endsWith("%") ? 100 : 1);
    numbers.push({
      id,
      place,
      dataset: "Made up",
      model,
      method,
      quantity,
      value,
      unit,
      printed,
      checkedAgainst: "text",
      note: "",
    });
  };
  add("Design", "", "", "samples", String(n), "count");
  add("Design", "", "", "labelled", "40", "count");
  for (const tool of ["Axe", "Bow", "Cup"]) {
    const [tp, tn, fp] = [between(3, 12), between(3, 12), between(1, 8)];
    for (const [end, count] of Object.entries({ TP: tp, TN: tn, FP: fp, FN: 40 - tp - tn - fp })) {
      add("Matrix", "Alder", "One", `${tool} ${end}`, String(count), "count");
    }
  }
  const columns = { "IF → SN": [40, 300], "SF → SN": [120, 420], "S → I": [500, 800] } as const;
  const sums = new Map<string, { hits: number; n: number }>();
  for (const model of models) {
    const secure = between(Math.floor(0.2 * n), Math.floor(0.4 * n));
    const rates = new Map(methods.map((method) => [method, method === "Base" ? secure : secure + between(-90, 90)]));
    for (const [method, hits] of rates) {
      add("Rates", model, method, "Secure-Pass", print(hits / n, 4, cut), "share");
      if (method === "Base") continue;
      const d = effectOfRates(secure / n, hits / n, n);
      add("Effects", model, method, "Secure-Pass p", print(pOfEffect(d, n), 2, cut), "p");
      add("Effects", model, method, "Secure-Pass d", print(Math.abs(d), 3, cut), "d");
    }
    for (const [quantity, [low, high]] of Object.entries(columns)) {
      const size = between(low, high);
      for (const method of methods.slice(1)) {
        const hits = between(1, Math.floor(size * 0.7));
        add("Moves", model, method, quantity, `${print((100 * hits) / size, 2, cut)}%`, "share");
        const sum = sums.get(quantity) ?? { hits: 0, n: 0 };
        sums.set(quantity, { hits: sum.hits + hits, n: sum.n + size });
      }
    }
  }
  for (const [quantity, { hits, n: all }] of sums)
    add("Moves", "Average", "", quantity, `${print((100 * hits) / all, 2, cut)}%`, "share");
  for (const method of methods.slice(1)) {
    const parts = [between(5, 30), between(1, 9), between(1, 9)];
    const total = parts.reduce((sum, part) => sum + part, 0);
    add("Causes", "Cedar", method, "cases", String(total), "count");
    for (const [index, part] of parts.entries()) {
      add("Causes", "Cedar", method, `cause ${index}`, `${print((100 * part) / total, 2, false)}%`, "share");
    }
  }
  const samples = { "Made up": "Design///samples" };
  const relations: PublishedRelation[] = [
    { kind: "parts", place: "Matrix", suffixes: ["TP", "TN", "FP", "FN"], total: "Design///labelled" },
    { kind: "counted", place: "Rates", dataset: "Made up", quantities: ["Secure-Pass"], n: "Design///samples" },
    { kind: "effects", place: "Effects", metrics: ["Secure-Pass"], n: samples },
    { kind: "effectsOfRates", place: "Effects", rates: "Rates", metric: "Secure-Pass", base: "Base", n: samples },
    ...Object.keys(columns).map((quantity): PublishedRelation => ({
      kind: "together",
      place: "Moves",
      quantities: [quantity],
      most: samples,
    })),
    { kind: "average", place: "Moves", model: "Average" },
    { kind: "whole", place: "Causes", quantities: ["cause 0", "cause 1", "cause 2"], total: "cases" },
    {
      kind: "runs",
      models: Object.fromEntries(models.map((model) => [model, methods])),
      places: ["Rates", "Effects", "Moves"],
    },
  ];
  return { numbers, relations };
}
