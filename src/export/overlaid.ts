const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The steps of one of Plotly's attribute strings: `annotations[0].text` is `annotations`, `0`, `text`. */
function stepsOf(path: string): string[] {
  return path.replace(/\[(\d+)\]/g, ".$1").split(".");
}

/** A copy of a record or list in which what stands at the end of the steps is replaced. */
function replaced(base: unknown, [step = "", ...rest]: readonly string[], value: unknown): unknown {
  const copy: Record<string, unknown> | unknown[] = Array.isArray(base)
    ? [...(base as unknown[])]
    : { ...(isRecord(base) ? base : {}) };
  const fields = copy as Record<string, unknown>;
  fields[step] = rest.length === 0 ? overlaid(fields[step], value) : replaced(fields[step], rest, value);
  return copy;
}

/**
 * A value with another laid over it, field by field at every depth; lists are replaced. Names may be attribute strings as in
 * Plotly's own `relayout` and `restyle`: `{ "annotations[0].text": "a", "xaxis.range[1]": 2 }`. Neither input changes.
 */
export function overlaid(base: unknown, over: unknown): unknown {
  if (!isRecord(over)) return over;
  return Object.entries(over).reduce<unknown>(
    (merged, [name, value]) => replaced(merged, stepsOf(name), value),
    isRecord(base) ? base : {},
  );
}
