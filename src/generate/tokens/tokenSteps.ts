/** A token that may come next, with its log-probability under the model as it is (before temperature or cuts). */
export interface NextToken {
  readonly id: number;
  readonly logprob: number;
}

/** One step for several sequences that share a prompt. */
export interface StepRequest {
  /** Prompt and what was generated, as token ids; all different. */
  readonly sequences: readonly (readonly number[])[];
  /** How many of the likely tokens to tell for each. */
  readonly count: number;
  /** The first step of a sample: nothing that the server computed before is used, so that what came before it decides nothing. */
  readonly fresh: boolean;
  /** Told what went wrong with a request that is made again. */
  readonly onFault?: (words: string) => void;
}

/** A prompt as token ids, and the text that they stand for. */
export interface TokenPrompt {
  readonly text: string;
  readonly ids: readonly number[];
}

/**
 * What a server gives a client that steers decoding: token ids in, token ids with log-probabilities out. Every function throws an `EndpointFault`
 * where the server fails and an InterruptedError where `signal` was aborted.
 */
export interface TokenSteps {
  /** A text to continue, with the model's begin token first where it has one. */
  prompt(text: string): Promise<TokenPrompt>;
  /** Chat messages as the model's template renders them, the assistant's turn begun with `begun`. */
  chatPrompt(messages: readonly ChatMessage[], begun: string): Promise<TokenPrompt>;
  /** The ids of a text that stands inside another. */
  tokenise(text: string): Promise<readonly number[]>;
  /** The text of a sequence. */
  detokenise(ids: readonly number[]): Promise<string>;
  /** The likely next tokens of each sequence, best first, from one request. */
  next(request: StepRequest, signal?: AbortSignal): Promise<readonly (readonly NextToken[])[]>;
  /** Finds out the bytes of tokens that are not known yet. */
  learn(ids: readonly number[]): Promise<void>;
  /** The bytes of a token, one character each; `undefined` before they are known. */
  pieceOf(id: number): string | undefined;
  /** Whether a token ends a text. */
  isEnd(id: number): boolean;
}

/** One message of a chat. */
export interface ChatMessage {
  readonly role: string;
  readonly content: string;
}

/** A server's failure in a call, in words that hold no secret. */
export class EndpointFault extends Error {}
