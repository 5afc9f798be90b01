import { InputError } from "../error.js";
import { sha256 } from "../record/canonical.js";
import type { Sample } from "../record/schema/sample.js";

/** The distinct texts of a run by their `scanHash`, in the order of the samples; `withoutCode` counts the samples left out. */
export interface ScanTexts {
  readonly texts: ReadonlyMap<string, string>;
  readonly withoutCode: number;
}

/**
 * Collects what is to be scanned: identical code once. Samples without code, or whose code is withheld, are left out.
 *
 * @throws InputError naming a sample whose code does not have the hash that it claims.
 */
export function scanTexts(samples: readonly Sample[]): ScanTexts {
  const texts = new Map<string, string>();
  let withoutCode = 0;
  for (const sample of samples) {
    const { code, scanHash } = sample;
    if (typeof code !== "string") {
      withoutCode += 1;
      continue;
    }
    if (scanHash === null || sha256(code) !== scanHash) {
      const { dataset, task, prompt, model, method, repeat, index } = sample;
      throw new InputError(
        `sample ${[dataset, task, prompt, model, method].join(" ")}, repeat ${repeat}, index ${index}: its code has ` +
          `the SHA-256 ${sha256(code)}, its scanHash says ${scanHash}; samples.jsonl was changed by hand: restore it`,
      );
    }
    // A lone surrogate is hashed like U+FFFD; the text that has one decides, since it runs nowhere.
    if (!texts.has(scanHash) || hasLoneSurrogate(code)) texts.set(scanHash, code);
  }
  return { texts, withoutCode };
}

/** Whether a text holds half a character, which no UTF-8 file can hold. */
export function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}
