import type { z } from "zod";
import type { MethodTraits } from "../../record/schema/methodTraits.js";
import type {
  Constraint,
  LearnedPrefix,
  PromptKind,
  Round,
  SampleStatus,
  StopReason,
} from "../../record/schema/sample.js";
import type { Finding } from "../../record/schema/scan.js";
import type { MethodOptions, StudyModel } from "../../record/schema/study.js";
import type { ScannedFile } from "../../scan/scanner.js";
import type { Task } from "../../task/task.js";
import type { Route, Sent } from "../prompts.js";
import type { PromptTemplates } from "../promptTemplates.js";
import type { TokenSteps } from "../tokens/tokenSteps.js";

/**
 * What a method uses beside the model's replies; a run prepares what its methods name. `scan`: Bandit on a text. `baseline`: the
 * baseline's sample for the same task and what the study's scanners found in it, so the baseline is generated and scanned first.
 * A method that steers
 * decoding says in `tokenCount` how many likely tokens each step must tell.
 */
export type Need = "scan" | "baseline";

/** The baseline's sample for the same task, prompt, model, repeat and index, and what the study's scanners found in it. */
export interface BaselineSample {
  /** `null` where it has no code. */
  readonly code: string | null;
  readonly findings: readonly Finding[];
}

/** What a method is given for one sample. */
export interface MethodContext {
  readonly prompt: PromptKind;
  readonly route: Route;
  /** The model's name on its server, and the server, as records say it. */
  readonly endpoint: string;
  /** The sample's seed, and the most tokens of one reply. */
  readonly seed: number;
  readonly maxTokens: number;
  /** The method's options, checked, with its defaults. */
  readonly options: MethodOptions;
  /** The texts of the study's own prompts, where it names some; `promptFor` takes them. */
  readonly templates?: PromptTemplates | undefined;
  /** Aborted when the run is stopped; a method that computes for long between calls heeds it. */
  readonly signal?: AbortSignal;
  /** Calls the model with the study's decoding and the sample's seed. A failed call is a round with `error`. `stops`: texts that end a completion. */
  ask(purpose: string, sent: Sent, stops?: readonly string[]): Promise<Round>;
  /** Says which request is being made, where a method makes many without `ask`: progress shows it. */
  tell(what: string): void;
  /** Parses and scans a text with Bandit. For methods that need `scan`. */
  scan(code: string): Promise<ScannedFile>;
  /** For methods that need `baseline`. */
  readonly baseline: BaselineSample;
  /** Token ids in, token ids with log-probabilities out. For methods with a `tokenCount`. */
  readonly tokens: TokenSteps;
}

/** What a method made of one task. There is code exactly where the status is `generated` or `truncated`. */
export interface MethodResult {
  readonly rounds: Round[];
  readonly code: string | null;
  readonly status: SampleStatus;
  /** Why a method that scans and asks again stopped; its scanned rounds carry their `scan`. */
  readonly stop?: StopReason;
  /** The constraints of a method that has any, those that applied to the task: none is an empty list. */
  readonly constraints?: Constraint[];
}

/** The most that one sample of a method asks of the model's server. */
export interface Most {
  /** Calls of the model. */
  readonly calls: number;
  /** Sequences that each call continues. */
  readonly sequences: number;
  /** Generated tokens, of all calls together. */
  readonly tokens: number;
  /** Tokens of earlier replies that later prompts hold, all calls together. */
  readonly carried: number;
}

/** A way to get code from a model. */
export interface Method {
  readonly name: string;
  readonly traits: MethodTraits;
  readonly needs?: readonly Need[];
  /** How many likely tokens each step must tell, of a method that uses `tokens`. */
  tokenCount?(options: MethodOptions): number;
  /** The options that `run.json` may give the method, with their defaults. A method without takes none. */
  readonly options?: z.ZodType<MethodOptions>;
  /** The most that one sample asks of the server, of replies of `maxTokens`; without it one call. `safelab plan` counts it. */
  most?(options: MethodOptions, maxTokens: number): Most;
  /** The route that the method asks by, whatever the model's own. */
  readonly route?: Route;
  /**
   * Whether the method can be used on a model with a prompt; without it, natural language needs the chat route.
   *
   * @throws InputError with what to change.
   */
  check?(model: StudyModel, prompt: PromptKind): void;
  /** The control of the learned prefix that the model's server must put before prompts; without it, none may stand there. */
  readonly prefix?: LearnedPrefix["control"];
  generate(task: Task, context: MethodContext): Promise<MethodResult>;
}
