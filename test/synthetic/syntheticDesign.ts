/** What is planted for the samples of one method: chances of a sample, the same for every task. */
export interface Planted {
  /** No scanner of the union flags it. */
  readonly secure: number;
  /** It passes every case; independent of `secure`. */
  readonly functional: number;
  /** Rules (0 … 19 of every scanner) that the method never brings forth; none unless told. */
  readonly avoids?: readonly number[];
}

/** A study to make up. */
export interface SyntheticDesign {
  /** Number of tasks by data set. */
  readonly datasets: Readonly<Record<string, number>>;
  /** The methods of each model; the first is the baseline. */
  readonly models: Readonly<Record<string, readonly string[]>>;
  /** By method; every method of `models` has an entry. */
  readonly planted: Readonly<Record<string, Planted>>;
  readonly cases: number;
  readonly scanners: readonly string[];
  readonly judges: readonly string[];
  readonly seed: number;
  /** Whole runs of the same tasks, each with luck of its own; 1 unless told. */
  readonly repeats?: number;
  /** Natural language alone unless told. */
  readonly prompts?: readonly ("nl" | "ct")[];
  /** Added to `functional` under code templates. */
  readonly templateGain?: number;
}

const all = ["base", "sven", "safecoder", "codeguard", "promsec"];
const closed = ["base", "promsec"];

/** The paper's study in full: 28 configurations on 2,341 tasks, 65,548 samples. */
export const paperDesign: SyntheticDesign = {
  datasets: { BigCodeBench: 1140, "SecCodePLT+": 1201 },
  models: {
    "CodeLlama-7B": all,
    "Qwen2.5-Coder-7B": all,
    "DeepSeek-Coder-V2-Lite": all,
    "Mistral-7B": all,
    "StarCoder-1B": all.slice(0, 4),
    "GPT-3.5-Turbo": closed,
    "GPT-4o": closed,
  },
  planted: {
    base: { secure: 0.62, functional: 0.4 },
    sven: { secure: 0.68, functional: 0.34 },
    safecoder: { secure: 0.75, functional: 0.25 },
    codeguard: { secure: 0.65, functional: 0.2 },
    promsec: { secure: 0.58, functional: 0.3 },
  },
  cases: 7,
  scanners: ["codeql", "bearer", "bandit"],
  judges: ["judge-a", "judge-b"],
  seed: 1,
};

/** The same models, methods and effects on a few tasks. */
export function smallDesign(tasks: number, seed = 1): SyntheticDesign {
  return { ...paperDesign, datasets: { BigCodeBench: tasks, "SecCodePLT+": tasks }, seed };
}

/** The paper's study with every data set larger by a factor. */
export function largerDesign(factor: number): SyntheticDesign {
  const datasets = Object.fromEntries(
    Object.entries(paperDesign.datasets).map(([name, tasks]) => [name, Math.round(tasks * factor)]),
  );
  return { ...paperDesign, datasets };
}

/** Chance that one scanner finds nothing: an insecure sample is flagged by one scanner for certain, by each other in 3 of 10 cases. */
export function scannerSecure({ secure }: Planted, { scanners }: SyntheticDesign): number {
  const share = 1 / scanners.length;
  return 1 - (1 - secure) * (share + (1 - share) * alsoFlags);
}

/** Chance that the union finds nothing where one scanner is left out: it alone flagged an insecure sample. */
export function secureWithoutOne({ secure }: Planted, { scanners }: SyntheticDesign): number {
  return secure + ((1 - secure) / scanners.length) * (1 - alsoFlags) ** (scanners.length - 1);
}

/** Chance that a sample is secure in one repeat and not in another: they differ only where not both take their task's luck. */
export function changesBetweenRepeats({ secure }: Planted): number {
  return (1 - alike ** 2) * 2 * secure * (1 - secure);
}

/** Share of samples that take their task's luck, so that methods of one model resemble each other on a task. */
export const alike = 0.6;

/** Chance that a flagged sample has a finding of one CWE of ten: each scanner that flags it reports one or two findings. */
export const namesCwe = (0.1 + 0.19) / 2;

/** Chance that a scanner flags an insecure sample which another one flags for certain. */
export const alsoFlags = 0.3;
