import type { RelationOf } from "../record/schema/publishedRelation.js";
import type { AuditFinding } from "./auditFinding.js";
import { conventions, printsAs, stepOf } from "./printedNumber.js";
import { groupsBy, isValued, type PublishedTable, type Valued } from "./publishedTable.js";

/** The n that may stand behind the cells of one data set and model. */
export interface DenominatorsOfGroup {
  readonly settled: boolean;
  /** In ascending order; of a settled group mostly multiples of the smallest. */
  readonly candidates: readonly number[];
}

/** Groups that may be tried with their next n: 2^10 ways. */
const mostOthers = 10;

/** By the id of each cell. */
export type DenominatorsOfCell = ReadonlyMap<string, DenominatorsOfGroup>;

function mean(cells: readonly Valued[], weight: (cell: Valued) => number): number {
  const weights = cells.reduce((sum, cell) => sum + weight(cell), 0);
  return cells.reduce((sum, cell) => sum + cell.value * weight(cell), 0) / weights;
}

/** The smallest or largest n-weighted mean: groups whose mean lies above (below) it get their largest n, the others their smallest. */
function extreme(
  groups: readonly (readonly Valued[])[],
  chosen: (cell: Valued) => readonly number[],
  upper: boolean,
): number {
  const cells = groups.flat();
  const own = new Map(groups.flatMap((group) => group.map((cell) => [cell.id, mean(group, () => 1)] as const)));
  let now = mean(cells, (cell) => chosen(cell)[0] ?? 0);
  for (let round = 0; round < 20; round += 1) {
    const pivot = now;
    now = mean(
      cells,
      (cell) => ((own.get(cell.id) ?? 0) > pivot === upper ? chosen(cell).at(-1) : chosen(cell)[0]) ?? 0,
    );
    if (now === pivot) break;
  }
  return now;
}

/**
 * The n-weighted means that the denominators allow, as ranges: with the smallest n of every settled group first. Where all are settled, then
 * with another n in one group or the next larger one in several: shares whose hits have a common factor look like those of a smaller n.
 */
function weightedMeans(cells: readonly Valued[], denominators: DenominatorsOfCell): [number, number][] {
  const groups = groupsBy(cells, "dataset", "model");
  const of = (group: readonly Valued[]): DenominatorsOfGroup =>
    denominators.get(group[0]?.id ?? "") ?? { settled: false, candidates: [] };
  if (groups.some((group) => of(group).candidates.length === 0)) return [];
  const range = (...other: readonly (readonly [group: readonly Valued[], n: number])[]): [number, number] => {
    const chosen = new Map(
      groups.flatMap((group) => {
        const { settled, candidates } = of(group);
        const n = other.find(([odd]) => odd === group)?.[1];
        const list = n !== undefined ? [n] : settled ? candidates.slice(0, 1) : candidates;
        return group.map(({ id }) => [id, list] as const);
      }),
    );
    const options = ({ id }: Valued): readonly number[] => chosen.get(id) ?? [];
    return [extreme(groups, options, false), extreme(groups, options, true)];
  };
  const ranges = [range()];
  if (groups.some((group) => !of(group).settled)) return ranges;
  const others = groups.flatMap((group) => {
    const [, next, ...more] = of(group).candidates;
    for (const n of more) ranges.push(range([group, n]));
    return next === undefined ? [] : [[group, next] as const];
  });
  for (let subset = 1; subset < 2 ** Math.min(others.length, mostOthers); subset += 1) {
    ranges.push(range(...others.filter((_, index) => ((subset >> index) & 1) === 1)));
  }
  return ranges;
}

const percent = (value: number): string => `${(100 * value).toFixed(2)}%`;

/**
 * Whether a row of averages is the plain or the n-weighted mean of its column, rounded or cut. The cells are printed, so a mean may be off by
 * one step; where some n are not settled, any n that explains their cells will do.
 */
export function checkAverages(
  table: PublishedTable,
  relation: RelationOf<"average">,
  denominators: DenominatorsOfCell,
): AuditFinding[] {
  const cells = table.at(relation.place).filter(isValued);
  const step = stepOf(cells);
  return groupsBy(cells, "dataset", "quantity").flatMap((column): AuditFinding[] => {
    const average = column.find(({ model }) => model === relation.model);
    const rows = column.filter(({ model }) => model !== relation.model);
    if (average === undefined || rows.length === 0) return [];
    const plain = mean(rows, () => 1);
    const [likely, ...others] = weightedMeans(rows, denominators);
    const base = { check: "averages", place: relation.place, ids: column.map(({ id }) => id) };
    const what = `${average.dataset}, ${average.quantity}: ${average.printed}`;
    const shows = (value: number): boolean =>
      [value, value + step, value - step].some((near) =>
        conventions.some((way) => printsAs(near, average.value, step, way)),
      );
    if (shows(plain)) return [{ ...base, verdict: "agrees", says: `${what} is the plain mean of its column` }];
    const within = (range: readonly [number, number]): boolean =>
      average.value >= range[0] - step && average.value <= range[1] + step;
    if (likely !== undefined && [likely, ...others].some(within)) {
      const sure = within(likely) && likely[1] - likely[0] < step;
      const says = `${what} ${sure ? "is" : "can be"} the n-weighted mean of its column (the plain mean is ${percent(plain)})`;
      return [{ ...base, verdict: "agrees", says }];
    }
    const weighted =
      likely === undefined ? "" : `, the n-weighted mean ${[...new Set(likely.map(percent))].join(" to ")}`;
    const says = `${what} is no mean of its column: the plain mean is ${percent(plain)}${weighted}`;
    return [{ ...base, verdict: "contradicts", says }];
  });
}
