import { z } from "zod";

/** How the cases that a builder made for a task came about: `generated` = `struck` + `kept`, and edited ones are among the kept. */
export const BuiltCases = z.object({
  generated: z.number().int().min(0),
  struck: z.number().int().min(0),
  edited: z.number().int().min(0),
  kept: z.number().int().min(0),
});
export type BuiltCases = z.infer<typeof BuiltCases>;

/** What results need to know of a task (a line of `tasks.jsonl` in a run folder): facts only, no prompt and no code. */
export const TaskFacts = z.object({
  schemaVersion: z.literal(1),
  dataset: z.string(),
  task: z.string(),
  /** Labelled CWEs; empty where the data set has none. */
  cwe: z.array(z.number().int().positive()),
  /** Number of test cases. */
  cases: z.number().int().min(0),
  /** Set where some of them were generated and reviewed. */
  built: BuiltCases.optional(),
});
export type TaskFacts = z.infer<typeof TaskFacts>;
