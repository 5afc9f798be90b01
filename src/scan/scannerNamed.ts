import { InputError } from "../error.js";
import { banditScanner } from "./bandit.js";
import type { Scanner } from "./scanner.js";

const scanners: Readonly<Record<string, () => Scanner>> = { bandit: () => banditScanner() };

/** The names that `--scanner` and a study's union may say. */
export const scannerNames: readonly string[] = Object.keys(scanners);

/**
 * The scanner of a name.
 *
 * @throws InputError listing the names that exist.
 */
export function scannerNamed(name: string): Scanner {
  const make = Object.hasOwn(scanners, name) ? scanners[name] : undefined;
  if (make === undefined) throw new InputError(`no scanner is called "${name}": known are ${scannerNames.join(", ")}`);
  return make();
}
