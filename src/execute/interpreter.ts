import { z } from "zod";
import { SetupError } from "../error.js";
import { findPython } from "../process/findPython.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { runProgram } from "../process/runProgram.js";

const describe = `
import json, os, platform, site, sys, sysconfig
from importlib import metadata
places = [*site.getsitepackages(), *(sysconfig.get_path(name) for name in ("purelib", "platlib"))]
hidden = {os.path.realpath(p) for p in places if os.path.isdir(p)} if sys.prefix == sys.base_prefix else ()
packages = {f"{d.metadata['Name']}=={d.version}" for d in metadata.distributions() if d.metadata['Name']}
print(json.dumps({"executable": sys.executable, "version": platform.python_implementation() + " " + platform.python_version(),
  "folders": sorted({p for x in (sys.prefix, sys.base_prefix) for p in (x, os.path.realpath(x))}
                    | {os.path.dirname(os.path.realpath(sys.executable))}),
  "packages": sorted(packages), "hidden": sorted(hidden)}))`;

/** The interpreter that executes samples. */
export const Interpreter = z.object({
  executable: z.string(),
  /** Implementation and version, e.g. `CPython 3.11.7`. */
  version: z.string(),
  /** Folders that the interpreter needs: its own, its virtual environment's, their real places. */
  folders: z.array(z.string()),
  /** Installed packages, `name==version`, sorted. */
  packages: z.array(z.string()),
  /**
   * Folders of installed packages that the sandbox leaves empty: those of a Python outside a virtual environment, so that
   * samples have the standard library wherever they run, and not what somebody installed on one machine.
   */
  hidden: z.array(z.string()),
});
export type Interpreter = z.infer<typeof Interpreter>;

/**
 * Asks the interpreter that will execute samples what it is and what it has.
 *
 * @param command a Python, e.g. of a virtual environment; default: the real executable behind `python3` on PATH.
 * @throws SetupError when there is none or it is older than 3.10.
 */
export async function findInterpreter(command?: string): Promise<Interpreter> {
  const { executable } = await findPython(command);
  const asked = command ?? executable;
  const result = await runProgram(asked, ["-s", "-E", "-c", describe], { env: hostEnvironment(), timeoutMs: 60_000 });
  if (result.exitCode !== 0) throw new SetupError(`\`${asked}\` does not work: ${result.stderr.trim()}`);
  return Interpreter.parse(JSON.parse(result.stdout));
}
