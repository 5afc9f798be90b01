/** A token that may come next, with its log-probability under the model as it is (before temperature or cuts). */
export interface NextToken {
  readonly id: number;
  readonly logprob: number;
}

/** What a server gives for one step of decoding that a client steers: token ids in, token ids with log-probabilities out. */
export interface TokenSteps {
  /** The ids of a text; `prompt` puts the model's begin token first, where it has one. @throws SetupError where the server fails. */
  tokenise(text: string, kind?: "prompt" | "part"): Promise<readonly number[]>;
  /** The bytes of each id, as text where they are whole characters. */
  detokenise(ids: readonly number[]): Promise<string>;
  /** Chat messages as the model's template renders them, the assistant's turn begun. */
  render(messages: readonly { readonly role: string; readonly content: string }[]): Promise<string>;
  /** The most likely next tokens of each prompt, best first: one request for all prompts. */
  next(prompts: readonly (readonly number[])[], count: number): Promise<readonly (readonly NextToken[])[]>;
  /** Whether a token ends a text. */
  isEnd(id: number): boolean;
  /** Seconds that requests took so far, and tokens computed: what the method's own work is measured against. */
  spent(): { readonly seconds: number; readonly requests: number };
}
