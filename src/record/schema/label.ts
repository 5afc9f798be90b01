import { z } from "zod";
import { SampleKey } from "./sample.js";

/** One answer of one annotator (a line of `labels.NAME.jsonl`). The last answer for a sample and question counts. */
export const Label = SampleKey.extend({
  schemaVersion: z.literal(1),
  annotator: z.string().min(1),
  role: z.enum(["annotator", "adjudicator"]),
  question: z.string().min(1),
  value: z.string().min(1),
  note: z.string(),
  seconds: z.number().nullable(),
});
export type Label = z.infer<typeof Label>;
