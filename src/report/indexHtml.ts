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

function figureHtml({ id, title, alt, notes }: Figure): string {
  return [
    `<figure id="${escapeHtml(id)}">`,
    `<img src="figures/${escapeHtml(id)}.svg" alt="${escapeHtml(alt)}">`,
    `<figcaption><strong>${escapeHtml(title)}.</strong> ${notes.map(htmlProse).join(" ")}`,
    `<div class="files">${link(`figures/${id}.svg`, "SVG")}${link(`figures/${id}.json`, "Plotly JSON")}</div>`,
    "</figcaption></figure>",
  ].join("\n");
}

function tableSection(table: TypedTable): string {
  const { id } = table;
  return [
    tableMarkup(table),
    `<p class="files">${link(`tables/${id}.csv`, "CSV")}${link(`tables/${id}.html`, "HTML")}</p>`,
  ].join("\n");
}

function sectionHtml({ id, heading, question, figures, tables }: Section): string {
  return [
    `<h2 id="${escapeHtml(id)}">${escapeHtml(heading)}</h2>`,
    `<p>${escapeHtml(question)} ${link(`notebooks/${id}.html`, "Open the notebook")}.</p>`,
    ...figures.map(figureHtml),
    ...tables.map(tableSection),
  ].join("\n");
}

/** The page that links everything in the folder of outputs; it stands alone and runs no script. */
export function indexHtml({ title, notice, facts, sections }: IndexPage): string {
  const policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${escapeHtml(title)}</title><style>${pageCss}\n${tableCss}</style></head><body><main>`,
    `<h1>${escapeHtml(title)}</h1>`,
    "<p>Does a secure code generation method make a model’s code safer, or does it only break it until the scanners fall silent?</p>",
    `<p>New here? ${link("notebooks/start.html", "Start with the tour")}: from one sample to one bar.</p>`,
    ...(notice === "" ? [] : [`<p class="notice">${htmlProse(notice)}</p>`]),
    `<nav>${sections.map(({ id, heading }) => link(`#${id}`, heading.split(":")[0] ?? heading)).join("")}</nav>`,
    `<dl>${facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>`,
    ...sections.map(sectionHtml),
    "</main></body></html>",
    "",
  ].join("\n");
}
