import { z } from "zod";
import { SampleKey } from "./sample.js";

/** An annotator's name; it is part of a file's name. */
export const AnnotatorName = z
  .string()
  .regex(/^[A-Za-z0-9][\w-]{0,63}$/, "expected a name of letters, digits, _ and -, at most 64 of them");

/**
 * Whether labels under this name only demonstrate: `demonstration`, alone or with more after a hyphen (`demonstration-2`). The name says it, so
 * that it stays with the labels wherever they are copied. Tables call such labels demonstration labels, and no finding rests on them.
 */
export function isDemonstration(annotator: string): boolean {
  return /^demonstration(-|$)/i.test(annotator);
}

/**
 * One answer of one annotator (a line of `labels.NAME.jsonl`). The last answer for a sample and question counts, the earlier ones
 * stay in the file.
 */
export const Label = SampleKey.extend({
  schemaVersion: z.literal(1),
  annotator: AnnotatorName,
  /** An adjudicator's answer decides where annotators differ. */
  role: z.enum(["annotator", "adjudicator"]),
  question: z.string().min(1),
  /** One of the question's answers; `null` where an answer was taken back. */
  value: z.string().min(1).nullable(),
  /** CWE numbers that the annotator names. */
  cwe: z.array(z.number().int().positive()).default([]),
  /** Marked lines of the code, from 1, ascending. */
  lines: z.array(z.number().int().positive()).default([]),
  note: z.string().default(""),
  /** How long the sample was looked at; `null` where unknown. */
  seconds: z.number().min(0).nullable(),
});
export type Label = z.infer<typeof Label>;

/** An answer that counts, as result rows carry it: each annotator's last one to each question. */
export interface RowLabel extends Pick<
  Label,
  "annotator" | "role" | "question" | "cwe" | "lines" | "note" | "seconds"
> {
  readonly value: string;
}
