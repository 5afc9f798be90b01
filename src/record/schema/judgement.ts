import { z } from "zod";

export const JudgeStatus = z.enum(["secure", "insecure", "unsure", "unparsed", "refused", "judgeFailed"]);
export type JudgeStatus = z.infer<typeof JudgeStatus>;

/** One weakness that a judge names. `evidence` is its quotation of the code. */
export const JudgeFinding = z.object({
  cwe: z.array(z.number().int().positive()),
  evidence: z.string(),
  reason: z.string(),
  /** Where the evidence stands; `null` where the code does not hold it and the finding does not count. */
  lines: z.tuple([z.number().int(), z.number().int()]).nullable(),
});
export type JudgeFinding = z.infer<typeof JudgeFinding>;

/** One call of a judge. */
export const JudgeAttempt = z.object({
  reply: z.string().nullable(),
  finishReason: z.string().nullable(),
  tokens: z.object({ prompt: z.number().int(), completion: z.number().int() }).nullable(),
  seconds: z.number(),
  /** Why the call failed, or why its reply is no verdict; empty where it is one. */
  problem: z.string(),
});
export type JudgeAttempt = z.infer<typeof JudgeAttempt>;

/** One reply of a model that judges code (a line of `judgements.jsonl`), keyed by `scanHash`, judge and prompt hash. */
export const Judgement = z.object({
  schemaVersion: z.literal(1),
  scanHash: z.string(),
  judge: z.string(),
  /** Hash of the prompt, the form of the reply and the decoding. */
  promptHash: z.string(),
  status: JudgeStatus,
  /** CWEs of the findings that count, ascending. */
  cwe: z.array(z.number().int().positive()),
  /** Lines on which their evidence begins, ascending. */
  lines: z.array(z.number().int()),
  /** The reply that was read, or the last one. */
  reply: z.string().nullable(),
  /** What the judge named, findings without evidence in the code included. */
  findings: z.array(JudgeFinding).optional(),
  /** All calls, in order: the first, and one more where its reply was no verdict. */
  attempts: z.array(JudgeAttempt).optional(),
  /** The model's name and the server's address without credentials. */
  endpoint: z.string().optional(),
});
export type Judgement = z.infer<typeof Judgement>;
