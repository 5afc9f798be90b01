/** A sample's state in words for a heading: `Secure, functional`; `Secure` alone means whatever the function. */
export function stateName(state: string): string {
  const text = state.replace("+", ", ").replace("nonfunctional", "non-functional");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
