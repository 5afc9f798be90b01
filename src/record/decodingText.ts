import { notSent } from "./notSent.js";
import type { Study } from "./schema/study.js";

/** How a study's models are asked, in words: its decoding, and what of it some servers do not take. */
export function decodingText(study: Study): string {
  const { models, decoding, seed } = study;
  if (models.every(({ endpoint }) => endpoint === undefined)) return "not recorded: the samples were made elsewhere";
  const { temperature, topP, maxTokens } = decoding;
  const all = `temperature ${temperature}, top-p ${topP}, at most ${maxTokens} tokens, seed ${seed}`;
  return [all, ...notSent(study)].join("; ");
}
