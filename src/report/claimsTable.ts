import { findings } from "../analysis/findings/findings.js";
import type { FindingNumber } from "../analysis/findings/findingOutcome.js";
import { statusWords } from "../analysis/findings/tableFindings.js";
import { compareWithPublished, type PublishedPaper } from "../paper/compareWithPublished.js";
import { publishedFindings } from "../paper/publishedFindings.js";
import type { MethodTraits } from "../record/schema/methodTraits.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";

/** A run that comes with safelab, by its folder's name. */
export interface ClaimRun {
  readonly name: string;
  readonly rows: readonly ResultRow[];
}

/** Where an item is shown: notebook (without `.ipynb`) and the id of its cell. */
export interface ClaimPlace {
  readonly notebook: string;
  readonly cell: string;
}

/** What the claims table is made of. */
export interface ClaimsInput {
  /** The first run that can test a finding decides; the demo, where every table and figure is regenerated, comes last. */
  readonly runs: readonly ClaimRun[];
  readonly paper: PublishedPaper;
  readonly traits: Readonly<Record<string, MethodTraits>>;
  /** By item: `finding 1`, `table 3`, `figure 5`. */
  readonly places: ReadonlyMap<string, ClaimPlace>;
  /** Measured, by notebook. */
  readonly minutes: Readonly<Record<string, string>>;
}

interface Claim {
  readonly item: string;
  readonly reported: string;
  readonly reproduced: string;
  readonly tolerance: string;
  readonly status: string;
}

/**
 * Every finding, table and figure of the paper for a reviewer of the artefact: where it is, what makes it and how long that takes, what the
 * paper reports, what the bundled runs give, within which tolerance, and the status.
 */
export function claimsTable(input: ClaimsInput): TypedTable {
  const items = [...findingClaims(input), ...tableClaims(input), ...figureClaims(input)];
  return typedTable({
    id: "claims",
    title: "Findings, tables and figures",
    columns: (["item", "cell", "command", "minutes", "reported", "reproduced", "tolerance", "status"] as const).map(
      (key) => ({
        key,
        label: { cell: "Notebook, cell" }[key as string] ?? `${key.charAt(0).toUpperCase()}${key.slice(1)}`,
        kind: "text",
      }),
    ),
    rows: items.map(({ item, ...claim }): Row => {
      const place = input.places.get(item.toLowerCase());
      const cells = {
        item,
        cell: place === undefined ? "–" : `${place.notebook}.ipynb, ${place.cell}`,
        command: place === undefined ? "–" : `\`npm run notebooks -- ${place.notebook}\``,
        minutes: place === undefined ? "–" : (input.minutes[place.notebook] ?? "not measured"),
        ...claim,
      };
      return Object.fromEntries(Object.entries(cells).map(([key, value]) => [key, textCell(value)]));
    }),
    notes: [],
  });
}

function findingClaims({ runs, paper, traits }: ClaimsInput): Claim[] {
  const outcomes = runs.map(({ name, rows }) => ({ name, own: findings(rows, traits) }));
  const published = publishedFindings(paper.numbers, paper.relations);
  return ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((number: FindingNumber): Claim => {
    const tried = outcomes.flatMap(({ name, own }) =>
      own.filter(({ finding }) => finding === number).map((outcome) => ({ name, outcome })),
    );
    const chosen = tried.find(({ outcome }) => outcome.status !== "notTestable") ?? tried.at(-1);
    const printed = published.find(({ finding }) => finding === number);
    if (chosen === undefined) throw new RangeError("the claims table needs a run");
    const { name, outcome } = chosen;
    return {
      item: `Finding ${number}`,
      reported: `${outcome.claim} By the printed numbers: ${printed === undefined ? "" : statusWords(printed)}.`,
      reproduced: `${name}: ${[outcome.because, outcome.missing === undefined ? "" : `Missing: ${outcome.missing}.`].filter(Boolean).join(" ")}`,
      tolerance: outcome.rule,
      status: statusWords(outcome),
    };
  });
}

const regenerated = "regenerated on the demo";

function tableClaims({ runs, paper }: ClaimsInput): Claim[] {
  const compared = runs.map(({ name, rows }) => ({ name, lines: compareWithPublished(rows, paper).rows }));
  return [1, 2, 3, 4, 5, 6, 7].map((number): Claim => {
    const place = `Table ${number}`;
    const printed = paper.numbers.filter((each) => each.place === place && each.printed !== "");
    const own = compared.flatMap(({ name, lines }) => {
      const same = lines.filter((line) => String(line["place"]?.value).endsWith(place));
      const within = same.filter((line) => line["within"]?.value === "yes").length;
      return same.length === 0 ? [] : [`${name}: ${same.length} numbers of the same name, ${within} within`];
    });
    return {
      item: place,
      reported: `${printed.length} entries, in data/paper/table${number}.csv`,
      reproduced: own.length === 0 ? "no bundled run has the same models and methods" : own.join("; "),
      tolerance: number < 3 ? "none: a description" : "the run’s 95 % interval",
      status: own.length === 0 ? regenerated : `${regenerated}; compared`,
    };
  });
}

function figureClaims({ paper }: ClaimsInput): Claim[] {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number): Claim => {
    const item = `Figure ${number}`;
    const isOf = ({ place, quantity }: { readonly place: string; readonly quantity: string }) =>
      place === item || quantity.startsWith(`${item} `);
    const values = paper.numbers.filter((each) => isOf(each) && each.value !== null);
    const chart = paper.numbers.some((each) => each.place === item && each.note.startsWith("chart only"));
    const listing = [1, 2, 9].includes(number);
    return {
      item,
      reported: listing
        ? "a code listing"
        : values.length > 0
          ? `a chart; the prose gives ${values.map(({ printed }) => printed).join(", ")}`
          : chart
            ? "a chart; no numbers are printed"
            : "a chart",
      reproduced: listing
        ? "the same kind of sample, picked by rule from the run"
        : "the same chart of the run’s own numbers, with intervals",
      tolerance: "none: nothing printed to hold it against",
      status: regenerated,
    };
  });
}
