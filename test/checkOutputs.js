/**
 * Looks at the folder that `npm run reproduce` left: every link of the first page leads somewhere, every picture shows text,
 * every notebook ran without an error and needs no network.
 *
 * Usage: node test/checkOutputs.js FOLDER
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2] ?? "out";
const complaints = [];
const expect = (holds, words) => holds || complaints.push(words);

const page = readFileSync(join(folder, "index.html"), "utf8");
const verdicts = /<dt>Samples<\/dt><dd>(\d+) of \1 planned.*<dt>Verdicts<\/dt><dd>\1 executed, \1 scanned<\/dd>/s;
expect(verdicts.test(page), "index.html does not say that every planned sample was executed and scanned here");
const links = [...page.matchAll(/(?:href|src)="([^"#][^"]*)"/g)].map(([, target]) => target);
for (const target of links) {
  expect(existsSync(join(folder, target)), `index.html links ${target}, which is not there`);
}
for (const target of links.filter((name) => name.endsWith(".svg"))) {
  expect(/<text[ >]/.test(readFileSync(join(folder, target), "utf8")), `${target} has no text`);
}
for (const target of links.filter((name) => name.endsWith(".csv"))) {
  expect(readFileSync(join(folder, target), "utf8").trim().split("\n").length > 1, `${target} has no rows`);
}
for (const name of ["start", "rq1", "rq2", "rq3", "rq4"]) {
  const notebook = JSON.parse(readFileSync(join(folder, "notebooks", `${name}.ipynb`), "utf8"));
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  const code = notebook.cells.filter((cell) => cell.cell_type === "code");
  expect(
    code.every((cell) => cell.execution_count > 0),
    `${name}: a cell was not executed`,
  );
  expect(
    !outputs.some((output) => output.name === "stderr" || output.output_type === "error"),
    `${name}: a cell fails`,
  );
  expect(
    outputs.some((output) => output.data?.["text/html"] !== undefined),
    `${name}: no table is shown`,
  );
  const html = readFileSync(join(folder, "notebooks", `${name}.html`), "utf8");
  expect(!/<(?:script|link|img)[^>]+(?:src|href)="https?:/.test(html), `${name}.html needs the network`);
}
expect(links.filter((name) => name.endsWith(".svg")).length >= 5, "fewer than five figures are linked");

if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exit(1);
}
console.log(`${folder}: ${links.length} links, pictures, tables and notebooks are as they should be`);
