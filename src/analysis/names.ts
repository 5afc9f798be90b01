const methods: Readonly<Record<string, string>> = {
  base: "Base",
  sven: "SVEN",
  safecoder: "SafeCoder",
  codeguard: "CodeGuard+",
  promsec: "PromSec",
  "prompt-generic": "Security prompt",
  "prompt-specific": "CWE prompt",
};

const scanners: Readonly<Record<string, readonly [name: string, short: string]>> = {
  codeql: ["CodeQL", "CL"],
  bearer: ["Bearer", "BR"],
  bandit: ["Bandit", "BT"],
};

/** A method's name as the paper prints it; names that it does not know stay as they are. */
export function methodName(method: string): string {
  return Object.hasOwn(methods, method) ? (methods[method] ?? method) : method;
}

/** A scanner's name as its makers write it. */
export function scannerName(scanner: string): string {
  return Object.hasOwn(scanners, scanner) ? (scanners[scanner]?.[0] ?? scanner) : scanner;
}

/** A scanner's abbreviation under the bars of a figure: CL, BR and BT as in the paper, else its name. */
export function scannerShort(scanner: string): string {
  return Object.hasOwn(scanners, scanner) ? (scanners[scanner]?.[1] ?? scanner) : scanner;
}

/** Scanners in the paper's order (CodeQL, Bearer, Bandit), then the others by name. */
export function scannerOrder(names: Iterable<string>): string[] {
  const known = Object.keys(scanners);
  const rank = (name: string) => (known.includes(name) ? known.indexOf(name) : known.length);
  return [...new Set(names)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** A prompt kind in words. */
export function promptName(prompt: "nl" | "ct"): string {
  return prompt === "nl" ? "natural language" : "code template";
}

/** An annotator's answer in words: `cannotTell` → `cannot tell`. */
export function answerName(value: string): string {
  return value.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
