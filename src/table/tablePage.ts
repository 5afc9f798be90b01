import { escapeHtml } from "./escapeHtml.js";
import { tableHtml } from "./tableHtml.js";
import type { TypedTable } from "./typedTable.js";

/** A table as an HTML page of its own. */
export function tablePage(table: TypedTable): string {
  return `<!doctype html><meta charset="utf-8"><title>${escapeHtml(table.title)}</title>${tableHtml(table)}\n`;
}
