import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { venvPython } from "../../src/process/venv.js";
import { type BearerOptions, bearerScanner } from "../../src/scan/bearer.js";
import type { Scanner } from "../../src/scan/scanner.js";
import { temporaryFolder } from "./scanFolderOf.js";

const script = fileURLToPath(new URL("bearerStandIn.py", import.meta.url));

/** What Bearer once printed of a text: findings and errors without their file names. */
export interface Recorded {
  readonly findings: readonly object[];
  readonly errors: readonly object[];
}

export interface StandIn {
  readonly scanner: Scanner;
  readonly path: string;
  readonly rules: string;
  readonly folder: string;
  /** The calls so far. */
  readonly calls: () => Promise<{ arguments: string[]; environment: Record<string, string> }[]>;
}

/** A program that behaves as Bearer does, in a folder of its own named `bin`, with a folder of rules. */
export async function bearerStandIn(
  settings: { misdeed?: string; recorded?: Readonly<Record<string, Recorded>> } = {},
  options: Pick<BearerOptions, "timeoutMs" | "controlTimeoutMs"> = {},
): Promise<StandIn> {
  const folder = await temporaryFolder();
  const [path, rules, config] = [
    join(folder, "bin", "bearer"),
    join(folder, "bearer-rules"),
    join(folder, "settings.json"),
  ];
  await mkdir(join(folder, "bin"));
  await mkdir(join(rules, "rules", "python", "lang"), { recursive: true });
  await writeFile(join(rules, "rules", "python", "lang", "avoid_pickle.yml"), "patterns: []\n");
  await writeFile(config, JSON.stringify(settings));
  await writeFile(path, `#!/bin/sh\nexec ${venvPython()} ${script} ${config} "$@"\n`);
  await chmod(path, 0o755);
  return {
    ...{ path, rules, folder },
    scanner: bearerScanner({ path, rules, ...options }),
    calls: async () =>
      (await readFile(join(folder, "calls.jsonl"), "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { arguments: string[]; environment: Record<string, string> }),
  };
}
