/** Words by which a comment asks a scanner for silence, each with one letter of it replaced in `blankSuppressions`. */
const words = /nosec|noqa|nosemgrep|nosem\b|bearer:(?:disable|expected)|lgtm|codeql(?=\s*\[)/gi;

/** Their regular expression, without regard to case. */
export const suppressionWords: string = words.source;

/** Where a comment starts and ends in a text. */
export type Span = readonly [start: number, end: number];

/**
 * The text with every request to a scanner to say nothing unmade: the last letter of the word becomes `_`, so that lines and columns
 * stay. It is done in the comments; where these are not known, wherever such a word stands, since scanners do not agree on what is
 * a comment in code that is out of the ordinary.
 *
 * @param comments all comments of the text, as Python's own tokenizer finds them; `null`: not known
 * @example blankSuppressions("eval(x)  # bearer:disable python_lang_eval") // "eval(x)  # bearer:disabl_ python_lang_eval"
 */
export function blankSuppressions(code: string, comments: readonly Span[] | null = null): string {
  const isAsked = (at: number) => comments === null || comments.some(([start, end]) => start <= at && at < end);
  return code.replace(words, (word, at: number) => (isAsked(at) ? `${word.slice(0, -1)}_` : word));
}
