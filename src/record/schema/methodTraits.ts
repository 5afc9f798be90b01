/** What a method needs of the model and what it changes (Table 1). */
export interface MethodTraits {
  /** What it must see of the model: its weights, its token probabilities, or nothing but its replies. */
  readonly access: "full" | "partial" | "none";
  /** It trains or loads other weights. */
  readonly weightUpdate: boolean;
  /** It changes the prompt. */
  readonly promptChange: boolean;
  /** It steers which tokens are drawn. */
  readonly decodingControl: boolean;
  /** It calls another tool, such as a scanner. */
  readonly externalTool: boolean;
}
