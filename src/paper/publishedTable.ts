import type { PublishedNumber } from "../record/schema/publishedNumber.js";

/** The published numbers with ways to find them. */
export interface PublishedTable {
  readonly numbers: readonly PublishedNumber[];
  /** @throws RangeError where no number has this id: the relations name what the numbers lack. */
  readonly byId: (id: string) => PublishedNumber;
  readonly at: (place: string) => PublishedNumber[];
}

/** Indexes published numbers by id and by place. */
export function publishedTable(numbers: readonly PublishedNumber[]): PublishedTable {
  const ids = new Map(numbers.map((number) => [number.id, number]));
  return {
    numbers,
    byId(id) {
      const found = ids.get(id);
      if (found === undefined) throw new RangeError(`no published number has the id ${id}`);
      return found;
    },
    at: (place) => numbers.filter((number) => number.place === place),
  };
}

/** A published number with a value. */
export type Valued = PublishedNumber & { readonly value: number };

/** Whether a number was transcribed. */
export function isValued(number: PublishedNumber): number is Valued {
  return number.value !== null;
}

/** Numbers in groups that agree in the chosen fields, in the order of their first. */
export function groupsBy<T extends PublishedNumber>(
  numbers: readonly T[],
  ...fields: (keyof PublishedNumber)[]
): T[][] {
  const groups = new Map<string, T[]>();
  for (const number of numbers) {
    const key = JSON.stringify(fields.map((field) => number[field]));
    groups.set(key, [...(groups.get(key) ?? []), number]);
  }
  return [...groups.values()];
}

/** The row of a number in words: `CodeLlama, SVEN on BigCodeBench`. */
export function rowName({ dataset, model, method }: PublishedNumber): string {
  const who = [model, method].filter((part) => part !== "").join(" + ");
  return [who, dataset === "" ? "" : `on ${dataset}`].filter((part) => part !== "").join(" ");
}
