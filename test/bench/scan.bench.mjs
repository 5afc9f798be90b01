// Bandit over a batch in one process against one process per file, in CPU seconds of the scanner, on the generations in
// SAFELAB_DATA. Run after a build: node test/bench/scan.bench.mjs
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { venvPython } from "../../dist/process/venv.js";
import { sha256 } from "../../dist/record/canonical.js";
import { banditScanner } from "../../dist/scan/bandit.js";

const generations = "qwen2.5-coder-7b-instruct.bigcodebench-complete.generations.jsonl.gz";
const data = process.env.SAFELAB_DATA ?? "data/external";
const least = { cpuRatio: 30, cpuRatioFull: 50 };

const text = gunzipSync(await readFile(join(data, generations))).toString("utf8");
const codes = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line).solution);
const directory = await mkdtemp(join(tmpdir(), "safelab-bench-"));
const log = join(directory, "cpu.txt");
const measure = [
  "import resource, subprocess, sys",
  "done = subprocess.run([sys.executable, '-I', '-B', '-m', 'bandit', *sys.argv[2:]])",
  "used = resource.getrusage(resource.RUSAGE_CHILDREN)",
  "open(sys.argv[1], 'a').write(f'{used.ru_utime + used.ru_stime}\\n')",
  "sys.exit(done.returncode)",
].join("\n");
const scanner = banditScanner({ command: [venvPython(), "-c", measure, log] });

/** Runs a scan and tells the CPU and wall seconds and the verdicts. */
async function timed(batches) {
  await writeFile(log, "");
  const verdicts = new Map();
  const start = performance.now();
  for (const batch of batches) {
    for (const [hash, { status }] of await scanner.scan(directory, batch, {})) verdicts.set(hash, status);
  }
  const wall = (performance.now() - start) / 1000;
  const cpu = (await readFile(log, "utf8"))
    .trim()
    .split("\n")
    .reduce((sum, line) => sum + Number(line), 0);
  return { cpu, wall, verdicts };
}

try {
  const hashes = [...new Set(codes.map(sha256))];
  for (const code of codes) await writeFile(join(directory, `${sha256(code)}.py`), code);
  const step = Math.floor(hashes.length / 50);
  const sample = hashes.filter((_, index) => index % step === 0).slice(0, 50);

  await timed([sample]);
  // One start of Python decides the batch's number, so the median of five stands for it. They come between the single files: what else
  // the machine does weighs on both sides alike.
  const [singles, repeated] = [[], []];
  for (let part = 0; part < 5; part += 1) {
    singles.push(await timed(sample.slice(10 * part, 10 * part + 10).map((hash) => [hash])));
    repeated.push(await timed([sample]));
  }
  const oneByOne = {
    cpu: singles.reduce((sum, { cpu }) => sum + cpu, 0),
    wall: singles.reduce((sum, { wall }) => sum + wall, 0),
    verdicts: new Map(singles.flatMap(({ verdicts }) => [...verdicts])),
  };
  const batch = repeated.sort((a, b) => a.cpu - b.cpu)[2];
  const full = await timed([hashes]);
  const differing = sample.filter(
    (hash) => new Set([oneByOne, batch, full].map((run) => run.verdicts.get(hash))).size > 1,
  );

  console.table({
    "50 files, one by one": { files: 50, cpuSeconds: oneByOne.cpu, wallSeconds: oneByOne.wall },
    "50 files, one process": { files: 50, cpuSeconds: batch.cpu, wallSeconds: batch.wall },
    "all files, one process": { files: hashes.length, cpuSeconds: full.cpu, wallSeconds: full.wall },
  });
  const cpuRatio = oneByOne.cpu / batch.cpu;
  const cpuRatioFull = oneByOne.cpu / sample.length / (full.cpu / hashes.length);
  const missed = [
    ...(differing.length > 0 ? [`${differing.length} files have other verdicts in a batch than alone`] : []),
    ...(cpuRatio < least.cpuRatio ? [`cpuRatio ${cpuRatio.toFixed(1)} is below ${least.cpuRatio}`] : []),
    ...(cpuRatioFull < least.cpuRatioFull
      ? [`cpuRatioFull ${cpuRatioFull.toFixed(1)} is below ${least.cpuRatioFull}`]
      : []),
  ];
  if (missed.length > 0) {
    console.error(missed.join("\n"));
    process.exitCode = 1;
  }
  const round = (value) => Math.round(value * 10) / 10;
  console.log(
    JSON.stringify({
      bench: "scan",
      cpuRatio: round(cpuRatio),
      cpuRatioFull: round(cpuRatioFull),
      filesPerSecond: round(hashes.length / full.wall),
    }),
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}
