import { tmpdir } from "node:os";
import { z } from "zod";
import { SetupError } from "../error.js";
import { runProgram } from "../process/runProgram.js";
import { canonicalJson, sha256 } from "../record/canonical.js";
import { withScanFolder } from "./scanFolder.js";
import type { ScannerIdentity } from "./scanner.js";

const describe = `
import json, sys
import bandit
from bandit.core import extension_loader
rules = extension_loader.MANAGER
plugins = [[p.plugin._test_id, p.name, p.plugin.__module__, str(p.entry_point.dist and p.entry_point.dist.version)]
           for p in rules.plugins]
blacklist = [json.dumps(entry, sort_keys=True) for entries in rules.blacklist.values() for entry in entries]
print(json.dumps({"version": bandit.__version__, "python": list(sys.version_info[:2]),
                  "plugins": sorted(plugins), "blacklist": sorted(blacklist)}))`;

const Description = z.object({
  version: z.string(),
  python: z.tuple([z.number(), z.number()]),
  plugins: z.array(z.array(z.string())).min(1),
  blacklist: z.array(z.string()).min(1),
});

/**
 * Bandit's version and the hash of all that decides its reports: version, plugins, blacklists, options, and the
 * Python whose parser it uses.
 *
 * @throws SetupError when this interpreter has no working Bandit.
 */
export async function banditIdentity(python: string, options: readonly string[]): Promise<ScannerIdentity> {
  const result = await withScanFolder(tmpdir(), [], ({ cwd, env }) =>
    runProgram(python, ["-I", "-B", "-c", describe], { env, cwd, timeoutMs: 60_000 }),
  );
  if (result.exitCode !== 0) {
    const words = result.notStarted || result.stderr.trim().split("\n").at(-1);
    throw new SetupError(`Bandit does not work (${words}): delete the folder .venv and run \`npx safelab setup\``);
  }
  const description = Description.parse(JSON.parse(result.stdout));
  return { version: description.version, rulesHash: sha256(canonicalJson({ ...description, options })) };
}
