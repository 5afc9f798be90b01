import { methodName } from "../analysis/names.js";
import { type FigureSize, theme } from "./theme.js";

/** Lines that a legend of methods takes, each entry a swatch and its name; none for a single method. */
export function legendLines(methods: readonly string[], size: FigureSize): number {
  if (methods.length < 2) return 0;
  const entries = methods.map((method) => 44 + methodName(method).length * theme.small * 0.58);
  const widest = Math.max(...entries);
  return Math.ceil(methods.length / Math.max(1, Math.floor((theme.width[size] - 16) / widest)));
}
