import type { Study } from "../record/schema/study.js";
import type { MethodStyle, Theme } from "./theme.js";

/** The study's methods keep their places in the palette whether or not they are shown. */
const places: readonly string[] = ["sven", "safecoder", "codeguard", "promsec", "prompt-generic", "prompt-specific"];

/**
 * One style a method, the same in every figure of a study: the paper's methods always, others by their place among the study's
 * methods. A figure that shows fewer methods does not recolour the rest. With more methods than places, styles come round again.
 */
export function methodStyles(
  study: Study,
  shown: readonly string[],
  { baseline, palette, methods }: Theme,
): ReadonlyMap<string, MethodStyle> {
  const planned = [...study.methods, ...study.models.flatMap((model) => model.methods ?? []), ...shown];
  const all = [...new Set(planned)].filter((method) => method !== study.baseline);
  const taken = new Set(all.filter((method) => places.includes(method)).map((method) => places.indexOf(method)));
  const free = palette.map((_, i) => i).filter((i) => !taken.has(i));
  const others = all.filter((method) => !places.includes(method));
  const placed = (method: string): MethodStyle => {
    if (method === study.baseline) return baseline;
    const place = places.includes(method) ? places.indexOf(method) : (free[others.indexOf(method) % free.length] ?? 0);
    return palette[place % palette.length] ?? baseline;
  };
  return new Map([study.baseline, ...all].map((method) => [method, { ...placed(method), ...methods[method] }]));
}
