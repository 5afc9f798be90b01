/** Which question to annotators a table is about. */
export interface QuestionOption {
  /** `security` unless told. */
  readonly question?: string;
}

/** A table's name where each question has one of its own: the bare one for `security`, `NAMEQuestion` for others. */
export function tableIdOf(name: string, question: string): string {
  return question === "security" ? name : `${name}${question.charAt(0).toUpperCase()}${question.slice(1)}`;
}
