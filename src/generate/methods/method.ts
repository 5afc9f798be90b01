import type { MethodTraits } from "../../record/schema/methodTraits.js";
import type {
  Constraint,
  LearnedPrefix,
  PromptKind,
  Round,
  SampleStatus,
  StopReason,
} from "../../record/schema/sample.js";
import type { Task } from "../../task/task.js";
import type { Route, Sent } from "../prompts.js";

/** What a method is given for one sample. */
export interface MethodContext {
  readonly prompt: PromptKind;
  readonly route: Route;
  /** Calls the model with the study's decoding and the sample's seed. A failed call is a round with `error`. */
  ask(purpose: string, sent: Sent): Promise<Round>;
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

/** A way to get code from a model. */
export interface Method {
  readonly name: string;
  readonly traits: MethodTraits;
  /** The control of the learned prefix that the model's server must put before prompts; without it, none may stand there. */
  readonly prefix?: LearnedPrefix["control"];
  generate(task: Task, context: MethodContext): Promise<MethodResult>;
}
