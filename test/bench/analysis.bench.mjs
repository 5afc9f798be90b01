// Opens a made-up run of the paper's full size (28 configurations, 65,548 samples) and makes every table and figure of it, each
// step in a process of its own. Run it with `npm run bench:analysis`; with `-- --times 10` every data set is ten times as large, and the cost
// is held against that of the full size: CPU seconds and memory may grow in proportion and no faster.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** How much faster than its records a run may grow dear: sorting and larger caches take their part, a square would be far above. */
const slack = 1.5;

const most = { firstOpenSeconds: 12, openSeconds: 2, outputsSeconds: 3, peakMiB: 1.5e9 / 2 ** 20 };

/** Runs one step in this process: opens the folder, and makes the outputs where asked. */
async function step(folder, outputs) {
  const { openRunAt } = await import("../../dist/record/openRun.js");
  const { methods } = await import("../../dist/generate/methods/methodNamed.js");
  const { sections } = await import("../../dist/report/sections.js");
  const traits = Object.fromEntries(methods.map((method) => [method.name, method.traits]));
  const timed = async (work) => {
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const { user, system } = process.cpuUsage(cpu);
    return [result, { seconds: (performance.now() - wall) / 1000, user: user / 1e6, system: system / 1e6 }];
  };
  const [{ rows }, open] = await timed(() => openRunAt(folder));
  const made = outputs ? (await timed(() => sections(rows, traits)))[1] : undefined;
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  console.log(
    JSON.stringify({ rows: rows.length, open, made, parts: outputs ? await parts(rows, timed) : [], peakMiB }),
  );
}

/** Each of the tables that look beyond the paper's by itself, in CPU seconds; what they share is found before. */
async function parts(rows, timed) {
  const names = ["tableChanges", "tableLabelledCwe", "tableLeaveOneOut", "tablePrompts", "tableStability"];
  const own = [...rows];
  const { table5 } = await import("../../dist/analysis/table5.js");
  table5(own);
  const seconds = [];
  for (const name of names) {
    const { [name]: make } = await import(`../../dist/analysis/${name}.js`);
    const [, { user, system }] = await timed(() => make(own));
    seconds.push([name, user + system]);
  }
  return seconds;
}

function inProcess(...args) {
  return JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), ...args], { encoding: "utf8" }));
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const round = (value) => Math.round(value * 100) / 100;

/** What a run of this size costs: wall seconds and memory for people, CPU seconds for comparing sizes on a machine that does other work, too. */
async function measure(size) {
  const { largerDesign } = await import("../../out/bench/test/synthetic/syntheticDesign.js");
  const { writeSyntheticRun } = await import("../../out/bench/test/synthetic/writeSyntheticRun.js");
  const folder = mkdtempSync(join(tmpdir(), "safelab-bench-"));
  try {
    const start = performance.now();
    writeSyntheticRun(folder, largerDesign(size));
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    console.log(`${Math.round(bytes / 2 ** 20)} MiB of records made in ${round((performance.now() - start) / 1000)} s`);

    const first = inProcess("step", folder);
    const later = [1, 2, 3].map(() => inProcess("step", folder, "outputs"));
    const line = ({ seconds, user, system }, peakMiB) => ({
      wallSeconds: round(seconds),
      userSeconds: round(user),
      systemSeconds: round(system),
      peakMiB: Math.round(peakMiB),
    });
    console.log(`${first.rows} samples`);
    console.table({
      "first opening": line(first.open, first.peakMiB),
      ...Object.fromEntries(later.map((each, i) => [`later opening ${i + 1}`, line(each.open, each.peakMiB)])),
      ...Object.fromEntries(later.map((each, i) => [`tables and figures ${i + 1}`, line(each.made, each.peakMiB)])),
    });
    const parts = later[0].parts.map(([name], i) => [name, round(median(later.map((each) => each.parts[i][1])))]);
    console.log(`CPU seconds: ${parts.map(([name, seconds]) => `${name} ${seconds}`).join(", ")}`);
    const cpu = ({ user, system }) => user + system;
    const peakMiB = Math.max(first.peakMiB, ...later.map((each) => each.peakMiB));
    return {
      result: {
        firstOpenSeconds: round(first.open.seconds),
        openSeconds: round(median(later.map((each) => each.open.seconds))),
        outputsSeconds: round(median(later.map((each) => each.made.seconds))),
        peakMiB: Math.round(peakMiB),
      },
      cost: {
        firstOpen: cpu(first.open),
        open: median(later.map((each) => cpu(each.open))),
        outputs: median(later.map((each) => cpu(each.made))),
        peak: peakMiB,
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Says what is above its limit, and lets the command fail for it. */
function complain(name, value, limit) {
  console.error(`${name} ${value} is above ${Math.round(limit)}`);
  process.exitCode = 1;
}

async function bench(size) {
  const full = await measure(1);
  const { result, cost } = size === 1 ? full : await measure(size);
  for (const [name, limit] of Object.entries(most))
    if (size === 1 && result[name] > limit) complain(name, result[name], limit);
  const growth = Object.fromEntries(
    Object.entries(cost).map(([name, value]) => [name, round(value / full.cost[name])]),
  );
  for (const [name, times] of Object.entries(growth))
    if (size > 1 && times > slack * size) complain(`growth of ${name}`, times, slack * size);
  console.log(JSON.stringify({ bench: "analysis", ...(size === 1 ? {} : { times: size, growth }), ...result }));
}

if (process.argv[2] === "step") await step(process.argv[3], process.argv[4] === "outputs");
else {
  const { values } = parseArgs({ options: { times: { type: "string", default: "1" } } });
  const times = Number(values.times);
  if (!(times > 0)) throw new Error(`--times ${values.times}: expected a number above 0, e.g. 10`);
  await bench(times);
}
