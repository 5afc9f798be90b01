import type { Figure } from "../figure/figure.js";
import { escapeHtml, htmlProse } from "../table/escapeHtml.js";
import { tableCss } from "../table/tableCss.js";
import { tableMarkup } from "../table/tableHtml.js";
import type { TypedTable } from "../table/typedTable.js";
import { pageCss } from "./pageCss.js";

/** One research question with what answers it. */
export interface Section {
  /** `rq1` … `rq4`, also the name of its notebook. */
  readonly id: string;
  readonly heading: string;
  readonly question: string;
  readonly figures: readonly Figure[];
  readonly tables: readonly TypedTable[];
}

/** What the first page of the outputs says. */
export interface IndexPage {
  readonly title: string;
  /** Where the verdicts come from, if that needs a warning. */
  readonly notice: string;
  /** Name and value: data sets, models, versions, policies. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly sections: readonly Section[];
}

function link(path: string, text: string): string {
  return `<a href="${escapeHtml(path)}">${escapeHtml(text)}</a>`;
}

/** The title of a figure or table behind its number in the paper, where it has one: `figure5Families` is a form of Figure 5. */
function heading(id: string, title: string): string {
  const [, kind, number] = /^(figure|table)(\d+)(?![a-z\d])/.exec(id) ?? [];
  const name = kind === undefined ? "" : `${kind === "figure" ? "Figure" : "Table"} ${number}: `;
  return escapeHtml(name + title);
}

/** The picture holds its notes; who cannot see it has them behind what it shows. */
function figureHtml({ id, title, alt, notes }: Figure): string {
  return [
    `<details open id="${escapeHtml(id)}"><summary>${heading(id, title)}</summary>`,
    `<figure><img src="figures/${escapeHtml(id)}.svg" loading="lazy" alt="${escapeHtml([alt, ...notes].join(" "))}"></figure>`,
    `<p class="files">${link(`figures/${id}.svg`, "SVG")}${link(`figures/${id}.json`, "Plotly JSON")}</p>`,
    "</details>",
  ].join("\n");
}

function tableSection(table: TypedTable): string {
  const { id, title } = table;
  return [
    `<details><summary>${heading(id, title)}</summary>`,
    tableMarkup(table),
    `<p class="files">${link(`tables/${id}.csv`, "CSV")}${link(`tables/${id}.html`, "HTML")}</p>`,
    "</details>",
  ].join("\n");
}

function sectionHtml({ id, heading: name, question, figures, tables }: Section): string {
  return [
    `<h2 id="${escapeHtml(id)}">${escapeHtml(name)}</h2>`,
    `<p>${escapeHtml(question)} ${link(`notebooks/${id}.html`, "Open the notebook")}.</p>`,
    ...(figures.length === 0 ? [] : ["<h3>Figures</h3>", ...figures.map(figureHtml)]),
    ...(tables.length === 0 ? [] : ["<h3>Tables</h3>", ...tables.map(tableSection)]),
  ].join("\n");
}

/**
 * The page that links everything in the folder of outputs; it stands alone and runs no script. Its contents stay in sight, figures are open
 * and tables folded: their titles are the list of what there is.
 */
export function indexHtml({ title, notice, facts, sections }: IndexPage): string {
  const policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${escapeHtml(title)}</title><style>${pageCss}\n${tableCss}</style></head><body>`,
    `<nav aria-label="Contents">${[link("#top", "Top"), ...sections.map(({ id, heading }) => link(`#${id}`, heading))].join("")}</nav><main id="top">`,
    `<h1>${escapeHtml(title)}</h1>`,
    "<p>Does a secure code generation method make a model’s code safer, or does it only break it until the scanners fall silent?</p>",
    `<p>New here? ${link("notebooks/start.html", "Start with the tour")}: from one sample to one bar. Numbers of figures and tables are the paper’s.</p>`,
    ...(notice === "" ? [] : [`<p class="notice">${htmlProse(notice)}</p>`]),
    `<dl>${facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>`,
    ...sections.map(sectionHtml),
    "</main></body></html>",
    "",
  ].join("\n");
}
