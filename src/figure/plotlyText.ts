/** Text that Plotly prints as it stands: names are data, not mark-up. */
export function plotlyText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]/gu, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}

/** A sentence with its commands in quotation marks instead of back-quotes. */
export function quoteCommands(text: string): string {
  return text.replace(/`([^`]*)`/g, "“$1”");
}
