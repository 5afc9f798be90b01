import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { notebookNames } from "../../src/notebook/freshNotebooks.js";
import { projectRoot } from "../../src/process/projectRoot.js";

interface Cell {
  readonly id: string;
  readonly cell_type: "code" | "markdown";
  readonly source: string | readonly string[];
}

const names = await notebookNames();

function cellsOf(name: string): { readonly id: string; readonly type: string; readonly text: string }[] {
  const file = join(projectRoot(), "notebooks", `${name}.ipynb`);
  const { cells } = JSON.parse(readFileSync(file, "utf8")) as { cells: Cell[] };
  return cells.map(({ id, cell_type, source }) => ({
    id,
    type: cell_type,
    text: typeof source === "string" ? source : source.join(""),
  }));
}

/** Rates, counts with a comma, and shares: what only a measurement can know. */
const measured = /(?<![\w<\]])0?\.\d{2,}|\b\d{1,3},\d{3}\b|\b\d+ of (?:the )?\d+|\b\d{3,} (?:tasks|samples|files)/g;

/** Levels, and numbers that explain a printed digit. */
const definitions = ["0.00", ".01", ".05"];

describe("the prose of a notebook", () => {
  test.each(names)("of %s states no number that a run or the paper measured: cells compute those", (name) => {
    const stated = cellsOf(name)
      .filter(({ type }) => type === "markdown")
      .flatMap(({ id, text }) => (text.match(measured) ?? []).map((number) => ({ id, number })));
    expect(stated.filter(({ number }) => !definitions.includes(number))).toEqual([]);
  });
});

test.each(names)(
  "%s names every recorded study that it asks in a variable, and says that it is another than the run",
  (name) => {
    const code = cellsOf(name).filter(({ type }) => type === "code");
    // The names under which cells import it.
    const aliases = code.flatMap(({ text }) =>
      [...text.matchAll(/\bopenRecorded(?: as (\w+))?/g)].map(([, as]) => as ?? "openRecorded"),
    );
    for (const { id, text } of code) {
      const calls = [...new Set(aliases)].flatMap((alias) => [
        ...text.matchAll(new RegExp(`\\b${alias}\\(([^)]*)\\)`, "g")),
      ]);
      if (calls.length === 0) continue;
      expect({ id, text }).toMatchObject({ text: expect.stringContaining("whatever SAFELAB_RUN says") as string });
      for (const [, argument = ""] of calls)
        expect({ id, argument }).toMatchObject({ argument: expect.stringMatching(/^\w+$/) as string });
    }
  },
);

test.each(names.filter((name) => /^(?:rq|start)/.test(name)))(
  "the first cell of %s opens the run that SAFELAB_RUN names, and no later one another run of its own",
  (name) => {
    const opening = cellsOf(name).filter(({ type, text }) => type === "code" && /\bopenRun\(/.test(text));
    const [first] = cellsOf(name).filter(({ type }) => type === "code");
    expect(opening.map(({ id }) => id)).toEqual([first?.id]);
    expect(first?.text).toContain("SAFELAB_RUN overrides it, and everything below follows");
  },
);
