import type { RelationOf } from "../record/schema/publishedRelation.js";
import type { AuditFinding } from "./auditFinding.js";
import { conventions, printsAs, stepOf } from "./printedNumber.js";
import { isValued, type PublishedTable, rowName, type Valued } from "./publishedTable.js";

const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;

/** Whether a relative fall in the prose is that of the table. */
export function checkFall(table: PublishedTable, relation: RelationOf<"fall">): AuditFinding[] {
  const [claim, from, to] = [table.byId(relation.claim), table.byId(relation.from), table.byId(relation.to)];
  if (!isValued(from) || !isValued(to)) return [];
  const fall = 1 - to.value / from.value;
  const step = stepOf([claim]);
  const way = conventions.find((convention) => claim.value !== null && printsAs(fall, claim.value, step, convention));
  const cut = way === "cut" ? ", which is what the prose says only when it is cut" : "";
  const says = `${claim.quantity}: the prose says ${claim.printed}; from ${from.printed} to ${to.printed} is ${percent(fall)}${cut}`;
  const verdict = way === "rounded" ? "agrees" : way === "cut" ? "outlier" : "contradicts";
  return [{ check: "falls", verdict, place: claim.place, ids: [claim.id, from.id, to.id], says }];
}

/** Whether a number rose or fell as the prose says in words. */
export function checkDirection(table: PublishedTable, relation: RelationOf<"direction">): AuditFinding[] {
  const [claim, from, to] = [table.byId(relation.claim), table.byId(relation.from), table.byId(relation.to)];
  if (!isValued(from) || !isValued(to) || from.value === to.value) return [];
  const moved = to.value > from.value ? "up" : "down";
  const says = `${claim.quantity}: the prose says ‘${claim.printed}’ of a rise or fall (${relation.stated}); ${from.quantity} of ${rowName(to)} went ${moved}, from ${from.printed} to ${to.printed}`;
  const verdict = moved === relation.stated ? "agrees" : "contradicts";
  return [{ check: "directions", verdict, place: claim.place, ids: [claim.id, from.id, to.id], says }];
}

/** How much of a column lies in the range that the prose names. */
export function checkRange(table: PublishedTable, relation: RelationOf<"range">): AuditFinding[] {
  const claim = table.byId(relation.claim);
  const column = table
    .at(relation.place)
    .filter(isValued)
    .filter(({ quantity, method }) => quantity === relation.quantity && method !== "");
  const datasets = [...new Set(column.map(({ dataset }) => dataset))].filter(
    (name) => relation.dataset === undefined || relation.dataset === name,
  );
  return datasets.map((dataset): AuditFinding => {
    const cells = column.filter((cell) => cell.dataset === dataset);
    const inside = cells.filter(({ value }) => value >= relation.lowest && value <= relation.highest).length;
    const says = `${claim.quantity}: ‘${claim.printed}’ covers ${inside} of ${cells.length} rows on ${dataset}`;
    const verdict = 2 * inside > cells.length ? "agrees" : "contradicts";
    return { check: "ranges", verdict, place: claim.place, ids: [claim.id, ...cells.map(({ id }) => id)], says };
  });
}

/** Whether the largest value that the prose names is the largest of the method's columns. */
export function checkLargest(table: PublishedTable, relation: RelationOf<"largest">): AuditFinding[] {
  const claim = table.byId(relation.claim);
  const cells = table
    .at(relation.place)
    .filter(isValued)
    .filter(({ quantity, method }) => relation.quantities.includes(quantity) && method === relation.method);
  if (cells.length === 0) return [];
  const largest = cells.reduce((most, cell) => (cell.value > most.value ? cell : most));
  const agrees = largest.value === claim.value;
  const says = `${claim.quantity}: the prose says ${claim.printed}, the largest in ${relation.place} is ${largest.printed} (${rowName(largest)})`;
  return [
    {
      check: "largest",
      verdict: agrees ? "agrees" : "contradicts",
      place: claim.place,
      ids: [claim.id, largest.id],
      says,
    },
  ];
}

/** Whether the prose repeats a number of a table as it stands there, and beside the configuration that it speaks of. */
export function checkQuote(table: PublishedTable, relation: RelationOf<"quote">): AuditFinding[] {
  const [claim, of] = [table.byId(relation.claim), table.byId(relation.of)];
  const same = claim.value === of.value;
  const home =
    claim.model === "" || (claim.model === of.model && claim.method === of.method && claim.dataset === of.dataset);
  const metric = claim.quantity.includes("security") && !of.quantity.startsWith("Secure@1") ? of.quantity : "";
  const says = `${claim.quantity}: the prose says ${claim.printed}; ${of.place} prints ${of.printed} as ${of.quantity} of ${rowName(of)}${
    home ? "" : ", another configuration"
  }${metric === "" ? "" : ", which is no security gain"}`;
  const verdict = same && home && metric === "" ? "agrees" : "contradicts";
  return [{ check: "quotes", verdict, place: claim.place, ids: [claim.id, of.id], says }];
}

/** What a rate in the prose is, counted from the confusion matrix: hits out of all, and out of hits and others. */
export function checkRate(table: PublishedTable, relation: RelationOf<"rate">): AuditFinding[] {
  const claim = table.byId(relation.claim);
  const numbers = table.at(relation.place).filter(isValued);
  const counts = (instrument: string): Valued[] =>
    numbers.filter(({ quantity }) => quantity.startsWith(`${instrument} `));
  const parts = relation.instruments.map((instrument) => {
    const row = counts(instrument);
    const of = (suffix: string): number =>
      row.find(({ quantity }) => quantity === `${instrument} ${suffix}`)?.value ?? 0;
    const [hits, others, all] = [
      of(relation.hits),
      of(relation.others),
      row.reduce((sum, { value }) => sum + value, 0),
    ];
    return {
      instrument,
      hits,
      rate: hits / (hits + others),
      ofAll: hits / all,
      total: hits + others,
      ids: row.map(({ id }) => id),
    };
  });
  const near = parts.every(({ rate }) => Math.abs(rate - relation.stated) <= 0.05);
  const shown = parts
    .map(
      ({ instrument, hits, total, rate, ofAll }) =>
        `${instrument} ${hits} of ${total} = ${percent(rate)} (${percent(ofAll)} of all)`,
    )
    .join(", ");
  const name = `${relation.hits}/(${relation.hits}+${relation.others})`;
  const says = `${claim.quantity}: the prose says ‘${claim.printed}’; ${name} is ${shown}`;
  const ids = [claim.id, ...parts.flatMap((part) => part.ids)];
  return [{ check: "rates in the prose", verdict: near ? "agrees" : "contradicts", place: claim.place, ids, says }];
}
