import type { Row } from "./typedTable.js";

/** What a row of a table takes on paper. */
export interface RowShape {
  /** In lines. */
  readonly height: number;
  /** Whether a new group of rows begins, where a page may end well. */
  readonly startsBlock: boolean;
}

/** Lines of a table that fit a page beside caption, head and notes. */
const room = 46;

/**
 * The rows in pieces that fit a page each, cut where a group begins if there is such a place in the second half of the page. `shapeOf`
 * is asked with the row above on the same page, or none. A table without rows is one page.
 */
export function rowPages(rows: readonly Row[], shapeOf: (row: Row, above: Row | undefined) => RowShape): Row[][] {
  const pages: Row[][] = [];
  let page: Row[] = [];
  let height = 0;
  let cut = 0;
  for (const row of rows) {
    const shape = shapeOf(row, page.at(-1));
    if (page.length > 0 && height + shape.height > room) {
      const end = cut > 0 && !shape.startsBlock ? cut : page.length;
      pages.push(page.slice(0, end));
      page = page.slice(end);
      height = page.reduce((sum, each, i) => sum + shapeOf(each, page[i - 1]).height, 0);
      cut = 0;
    }
    if (shape.startsBlock && height > room / 2) cut = page.length;
    page.push(row);
    height += shape.height;
  }
  return [...pages, page];
}
