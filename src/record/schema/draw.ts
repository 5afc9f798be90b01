import { z } from "zod";
import { SampleKey } from "./sample.js";

/** By what a draw is stratified: not at all, by the task's CWE, by method, or by how far the scanners agree on a sample. */
export const DrawStrata = z.enum(["none", "cwe", "method", "agreement"]);
export type DrawStrata = z.infer<typeof DrawStrata>;

/** Which samples a draw is restricted to: column values, any where a list is empty. */
export const DrawFilter = z.object({
  dataset: z.array(z.string()),
  model: z.array(z.string()),
  method: z.array(z.string()),
});
export type DrawFilter = z.infer<typeof DrawFilter>;

/** A random draw of samples that annotators are asked about (a line of `draws.jsonl`), with all that is needed to draw it again. */
export const Draw = z.object({
  schemaVersion: z.literal(1),
  question: z.string(),
  seed: z.number().int(),
  /** How many were asked for; `all` takes the whole frame. */
  n: z.union([z.number().int().positive(), z.literal("all")]),
  filter: DrawFilter,
  strata: DrawStrata,
  /** The samples that could have been drawn: how many, by stratum too, and the SHA-256 of their keys. */
  frame: z.object({
    count: z.number().int(),
    strata: z.array(z.object({ stratum: z.string(), count: z.number().int(), drawn: z.number().int() })),
    sha256: z.string(),
  }),
  /** Samples within the filter that could not be drawn, by reason. */
  excluded: z.array(z.object({ reason: z.string(), count: z.number().int() })),
  /** The drawn samples in the order of the draw. */
  samples: z.array(SampleKey),
});
export type Draw = z.infer<typeof Draw>;
