import { InputError } from "../error.js";
import { canonicalJson } from "../record/canonical.js";
import type { Decoding, RequestParameter, Sample, SampleKey } from "../record/schema/sample.js";
import type { MethodOptions, Study } from "../record/schema/study.js";
import type { Route } from "./prompts.js";
import { defaultTemplates, type PromptTemplates } from "./promptTemplates.js";

/** The seed of a sample: that of the study, raised by one for each further sample of a task. */
export function seedOf({ seed, k }: Study, { repeat, index }: SampleKey): number {
  return seed + repeat * k + index;
}

/** What a model's server does not take, in the order of the alphabet. */
export function unsupportedOf({ models }: Study, { model }: SampleKey): readonly RequestParameter[] {
  return [...new Set(models.find(({ name }) => name === model)?.unsupported)].sort();
}

/** How a sample is asked for, as its record says it: what is not sent does not stand there as if it were. */
export function decodingOf(
  study: Study,
  key: SampleKey,
  { route, options, templates = defaultTemplates() }: AskedBy,
): Decoding {
  const { temperature, topP, maxTokens } = study.decoding;
  const { version: template, hash } = templates;
  const unsupported = unsupportedOf(study, key);
  const sent = <T>(parameter: RequestParameter, value: T) => (unsupported.includes(parameter) ? {} : value);
  return {
    ...sent("temperature", { temperature }),
    ...sent("top_p", { topP }),
    maxTokens,
    ...sent("seed", { seed: seedOf(study, key) }),
    ...(unsupported.length === 0 ? {} : { unsupported: [...unsupported] }),
    ...{ template, route },
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
  unsupported: "unsupported parameters",
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
  if (field === "unsupported") {
    const without = ({ unsupported = [] }: Decoding) => (unsupported.length === 0 ? "none" : unsupported.join(", "));
    throw new InputError(
      `samples of ${name} were made without the parameters ${without(then)}, the study now names ${without(now)} as unsupported: ` +
        'use another run folder or put "unsupported" back in run.json',
    );
  }
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
