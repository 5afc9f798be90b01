import { type Figure, renamed } from "./figure.js";

/** Height of the text of a page in ACM's two-column format, less a caption of two lines, in CSS pixels. */
const pageHeight = 9 * 96;

/**
 * A figure in as few parts as fit on a page each: of more models than one page holds some stand on each of several, as even as their number
 * allows. A single model stays in one piece. Parts are told apart by a letter behind the id and a number behind the title.
 *
 * @param models all of the figure, in its order
 * @param make draws the figure of some of them
 * @example figurePages(view.models, (models) => figureForest(rows, { models, width: "column" }))
 */
export function figurePages(
  models: readonly string[],
  make: (models: readonly string[]) => Figure,
  limit: number = pageHeight,
): Figure[] {
  for (let parts = 1; parts < models.length; parts++) {
    const figures = evenParts(models, parts).map(make);
    if (figures.every(({ layout }) => Number(layout["height"]) <= limit)) return lettered(figures);
  }
  return lettered((models.length === 0 ? [[]] : models.map((model) => [model])).map(make));
}

function evenParts<T>(values: readonly T[], parts: number): T[][] {
  const from = (part: number) => Math.round((part * values.length) / parts);
  return Array.from({ length: parts }, (_, part) => values.slice(from(part), from(part + 1)));
}

function lettered(figures: readonly Figure[]): Figure[] {
  if (figures.length < 2) return [...figures];
  return figures.map((figure, at) =>
    renamed(figure, {
      id: figure.id + String.fromCharCode("a".charCodeAt(0) + at),
      title: `${figure.title} (${at + 1} of ${figures.length})`,
    }),
  );
}
