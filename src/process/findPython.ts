import { SetupError } from "../error.js";
import { hostEnvironment } from "./hostEnvironment.js";
import { runProgram } from "./runProgram.js";

/** An interpreter as it describes itself. */
export interface Python {
  /** The real executable, symbolic links and version-manager shims resolved. */
  readonly executable: string;
  /** Folder of the installation (`sys.base_prefix`). */
  readonly basePrefix: string;
  /** Implementation and version, e.g. `CPython 3.11.7`. */
  readonly version: string;
}

const describe = `
import json, os, platform, sys
print(json.dumps({"executable": os.path.realpath(sys.executable), "basePrefix": sys.base_prefix,
                  "version": platform.python_implementation() + " " + platform.python_version(),
                  "minor": list(sys.version_info[:2])}))`;

const install = "install Python 3.10 or newer (Debian, Ubuntu: `sudo apt-get install python3 python3-venv`)";

function descriptionOf(command: string, text: string): Python & { minor: [number, number] } {
  try {
    return JSON.parse(text) as Python & { minor: [number, number] };
  } catch (cause) {
    throw new SetupError(`\`${command}\` does not answer like a Python; ${install}`, { cause });
  }
}

/**
 * Asks an interpreter (default: `python3` on PATH) what it is.
 *
 * @throws SetupError when there is none or it is older than 3.10.
 */
export async function findPython(command = "python3"): Promise<Python> {
  const result = await runProgram(command, ["-I", "-c", describe], { env: hostEnvironment(), timeoutMs: 30_000 });
  if (result.notStarted !== "") throw new SetupError(`no Python: \`${command}\` cannot be started; ${install}`);
  if (result.exitCode !== 0) {
    throw new SetupError(`\`${command}\` does not work (${result.stderr.trim().split("\n").at(-1)}); ${install}`);
  }
  const { minor, ...python } = descriptionOf(command, result.stdout);
  if (minor[0] !== 3 || minor[1] < 10) {
    throw new SetupError(`\`${command}\` is ${python.version}, too old for safelab; ${install}`);
  }
  return python;
}
