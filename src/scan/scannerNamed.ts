import { InputError } from "../error.js";
import { banditScanner } from "./bandit.js";
import { bearerScanner } from "./bearer.js";
import { codeqlScanner, type CodeqlOptions } from "./codeql.js";
import type { Scanner } from "./scanner.js";

/** Where the user's own scanners are, where not on PATH, and what they are to look for. */
export interface ScannerTools {
  /** Bearer's program. */
  readonly bearerPath?: string;
  /** A copy of Bearer's rules (https://github.com/Bearer/bearer-rules); default: `data/external/bearer-rules`. */
  readonly bearerRules?: string;
  /** CodeQL's program. */
  readonly codeqlPath?: string;
  /** CodeQL's suite of queries for Python. */
  readonly codeqlSuite?: NonNullable<CodeqlOptions["suite"]>;
}

const scanners: Readonly<Record<string, (tools: ScannerTools) => Scanner>> = {
  bandit: () => banditScanner(),
  bearer: ({ bearerPath, bearerRules }) =>
    bearerScanner({
      ...(bearerPath === undefined ? {} : { path: bearerPath }),
      ...(bearerRules === undefined ? {} : { rules: bearerRules }),
    }),
  codeql: ({ codeqlPath, codeqlSuite }) =>
    codeqlScanner({
      ...(codeqlPath === undefined ? {} : { path: codeqlPath }),
      ...(codeqlSuite === undefined ? {} : { suite: codeqlSuite }),
    }),
};

/** The names that `--scanner` and a study's union may say. */
export const scannerNames: readonly string[] = Object.keys(scanners);

/** Whether a scanner of this name can be run; reports of others are imported. */
export function isScannerName(name: string): boolean {
  return Object.hasOwn(scanners, name);
}

/**
 * The scanner of a name.
 *
 * @throws InputError listing the names that exist.
 */
export function scannerNamed(name: string, tools: ScannerTools = {}): Scanner {
  const make = isScannerName(name) ? scanners[name] : undefined;
  if (make === undefined)
    throw new InputError(
      `no scanner is called "${name}": known are ${scannerNames.join(", ")}. The report of another one is taken with ` +
        `\`safelab scan RUN --import FILE --as ${name}\``,
    );
  return make(tools);
}
