import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { SetupError } from "../error.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { projectRoot } from "../process/projectRoot.js";
import { type ProgramResult, runProgram } from "../process/runProgram.js";
import { type Span, suppressionWords } from "./blankSuppressions.js";

/**
 * Whether a file parses; if not, Python's own words and the line. `comments` are those of a file in which a word stands that asks a scanner
 * for silence; `null` where readers of Python may not agree on them.
 */
export type GateVerdict =
  | { readonly parses: true; readonly comments: readonly Span[] | null }
  | { readonly parses: false; readonly reason: string };

export interface ParseGateOptions {
  /** The interpreter that executes the samples. */
  readonly python: string;
  readonly signal?: AbortSignal;
  /** Milliseconds for one run over the files; a file that needs more alone does not parse. */
  readonly timeoutMs?: number;
}

const Line = z.tuple([
  z.string(),
  z.string().nullable(),
  z.array(z.tuple([z.number().int(), z.number().int()])).nullable(),
]);
const script = () => join(projectRoot(), "src", "scan", "parse_gate.py");

/** The verdicts of a run, in the order of the hashes; they end early where the parser crashed. */
function verdictsOf(stdout: string, hashes: readonly string[]): GateVerdict[] {
  // The last piece is empty, or a line that a crash cut off.
  return stdout
    .split("\n")
    .slice(1, -1)
    .map((text, index) => {
      const [hash, reason, comments] = Line.parse(JSON.parse(text));
      if (hash !== hashes[index]) throw new Error(`parse gate: a line about ${hash} in the place of ${hashes[index]}`);
      return reason === null ? { parses: true, comments } : { parses: false, reason };
    });
}

function endOf({ timedOut, killedBy, exitCode }: ProgramResult, timeoutMs: number): string {
  if (timedOut) return `Python's parser gave no answer in ${timeoutMs / 1000} s`;
  return `Python's parser crashed (${killedBy ?? `exit ${exitCode}`})`;
}

/**
 * Parses the files `<hash>.py` of a folder with Python's own `ast`, in one process. A file that crashes or stalls the
 * parser is found and does not parse; the others keep their verdicts.
 *
 * @throws SetupError when the interpreter does not run at all.
 * @throws InterruptedError when `signal` was aborted.
 */
export async function parseGate(
  directory: string,
  hashes: readonly string[],
  { python, signal, timeoutMs = 60_000 + 100 * hashes.length }: ParseGateOptions,
): Promise<ReadonlyMap<string, GateVerdict>> {
  const verdicts = new Map<string, GateVerdict>();
  const waiting: (readonly string[])[] = [hashes];
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const [first] = part;
    if (first === undefined) continue;
    const result = await runProgram(python, ["-I", "-S", script()], {
      env: { ...hostEnvironment(), LC_ALL: "C.UTF-8" },
      cwd: tmpdir(),
      input: JSON.stringify({ directory, hashes: part, words: suppressionWords }),
      timeoutMs,
      ...(signal === undefined ? {} : { signal }),
    });
    if (!result.stdout.startsWith('"ready"\n')) {
      const words = result.notStarted || result.stderr.trim().split("\n").at(-1);
      throw new SetupError(`\`${python}\` cannot check syntax (${words}): install Python 3.10 or newer`);
    }
    const told = verdictsOf(result.stdout, part);
    told.forEach((verdict, index) => verdicts.set(part[index] as string, verdict));
    if (told.length === part.length) continue;
    if (part.length === 1) verdicts.set(first, { parses: false, reason: endOf(result, timeoutMs) });
    // The file at which it ended is asked alone, so that time spent on others is not held against it.
    else waiting.push(part.slice(told.length, told.length + 1), part.slice(told.length + 1));
  }
  return verdicts;
}
