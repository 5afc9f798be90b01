import { z } from "zod";
import { ScanStatus } from "./scan.js";

/** `nl`: a natural-language instruction. `ct`: a code template to complete. */
export const PromptKind = z.enum(["nl", "ct"]);
export type PromptKind = z.infer<typeof PromptKind>;

/**
 * What became of a request for code. `endpointFailed` is tried again on resume;
 * every status but `generated` and `truncated` means that there is no code.
 */
export const SampleStatus = z.enum([
  "generated",
  "empty",
  "truncated",
  "refused",
  "constraintsUnmet",
  "endpointFailed",
]);
export type SampleStatus = z.infer<typeof SampleStatus>;

/** The seven values that name one sample: `repeat` counts whole runs from 0, `index` runs from 0 to k − 1. */
export const SampleKey = z.object({
  dataset: z.string().min(1),
  task: z.string().min(1),
  prompt: PromptKind,
  model: z.string().min(1),
  method: z.string().min(1),
  repeat: z.number().int().min(0),
  index: z.number().int().min(0),
});
export type SampleKey = z.infer<typeof SampleKey>;

/** One chat message as it was sent. */
export const Message = z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() });
export type Message = z.infer<typeof Message>;

/** What a method's own scanner said of the code that a call gave: its verdict and the number of its findings. */
export const RoundScan = z.object({ scanner: z.string(), status: ScanStatus, findings: z.number().int().min(0) });
export type RoundScan = z.infer<typeof RoundScan>;

/**
 * Why a method that scans and asks again stopped. `clean`: its scanner found nothing. `limit`: its rounds were used up.
 * `unparseable`: the last code cannot be scanned. `callFailed`: a later call of the model failed, and the code before it stands.
 */
export const StopReason = z.enum(["clean", "limit", "unparseable", "callFailed"]);
export type StopReason = z.infer<typeof StopReason>;

/** Phrases of which one must (`positive`) or none may (`negative`) stand in the code, and whether the final code keeps to it. */
export const Constraint = z.object({
  kind: z.enum(["positive", "negative"]),
  phrases: z.array(z.string()).min(1),
  met: z.boolean(),
});
export type Constraint = z.infer<typeof Constraint>;

/** One call of a model: what was sent, what came back, what it cost. */
export const Round = z.object({
  /** What the method wanted of this call, e.g. `generate`. */
  purpose: z.string(),
  sent: z.union([z.object({ messages: z.array(Message) }), z.object({ prompt: z.string() })]),
  reply: z.string().nullable(),
  finishReason: z.string().nullable(),
  tokens: z.object({ prompt: z.number().int(), completion: z.number().int() }).nullable(),
  seconds: z.number(),
  /** Model name as the server knows it, and the server's address without credentials. */
  endpoint: z.string(),
  error: z.string().optional(),
  /** What the server did wrong on the way to the reply or error, in its words: attempts that failed and were made again, token counts that are none. */
  faults: z.array(z.string()).optional(),
  /** Set where the client steered decoding token by token: its steps, the tokens that it forced, and how many of these were not among the likely ones told. */
  steering: z
    .object({
      seed: z.number().int(),
      steps: z.number().int(),
      forced: z.number().int(),
      forcedOutOfTopN: z.number().int(),
    })
    .optional(),
  /** Set on every call whose code the method scans itself, the first generation's included. */
  scan: RoundScan.optional(),
});
export type Round = z.infer<typeof Round>;

/** A parameter of a request that some servers refuse, by its name in OpenAI's API. */
export const RequestParameter = z.enum(["temperature", "top_p", "max_tokens", "seed"]);
export type RequestParameter = z.infer<typeof RequestParameter>;

/**
 * How a sample was asked for: the study's decoding, the sample's own seed, the version of the prompt texts, the route, the method's options. A value that
 * was not sent is absent: the server decided it.
 */
export const Decoding = z.object({
  temperature: z.number().optional(),
  topP: z.number().optional(),
  maxTokens: z.number().int(),
  seed: z.number().int().optional(),
  /** The parameters that were not sent, ascending; in place of `max_tokens`, `max_completion_tokens` was. */
  unsupported: z.array(RequestParameter).optional(),
  template: z.number().int(),
  /** SHA-256 of the prompt texts, where the study named its own (`promptTemplates`). */
  templateHash: z.string().optional(),
  route: z.enum(["chat", "completion"]),
  /** The method's options with its defaults filled in, where it has any. */
  options: z.record(z.string(), z.json()).optional(),
});
export type Decoding = z.infer<typeof Decoding>;

/**
 * A learned key-value prefix that the server put before the prompt (SVEN). `control`: what it was trained for, `sec` for secure code.
 * `nPrefix`: how many tokens it stands for. `base`: the model that it was put before. `hash`: SHA-256 of its numbers as float32.
 */
export const LearnedPrefix = z.object({
  name: z.string(),
  control: z.enum(["sec", "vul"]),
  nPrefix: z.number().int().positive(),
  base: z.string(),
  hash: z.string(),
});
export type LearnedPrefix = z.infer<typeof LearnedPrefix>;

/** Code, the statement that it is kept back (recorded runs of others' outputs), or `null` where none was produced. */
export const SampleCode = z.union([z.string(), z.object({ withheld: z.literal(true) }), z.null()]);
export type SampleCode = z.infer<typeof SampleCode>;

/**
 * One generated sample (a line of `samples.jsonl`).
 * `scanHash` is the SHA-256 of the extracted code, `testHash` that of the text that is executed (after repair and calibration).
 */
export const Sample = SampleKey.extend({
  schemaVersion: z.literal(1),
  status: SampleStatus,
  code: SampleCode,
  scanHash: z.string().nullable(),
  testHash: z.string().nullable(),
  /** Repairs that fired on the way from reply to code, e.g. `indent3to4`. */
  repairs: z.array(z.string()),
  rounds: z.array(Round),
  /** Set by methods that scan and ask again, such as PromSec. Their scanned calls stand in `rounds`, each with its `scan`. */
  stop: StopReason.optional(),
  /** Set by methods that constrain decoding, such as CodeGuard+: those that applied to the task, none an empty list. */
  constraints: z.array(Constraint).optional(),
  /** Absent for imported samples. */
  decoding: Decoding.optional(),
  /** Set where the model was served with a learned prefix. */
  prefix: LearnedPrefix.optional(),
  /** Where an imported sample was read: file name and line. */
  imported: z.object({ file: z.string(), line: z.number().int() }).optional(),
});
export type Sample = z.infer<typeof Sample>;
