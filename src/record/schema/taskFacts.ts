import { z } from "zod";

/** What results need to know of a task (a line of `tasks.jsonl` in a run folder): facts only, no prompt and no code. */
export const TaskFacts = z.object({
  schemaVersion: z.literal(1),
  dataset: z.string(),
  task: z.string(),
  /** Labelled CWEs; empty where the data set has none. */
  cwe: z.array(z.number().int().positive()),
  /** Number of test cases. */
  cases: z.number().int().min(0),
});
export type TaskFacts = z.infer<typeof TaskFacts>;
