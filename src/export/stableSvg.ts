/**
 * An SVG text whose element ids are numbered in the order of their appearance and whose attributes are sorted: Plotly draws
 * ids at random and sets attributes in an order that depends on what it drew before, so that the same figure would give
 * other bytes each time. `prefix` keeps the ids of several figures on one page apart.
 */
export function stableSvg(svg: string, prefix: string): string {
  const sorted = sortedAttributes(svg);
  const names = new Map<string, string>();
  for (const [, id] of sorted.matchAll(/\sid="([^"]+)"/g)) {
    if (id !== undefined && !names.has(id)) names.set(id, `${prefix}-${names.size + 1}`);
  }
  const named = (id: string) => names.get(id) ?? id;
  return sorted
    .replace(/(\sid=")([^"]+)/g, (_all, before: string, id: string) => before + named(id))
    .replace(/(url\((?:&quot;|["'])?#)([^)"'&]+)/g, (_all, before: string, id: string) => before + named(id))
    .replace(/(\s(?:xlink:)?href="#)([^"]+)/g, (_all, before: string, id: string) => before + named(id));
}

function sortedAttributes(svg: string): string {
  return svg.replace(
    /<([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"]*")+)/g,
    (_all, name: string, attributes: string) =>
      `<${[name, ...(attributes.match(/[\w:-]+="[^"]*"/g) ?? []).sort()].join(" ")}`,
  );
}
