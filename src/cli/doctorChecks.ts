import { probeIsolation } from "../execute/probeIsolation.js";
import { withBrowser } from "../export/browser.js";
import { type Benchmark, benchmarkPython, benchmarks } from "../process/benchmarkVenv.js";
import { findPython } from "../process/findPython.js";
import { type Extra, extras } from "../process/extras.js";
import { hasExtra } from "../process/venv.js";
import { reasonOf, SetupError } from "../error.js";
import { findBearerRules } from "../scan/bearerRules.js";
import { scannerNamed, type ScannerTools } from "../scan/scannerNamed.js";

/** One line of the doctor. */
export interface Check {
  readonly name: string;
  readonly state: "ok" | "missing" | "optional";
  readonly words: string;
  /** The command that mends it; empty where nothing is to mend. */
  readonly remedy: string;
}

type Look = () => Promise<Check>;

const ok = (name: string, words: string): Check => ({ name, state: "ok", words, remedy: "" });

/** What a look finds out; a SetupError is what is missing, said in its own words. */
function check(name: string, look: () => Promise<string>): Look {
  return async () => {
    try {
      return ok(name, await look());
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      return { name, state: "missing", words: reasonOf(error), remedy: "" };
    }
  };
}

function extraCheck(name: string, extra: Extra): Look {
  return async () => {
    const { holds, folder, command, downloadMb } = extras[extra];
    if (await hasExtra(extra)) return ok(name, `${holds} in ${folder}`);
    return { name, state: "optional", words: `${holds} is not installed (${downloadMb} MB download)`, remedy: command };
  };
}

function benchmarkCheck(name: string, benchmark: Benchmark): Look {
  return async () => {
    const { holds, command, downloadMb } = benchmarks[benchmark];
    const found = await benchmarkPython(benchmark);
    if (found !== undefined) return ok(name, `${holds} for Python ${found.minor} in .venv-${benchmark}`);
    return {
      name,
      state: "optional",
      words: `${holds} are not installed (${downloadMb} MB download)`,
      remedy: command,
    };
  };
}

const isolation: Look = async () => {
  const probe = await probeIsolation();
  if (!probe.ok) return { name: "isolation", state: "missing", words: probe.reason, remedy: probe.remedy };
  const probed = "probed against a live server, a file outside and another sample's file";
  if (probe.isolation.nested)
    return ok("isolation", `bubblewrap, with fresh namespaces for every sample inside; ${probed}`);
  const why = probe.isolation.refusal.slice(0, 300);
  return ok(
    "isolation",
    `bubblewrap, one for every sample (slower: namespaces inside it are refused: ${why}); ${probed}`,
  );
};

/** A tool of the user's own: nothing is missing without it, unless a study's union names its scanner. */
function ownTool(name: string, look: () => Promise<string>): Look {
  return async () => {
    try {
      return ok(name, await look());
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      const [words = "", ...remedy] = reasonOf(error).split(": ");
      return { name, state: "optional", words, remedy: remedy.join(": ") };
    }
  };
}

/** All checks, in the order in which they are shown. */
export const checks = (tools: ScannerTools = {}): readonly Look[] => [
  check("Node", () => Promise.resolve(process.version)),
  check("Python", async () => {
    const { version, executable } = await findPython();
    return `${version} at ${executable}`;
  }),
  isolation,
  check("Bandit", async () => (await scannerNamed("bandit").identify()).version),
  ownTool("Bearer", async () => (await scannerNamed("bearer", tools).identify()).version),
  ownTool("Bearer rules", async () => {
    const { count, folder } = await findBearerRules(tools.bearerRules);
    return `${count} rules for Python in ${folder}`;
  }),
  ownTool("CodeQL", async () => (await scannerNamed("codeql", tools).identify()).version),
  check("browser", () => withBrowser((browser) => Promise.resolve(`Chromium ${browser.version()}`))),
  extraCheck("model", "embedded"),
  extraCheck("JupyterLab", "lab"),
  extraCheck("SVEN", "decoder"),
  benchmarkCheck("BigCodeBench", "bigcodebench"),
  benchmarkCheck("SecCodePLT+", "seccodeplt"),
];
