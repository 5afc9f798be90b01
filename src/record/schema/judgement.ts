import { z } from "zod";

export const JudgeStatus = z.enum(["secure", "insecure", "unsure", "unparsed", "refused", "judgeFailed"]);
export type JudgeStatus = z.infer<typeof JudgeStatus>;

/** One reply of a model that judges code (a line of `judgements.jsonl`), keyed by `scanHash`, judge and prompt hash. */
export const Judgement = z.object({
  schemaVersion: z.literal(1),
  scanHash: z.string(),
  judge: z.string(),
  promptHash: z.string(),
  status: JudgeStatus,
  cwe: z.array(z.number().int().positive()),
  lines: z.array(z.number().int()),
  reply: z.string().nullable(),
});
export type Judgement = z.infer<typeof Judgement>;
