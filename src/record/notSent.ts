import type { Study } from "./schema/study.js";

/**
 * What of the decoding was not asked of some models and judges, since their servers refuse it (`unsupported` in run.json): one sentence each. Where there is
 * any, the study's decoding is not that of all samples.
 *
 * @example notSent(study) // ["gpt-5: asked without temperature, which its server decides; the limit of tokens counts hidden reasoning as well"]
 */
export function notSent({ models, judges }: Pick<Study, "models" | "judges">): string[] {
  const all = [...models, ...judges.map((judge) => ({ ...judge, name: `judge ${judge.name}` }))];
  return all.flatMap(({ name, unsupported = [] }) => {
    const left = [...new Set(unsupported)].filter((parameter) => parameter !== "max_tokens").sort();
    const words = [
      ...(left.length === 0 ? [] : [`asked without ${left.join(", ")}, which its server decides`]),
      ...(unsupported.includes("max_tokens") ? ["the limit of tokens counts hidden reasoning as well"] : []),
    ];
    return words.length === 0 ? [] : [`${name}: ${words.join("; ")}`];
  });
}
