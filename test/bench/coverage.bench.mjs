// How often the 95 % intervals of the tables hold the truth that was planted: 1,000 made-up runs of a small design, every interval of
// Tables 4 and 5 and Newcombe's two. Run it with `npm run bench:coverage`; with `-- --seeds 200` it is done sooner.
import { parseArgs } from "node:util";

const { table4 } = await import("../../dist/analysis/table4.js");
const { table5 } = await import("../../dist/analysis/table5.js");
const { safeOf } = await import("../../dist/metric/safeOf.js");
const { newcombeInterval, pairedNewcombeInterval } = await import("../../dist/stat/newcombeInterval.js");
const { scannerSecure, smallDesign } = await import("../../out/bench/test/synthetic/syntheticDesign.js");
const { syntheticRows } = await import("../../out/bench/test/synthetic/syntheticRows.js");

const { values } = parseArgs({ options: { seeds: { type: "string", default: "1000" } } });
const seeds = Number(values.seeds);
const tasks = 200;
const designOf = (seed) => ({
  ...smallDesign(tasks, seed),
  datasets: { BigCodeBench: tasks },
  models: { "model-a": ["base", "safecoder"] },
  judges: [],
});

/** The true rates under a method: a sample that does not pass every case passes each smaller number of them as likely. */
function truthOf(planted, design) {
  const { secure, functional } = planted;
  const shares = Array.from({ length: design.cases }, (_, passed) => passed / design.cases);
  const mean = (score) =>
    functional * score(1) + (1 - functional) * (shares.reduce((sum, x) => sum + score(x), 0) / shares.length);
  return {
    ...Object.fromEntries(design.scanners.map((scanner) => [`secure_${scanner}`, scannerSecure(planted, design)])),
    secure,
    taskPass: functional,
    casePass: mean((share) => share),
    securePass: secure * functional,
    safe: secure * mean((share) => safeOf(share, true)),
  };
}

const counts = new Map();
function count(name, [lower, upper], truth) {
  const entry = counts.get(name) ?? { held: 0, of: 0 };
  entry.of += 1;
  if (lower <= truth && truth <= upper) entry.held += 1;
  counts.set(name, entry);
}

const differenceKeys = {
  "Secure@1 (union)": "secure",
  "Pass@1 (Case)": "casePass",
  "Pass@1 (Task)": "taskPass",
  "Secure-Pass@1": "securePass",
  "SAFE@1": "safe",
};

function countTables(rows, truth) {
  for (const row of table5(rows).rows) {
    const method = row.method.where.method;
    for (const [key, value] of Object.entries(truth[method])) {
      count(`rate ${key.replace(/^secure_.*/, "secure by scanner")}`, row[key].interval, value);
    }
  }
  for (const row of table4(rows, { measures: "all" }).rows) {
    const key = differenceKeys[row.measure.value];
    if (key !== undefined) count(`difference ${key}`, row.difference.interval, truth.safecoder[key] - truth.base[key]);
  }
}

function countNewcombe(rows, truth) {
  const of = (method) => rows.filter((row) => row.method === method);
  const passes = new Map(of("base").map((row) => [row.task, row.taskPass]));
  const pairs = of("safecoder").map((row) => [row.taskPass, passes.get(row.task)]);
  const number = (after, before) => pairs.filter(([a, b]) => a === after && b === before).length;
  const planted = truth.safecoder.taskPass - truth.base.taskPass;
  const table = {
    both: number(true, true),
    onlyFirst: number(true, false),
    onlySecond: number(false, true),
    neither: number(false, false),
  };
  const paired = pairedNewcombeInterval(table).interval;
  count("newcombe paired", [paired.lower, paired.upper], planted);
  // Two samples that share no task: passing under the method on one half, security under the baseline on the other.
  const first = of("safecoder").slice(0, tasks / 2);
  const second = of("base").slice(tasks / 2);
  const share = (of, key, value) => ({ hits: of.filter((row) => row[key] === value).length, total: of.length });
  const { interval } = newcombeInterval(share(first, "taskPass", true), share(second, "secure", "secure"));
  count("newcombe independent", [interval.lower, interval.upper], truth.safecoder.taskPass - truth.base.secure);
}

for (let seed = 1; seed <= seeds; seed++) {
  const design = designOf(seed);
  const truth = Object.fromEntries(
    design.models["model-a"].map((method) => [method, truthOf(design.planted[method], design)]),
  );
  const rows = syntheticRows(design);
  countTables(rows, truth);
  countNewcombe(rows, truth);
}

const coverage = Object.fromEntries(
  [...counts].map(([name, { held, of }]) => [name, Math.round((held / of) * 1e4) / 1e4]),
);
console.table(
  Object.fromEntries([...counts].map(([name, { held, of }]) => [name, { intervals: of, held, share: coverage[name] }])),
);
const outside = Object.entries(coverage).filter(([, share]) => share < 0.93 || share > 0.97);
for (const [name, share] of outside) console.error(`${name}: ${share} is outside 0.93 … 0.97`);
if (seeds >= 1000 && outside.length > 0) process.exitCode = 1;
console.log(JSON.stringify({ bench: "coverage", seeds, tasks, coverage }));
