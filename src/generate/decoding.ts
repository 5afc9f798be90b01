import { InputError } from "../error.js";
import { canonicalJson } from "../record/canonical.js";
import type { Decoding, Sample, SampleKey } from "../record/schema/sample.js";
import type { MethodOptions, Study } from "../record/schema/study.js";
import type { Route } from "./prompts.js";
import { defaultTemplates, type PromptTemplates } from "./promptTemplates.js";

/** The seed of a sample: that of the study, raised by one for each further sample of a task. */
export function seedOf({ seed, k }: Study, { repeat, index }: SampleKey): number {
  return seed + repeat * k + index;
}

/** How a sample is asked for, as its record says it. */
export function decodingOf(
  study: Study,
  key: SampleKey,
  { route, options, templates = defaultTemplates() }: AskedBy,
): Decoding {
  const { temperature, topP, maxTokens } = study.decoding;
  const { version: template, hash } = templates;
  return {
    ...{ temperature, topP, maxTokens, seed: seedOf(study, key), template, route },
    ...(hash === undefined ? {} : { templateHash: hash }),
    ...(options === undefined ? {} : { options }),
  };
}

/** What a configuration adds to the study's decoding. */
export interface AskedBy {
  readonly route: Route;
  readonly options?: MethodOptions | undefined;
  /** Those of safelab where the study names none. */
  readonly templates?: PromptTemplates | undefined;
}

const named: Readonly<Record<keyof Decoding, string>> = {
  temperature: "temperature",
  topP: "topP",
  maxTokens: "maxTokens",
  seed: "seed (from seed, k and repeats)",
  template: "prompt template",
  templateHash: "prompt templates of hash",
  route: "route",
  options: "options",
};

const shown = (value: Decoding[keyof Decoding]) =>
  value === undefined ? "none" : typeof value === "object" ? canonicalJson(value) : String(value);

/**
 * Makes sure that a recorded sample was made as the study asks now: a configuration has one decoding. Samples without a
 * record of it (imported ones) pass.
 *
 * @param name the configuration in words
 * @throws InputError with what differs.
 */
export function checkDecoding(name: string, { decoding: then }: Sample, now: Decoding): void {
  if (then === undefined) return;
  const field = (Object.keys(named) as (keyof Decoding)[]).find((each) => shown(then[each]) !== shown(now[each]));
  if (field === undefined) return;
  const what = `samples of ${name} were made with ${named[field]} ${shown(then[field])}`;
  if (then.templateHash !== now.templateHash && field.startsWith("template")) {
    const texts = (hash: string | undefined) =>
      hash === undefined ? "safelab's own prompt templates" : `prompt templates ${hash.slice(0, 12)}`;
    throw new InputError(
      `samples of ${name} were made with ${texts(then.templateHash)}, the study now names ${texts(now.templateHash)}: ` +
        "use another run folder or put promptTemplates back in run.json",
    );
  }
  throw new InputError(
    field === "template"
      ? `${what}, this safelab has ${shown(now[field])}: use another run folder`
      : `${what}, the study now says ${shown(now[field])}: use another run folder or put it back in run.json`,
  );
}
