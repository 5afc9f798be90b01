import { InputError } from "../error.js";
import { cweFamilies } from "./cweFamilies.js";

/**
 * The number of a CWE however it is written: `78`, `"78"`, `"CWE-78"`, `"cwe-078"`, `"CWE-78: OS Command Injection"`.
 *
 * @example cweNumber("CWE-078") // 78
 * @throws InputError for text that names no CWE.
 */
export function cweNumber(cwe: string | number): number {
  const digits = /^\s*(?:CWE[-_ ]?)?0*([1-9][0-9]*)(?![0-9A-Za-z.])/i.exec(String(cwe))?.[1];
  if (digits === undefined) throw new InputError(`"${cwe}" names no CWE: write it as CWE-78 or 78`);
  return Number(digits);
}

/**
 * The family of a CWE: the number of the weakness that it is a form of, or its own where it belongs to none.
 *
 * Scanners and labels name one mistake differently: a predictable random number is CWE-338 in SecCodePLT, 330 in Bandit and 327 in
 * Bearer; `eval` is 95 in Bearer, 94 in CodeQL. A family is a weakness of a short list (`cweFamilies`) with all that MITRE's CWE list 4.14
 * has below it (ChildOf in view 1000, the nearest of the list); 326 and 330 join 327, since tools give all three to the same mistakes. Families tell
 * apart less than CWEs do: weak hashes and predictable numbers are one. A weakness as wide as 74 (injection of any kind) is no family of those
 * below it.
 *
 * @param cwe a number, as findings hold it; for text see `cweNumber`
 * @example cweFamily(338) // 327
 */
export function cweFamily(cwe: number): number {
  return familyOf.get(cwe) ?? cwe;
}

/** A family in words, e.g. `CWE-327 cryptography, randomness`; a CWE without a family is its number alone. */
export function cweFamilyName(family: number): string {
  const name = nameOf.get(family);
  return name === undefined ? `CWE-${family}` : `CWE-${family} ${name}`;
}

const familyOf: ReadonlyMap<number, number> = new Map(
  cweFamilies.flatMap(([head, , members]) => members.map((member) => [member, head] as const)),
);
const nameOf: ReadonlyMap<number, string> = new Map(cweFamilies.map(([head, name]) => [head, name]));
