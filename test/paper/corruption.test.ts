import { describe, expect, test } from "vitest";
import { audit } from "../../src/paper/audit.js";
import type { PublishedNumber } from "../../src/record/schema/publishedNumber.js";
import { seededRandom } from "../../src/stat/seededRandom.js";
import { cleanStudy } from "./cleanStudy.js";

type Corruption = (numbers: readonly PublishedNumber[], random: () => number) => PublishedNumber[];

const reprinted = (number: PublishedNumber, printed: string): PublishedNumber => ({
  ...number,
  printed,
  value: Number.parseFloat(printed) / (printed.endsWith("%") ? 100 : 1),
});

function pick<T>(list: readonly T[], random: () => number): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new RangeError("nothing to pick from");
  return chosen;
}

function wrongDigit(place: string): Corruption {
  return (numbers, random) => {
    const victim = pick(
      numbers.filter((number) => number.place === place && number.model !== "Average"),
      random,
    );
    const spots = [...victim.printed].flatMap((letter, index) => (/\d/.test(letter) ? [index] : []));
    const at = pick(spots.slice(-3, -1), random);
    const digit = String((Number(victim.printed[at]) + 1 + Math.floor(random() * 8)) % 10);
    const printed = victim.printed.slice(0, at) + digit + victim.printed.slice(at + 1);
    return numbers.map((number) => (number === victim ? reprinted(number, printed) : number));
  };
}

/** Exchanges the values of two methods' rows of the table of effects. */
const swappedRows: Corruption = (numbers, random) => {
  const model = pick(["Alder", "Birch", "Cedar"], random);
  const row = (method: string): PublishedNumber[] =>
    numbers.filter((number) => number.place === "Effects" && number.model === model && number.method === method);
  const [one, two] = [row("One"), row("Two")];
  if (JSON.stringify(one.map(({ printed }) => printed)) === JSON.stringify(two.map(({ printed }) => printed)))
    return [...numbers];
  return numbers.map((number) => {
    const [index, other] = one.includes(number) ? [one.indexOf(number), two] : [two.indexOf(number), one];
    return index < 0 ? number : reprinted(number, other[index]?.printed ?? "");
  });
};

const wrongSum: Corruption = (numbers, random) => {
  const victim = pick(
    numbers.filter(({ place }) => place === "Matrix"),
    random,
  );
  return numbers.map((number) => (number === victim ? reprinted(number, String((number.value ?? 0) + 2)) : number));
};

const wrongAverage: Corruption = (numbers, random) => {
  const victim = pick(
    numbers.filter(({ model }) => model === "Average"),
    random,
  );
  const printed = `${((victim.value ?? 0) * 100 + 1.37).toFixed(2)}%`;
  return numbers.map((number) => (number === victim ? reprinted(number, printed) : number));
};

const accusing = new Set(["contradicts", "outlier"]);
const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

describe("tables that the checks have not seen", () => {
  test("clean ones are not accused", () => {
    const accused = seeds.flatMap((seed) => {
      const { numbers, relations } = cleanStudy(seed);
      return audit(numbers, relations)
        .filter(({ verdict }) => accusing.has(verdict))
        .map(({ says }) => `${seed}: ${says}`);
    });
    expect(accused).toEqual([]);
  });

  test.each([
    ["a wrong digit in a percentage", wrongDigit("Moves"), 0.5],
    ["a wrong digit in a rate", wrongDigit("Rates"), 0.6],
    ["two rows exchanged", swappedRows, 0.9],
    ["a wrong sum", wrongSum, 1],
    ["a wrong average", wrongAverage, 0.7],
    ["a wrong digit in a share of few cases", wrongDigit("Causes"), 0.9],
  ] as const)("%s is found, and what is found is that table", (_title, corrupt, least) => {
    let found = 0;
    let falsely = 0;
    let made = 0;
    for (const seed of seeds) {
      const { numbers, relations } = cleanStudy(seed);
      const corrupted = corrupt(numbers, seededRandom(1000 + seed).uniform);
      const changed = new Set(corrupted.filter((number, index) => number !== numbers[index]).map(({ id }) => id));
      if (changed.size === 0) continue;
      made += 1;
      const accused = audit(corrupted, relations).filter(({ verdict }) => accusing.has(verdict));
      if (accused.some(({ ids }) => ids.some((id) => changed.has(id)))) found += 1;
      falsely += accused.filter(({ ids }) => !ids.some((id) => changed.has(id))).length;
    }
    expect(found / made).toBeGreaterThanOrEqual(least);
    expect(falsely / made).toBeLessThanOrEqual(0.15);
  });
});
