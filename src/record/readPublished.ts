import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { csvParse } from "d3-dsv";
import { InputError } from "../error.js";
import { issueText } from "./issueText.js";
import { PublishedNumber } from "./schema/publishedNumber.js";

const notNumbers = new Set(["derived.csv"]);

/**
 * The published numbers of a folder of CSV files (`data/paper`), file by file in the order of their names.
 *
 * @throws InputError naming file and line of a row that is none, or of an id that stands twice.
 */
export async function readPublished(folder: string): Promise<PublishedNumber[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".csv") && !notNumbers.has(file)).sort();
  const seen = new Map<string, string>();
  const numbers: PublishedNumber[] = [];
  for (const file of files) {
    const rows = csvParse(await readFile(join(folder, file), "utf8"));
    for (const [index, row] of rows.entries()) {
      const place = `${file}:${index + 2}`;
      const parsed = PublishedNumber.safeParse({ ...row, value: row.value === "" ? null : Number(row.value) });
      if (!parsed.success) throw new InputError(`${place}: ${issueText(parsed.error)}; correct this row of ${folder}`);
      const first = seen.get(parsed.data.id);
      if (first !== undefined) throw new InputError(`${place}: the id ${parsed.data.id} stands at ${first} already`);
      seen.set(parsed.data.id, place);
      numbers.push(parsed.data);
    }
  }
  return numbers;
}
