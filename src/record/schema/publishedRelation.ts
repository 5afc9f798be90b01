import { z } from "zod";

const id = z.string().min(1);
const column = { place: z.string().min(1), quantity: z.string().min(1), dataset: z.string().optional() };

/**
 * What a publication says about its own numbers: which of them must agree, and how. `data/paper/relations.json` holds those of the paper; the
 * checks of `src/paper` know the kinds, not the paper.
 */
export const PublishedRelation = z.discriminatedUnion("kind", [
  /** Counts of each instrument (`CodeQL TP`, …) add up to a stated total. */
  z.object({ kind: z.literal("parts"), place: z.string(), suffixes: z.array(z.string()).min(2), total: id }),
  /** Shares of each row make a whole, and each is a number of `total` units (a quantity of the same row). */
  z.object({ kind: z.literal("whole"), place: z.string(), quantities: z.array(z.string()).min(2), total: z.string() }),
  /** Shares of one data set count units out of a stated n. */
  z.object({
    kind: z.literal("counted"),
    place: z.string(),
    dataset: z.string(),
    quantities: z.array(z.string()),
    n: id,
  }),
  /** Shares of the same data set and model have one denominator, which is not printed and is at most `n`. */
  z.object({
    kind: z.literal("together"),
    place: z.string(),
    quantities: z.array(z.string()),
    most: z.record(z.string(), id),
    /** Where another table prints the rate whose hits are this denominator: `plus`, less `minus`, of the rows of `method`. */
    known: z
      .object({ place: z.string(), method: z.string(), plus: z.string(), minus: z.string().optional() })
      .optional(),
  }),
  /** A row named by its model is the mean of its column. */
  z.object({ kind: z.literal("average"), place: z.string(), model: z.string() }),
  /** Pairs of p and d come from independent t tests of two samples of n. */
  z.object({
    kind: z.literal("effects"),
    place: z.string(),
    metrics: z.array(z.string()),
    n: z.record(z.string(), id),
  }),
  /** The effect of a binary metric follows from two rates that are printed elsewhere. */
  z.object({
    kind: z.literal("effectsOfRates"),
    place: z.string(),
    rates: z.string(),
    metric: z.string(),
    base: z.string(),
    n: z.record(z.string(), id),
  }),
  /** A relative fall that the prose quotes. */
  z.object({ kind: z.literal("fall"), claim: id, from: id, to: id }),
  /** The prose says in words that a number rose or fell. */
  z.object({ kind: z.literal("direction"), claim: id, from: id, to: id, stated: z.enum(["up", "down"]) }),
  /** A range that the prose claims of a column. */
  z.object({ kind: z.literal("range"), claim: id, ...column, lowest: z.number(), highest: z.number() }),
  /** The largest value of a method in some columns. */
  z.object({
    kind: z.literal("largest"),
    claim: id,
    place: z.string(),
    quantities: z.array(z.string()),
    method: z.string(),
  }),
  /** The prose repeats a number of a table. */
  z.object({ kind: z.literal("quote"), claim: id, of: id }),
  /** A rate in the prose is hits out of (hits + others). */
  z.object({
    kind: z.literal("rate"),
    claim: id,
    place: z.string(),
    instruments: z.array(z.string()),
    hits: z.string(),
    others: z.string(),
    stated: z.number(),
  }),
  /** Two columns (one a data set) do not differ, says the prose. */
  z.object({
    kind: z.literal("alike"),
    claim: id,
    place: z.string(),
    datasets: z.tuple([z.string(), z.string()]),
    leaveOut: z.string(),
  }),
  /** The configurations that were run: a table may hold no others. */
  z.object({ kind: z.literal("runs"), models: z.record(z.string(), z.array(z.string())), places: z.array(z.string()) }),
  /** One metric is never above another, on the same samples. */
  z.object({ kind: z.literal("atMost"), place: z.string(), lower: z.string(), upper: z.string() }),
]);
export type PublishedRelation = z.infer<typeof PublishedRelation>;
export type RelationOf<K extends PublishedRelation["kind"]> = Extract<PublishedRelation, { kind: K }>;
