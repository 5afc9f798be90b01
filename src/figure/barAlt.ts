import { methodName } from "../analysis/names.js";
import { formatRate } from "../table/formatCell.js";
import type { BarChart } from "./barChartData.js";

/** What the chart shows and, for each group, its lowest and highest bar. */
export function barAlt({ title, panels, groups, methods }: BarChart): string {
  const extremes = groups.map(({ key, name }) => {
    const bars = panels.flatMap((panel) =>
      [...panel.cells].flatMap(([method, cells]) => {
        const value = cells[key]?.value;
        return typeof value === "number" ? [{ value, of: `${panel.name}, ${methodName(method)}` }] : [];
      }),
    );
    bars.sort((a, b) => a.value - b.value);
    const [low, high] = [bars[0], bars.at(-1)];
    if (low === undefined || high === undefined) return `${name} is missing`;
    if (bars.length === 1) return `${name} is ${formatRate(low.value)} (${low.of})`;
    return `${name} runs from ${formatRate(low.value)} (${low.of}) to ${formatRate(high.value)} (${high.of})`;
  });
  const names = methods.map(methodName).join(", ");
  return `${title}. Bars for ${names}, one panel for each of ${panels.map(({ name }) => name).join("; ")}. ${extremes.join(". ")}.`;
}
