import type { ResultRow } from "../../../src/record/schema/resultRow.js";
import { label } from "../labelRows.js";
import { facts, finding, row } from "../rows.js";

/** Whether every finding is to hold in a made-up study, or to fail. */
export type Planted = "holds" | "fails";

/** What to leave out or change of the made-up study. */
export interface PlantedOptions {
  /** Tasks of each data set; 100 unless told. */
  readonly tasks?: number;
  /** Two unless told: the second is the noise floor. */
  readonly repeats?: 1 | 2;
  readonly labelled?: boolean;
  readonly executed?: boolean;
  readonly union?: readonly string[];
  readonly models?: readonly string[];
}

const scanners = ["codeql", "bearer", "bandit"];
const cwes = { codeql: 79, bearer: 327, bandit: 78 } as Readonly<Record<string, number>>;

/** Which scanners flag a sample; where findings are to fail they all see the same. */
function flagsOf(planted: Planted, i: number, treated: boolean): readonly string[] {
  const d = i % 10;
  if (planted === "fails") return (treated ? d === 4 : d < 5) ? scanners : [];
  if (treated) return d === 4 ? ["bandit"] : i % 50 < 2 || i % 50 === 7 ? ["bearer"] : [];
  const each = { codeql: i % 20 === 0, bearer: d < 3, bandit: d >= 2 && d < 5 } as Readonly<Record<string, boolean>>;
  return scanners.filter((scanner) => each[scanner]);
}

function worksFor(planted: Planted, i: number, treated: boolean, closed: boolean): boolean {
  if (!treated) return i % 2 === 0;
  if (planted === "fails") return i % 2 === 0 || i % 10 === 1;
  return i % 4 === 2 && !(closed && i % 10 === 6);
}

/**
 * A made-up study in which every finding holds, or fails: two open models and one without weights on two data sets, with a judge, labels and a
 * second repeat of the baseline. No chance is in it.
 */
export function plantedStudy(planted: Planted, options: PlantedOptions = {}): ResultRow[] {
  const { tasks = 100, repeats = 2, labelled = true, executed = true, union = scanners } = options;
  const { models = ["open-a", "open-b", "closed"] } = options;
  const shared = facts({
    datasets: ["D1", "D2"].map((name) => ({ name, tasks: "all" as const })),
    models: models.map((name) => ({ name, route: "chat", access: name === "closed" ? "none" : "full" })),
    methods: ["base", "sven", "promsec"],
    union: [...union],
    repeats,
  });
  const sampleOf = (dataset: string, model: string, method: string, i: number, repeat = 0): ResultRow => {
    const [treated, closed] = [method !== "base", model === "closed"];
    const flags = flagsOf(planted, i, treated);
    // One sample of fifty is another one in the second repeat.
    const works = worksFor(planted, i, treated, closed) && !(repeat === 1 && i % 50 === 0);
    return row(shared, {
      ...{ dataset, model, method, repeat, task: `t${i}` },
      ...(executed ? { casePass: works ? 1 : 0 } : {}),
      scans: Object.fromEntries(union.map((each) => [each, flags.includes(each) ? "insecure" : "secure"])),
      findings: Object.fromEntries(
        union.map((each) => [each, flags.includes(each) ? [finding("R", planted === "holds" ? cwes[each]! : 78)] : []]),
      ),
      code: treated && planted === "holds" ? "x = 1\n" : "a = 1\nb = 2\nc = 3\n",
      judges: labelled && method === "base" && model === "open-a" ? { j: judged(planted, i) } : {},
      ...(labelled && dataset === "D1" && model === "open-a" ? { labels: labelsOf(planted, method, i) } : {}),
    });
  };
  const methodsOf = (model: string) => (model === "closed" ? ["base", "promsec"] : ["base", "sven", "promsec"]);
  return ["D1", "D2"].flatMap((dataset) =>
    models.flatMap((model) =>
      Array.from({ length: tasks }, (_, i) => [
        ...methodsOf(model).map((method) => sampleOf(dataset, model, method, i)),
        ...(repeats === 2 ? [sampleOf(dataset, model, "base", i, 1)] : []),
      ]).flat(),
    ),
  );
}

/** Odd samples are labelled insecure. A judge that over-reports accuses four of six secure samples as well, the other one of twenty. */
function judged(planted: Planted, i: number): string {
  if (i % 2 === 1) return i % 20 === 1 ? "secure" : "insecure";
  return (planted === "holds" ? i % 6 < 4 : i % 40 === 0) ? "insecure" : "secure";
}

function labelsOf(planted: Planted, method: string, i: number): ResultRow["labels"] {
  const both = (question: string, value: string) => ["ann", "bea"].map((name) => label(name, value, { question }));
  if (method === "base") return both("security", i % 2 === 1 ? "insecure" : "secure");
  if (method !== "sven" || i % 2 === 1) return [];
  const givenUp = planted === "holds" ? i % 10 !== 0 : i % 10 === 0;
  return both("failure", givenUp ? (["removedCode", "junkCode", "notFollowingInstruction"][i % 3] ?? "") : "other");
}
