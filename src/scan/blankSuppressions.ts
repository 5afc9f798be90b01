/** Words by which a comment asks a scanner for silence, each with one letter of it replaced in `blankSuppressions`. */
const words = /nosec|noqa|nosemgrep|nosem\b|bearer:(?:disable|expected)|lgtm|codeql(?=\s*\[)/gi;

/**
 * The text with every request to a scanner to say nothing unmade: the last letter of the word becomes `_`, so that lines and columns
 * stay. It is done wherever such a word stands, strings included: scanners do not agree on what is a comment.
 *
 * @example blankSuppressions("eval(x)  # bearer:disable python_lang_eval") // "eval(x)  # bearer:disabl_ python_lang_eval"
 */
export function blankSuppressions(code: string): string {
  return code.replace(words, (word) => `${word.slice(0, -1)}_`);
}
