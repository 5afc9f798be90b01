import { z } from "zod";

const shared = {
  schemaVersion: z.literal(1),
  dataset: z.string().min(1),
  task: z.string().min(1),
  case: z.string().min(1),
};
const reviewed = { ...shared, who: z.string().min(1), why: z.string().min(1), before: z.string() };

/**
 * One line of a file of generated test cases: how a case came about, or what a person decided about it. Lines are only added; the last one
 * on a case counts and the history stays. `before` and `after` are keyword arguments as the text of a Python dictionary.
 */
export const CaseRecord = z.discriminatedUnion("event", [
  z.object({
    ...shared,
    event: z.literal("generated"),
    model: z.string(),
    after: z.string(),
    ms: z.number(),
    lines: z.array(z.number()),
  }),
  z.object({ ...shared, event: z.literal("dropped"), model: z.string(), before: z.string(), why: z.string() }),
  z.object({ ...reviewed, event: z.literal("struck") }),
  z.object({
    ...reviewed,
    event: z.literal("edited"),
    after: z.string(),
    /** Of the edited inputs on the reference. */
    ms: z.number().optional(),
    lines: z.array(z.number()).optional(),
  }),
  z.object({ ...reviewed, event: z.literal("accepted") }),
]);
export type CaseRecord = z.infer<typeof CaseRecord>;
