import { z } from "zod";

/**
 * One number that the paper prints (a row of `data/paper/*.csv`).
 * `value` is a fraction where `unit` is `share`, and null where the number is not one (`trait`), was not transcribed, or stands only in a chart.
 */
export const PublishedNumber = z.object({
  id: z.string().min(1),
  /** Where it stands: `Table 4`, `Section 4.2`. */
  place: z.string().min(1),
  dataset: z.string(),
  model: z.string(),
  method: z.string(),
  quantity: z.string().min(1),
  value: z.number().nullable(),
  unit: z.enum(["share", "count", "mean", "p", "d", "trait"]),
  /** As it is printed, digits and percent sign included. */
  printed: z.string(),
  /** What the transcription was checked against. */
  checkedAgainst: z.enum(["text", "pdf"]),
  note: z.string(),
});
export type PublishedNumber = z.infer<typeof PublishedNumber>;
