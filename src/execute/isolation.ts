import { randomInt } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { runProgram } from "../process/runProgram.js";
import { programPath } from "./programPath.js";

/** How samples are kept apart from the machine. */
export type Isolation =
  | {
      readonly kind: "bubblewrap";
      /** Absolute path of bubblewrap: the probe, the samples and a sandbox within the sandbox use the same. */
      readonly bwrap: string;
      /** Absolute path of the program that gives up root's user id; `null` where we are an ordinary user. */
      readonly setpriv: string | null;
      readonly canDisableUserns: boolean;
      /** Whether one worker forks every sample into namespaces of its own; else every sample has a bubblewrap of its own. */
      readonly nested: boolean;
      /** Why namespaces cannot be nested here; empty where they can. */
      readonly refusal: string;
      readonly rootLinks: Readonly<Record<string, string>>;
    }
  | { readonly kind: "none" };

/** Bubblewrap as it is to be used here, or why it cannot be used and what to do. */
export type FoundBubblewrap =
  | { readonly ok: true; readonly isolation: Extract<Isolation, { kind: "bubblewrap" }> }
  | { readonly ok: false; readonly reason: string; readonly remedy: string };

const installBubblewrap =
  "install it with `sudo apt-get install bubblewrap` (Fedora: `sudo dnf install bubblewrap`, Arch: `sudo pacman -S bubblewrap`)";

function rootLinks(): Record<string, string> {
  const links: Record<string, string> = {};
  for (const path of ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"]) {
    try {
      links[path] = readlinkSync(path);
    } catch {
      // A folder of its own, or absent: bound where it exists.
    }
  }
  return links;
}

const absent = (reason: string, remedy: string) => ({ ok: false, reason, remedy }) as const;

/** Finds bubblewrap and how to use it here. Whether it confines anything is `probeIsolation`'s question. */
export async function findBubblewrap(platform: NodeJS.Platform = process.platform): Promise<FoundBubblewrap> {
  if (platform !== "linux") {
    const reason = "samples are executed in a bubblewrap sandbox, which needs Linux";
    return absent(reason, "use a Linux machine, a container or WSL 2 (environment.md)");
  }
  const bwrap = await programPath("bwrap");
  if (bwrap === undefined) {
    return absent("bubblewrap, which keeps generated code in its sandbox, is not installed", installBubblewrap);
  }
  const asked = await runProgram(bwrap, ["--version"], { env: hostEnvironment(), timeoutMs: 10_000 });
  const version = /(\d+)\.(\d+)/.exec(asked.stdout);
  if (asked.exitCode !== 0 || version === null) {
    const words = asked.notStarted || asked.stderr.trim() || `exit code ${asked.exitCode ?? "unknown"}`;
    return absent(`\`${bwrap} --version\` does not work (${words})`, "put a working bwrap first on PATH");
  }
  const setpriv = process.getuid?.() === 0 ? await programPath("setpriv") : null;
  if (setpriv === undefined) {
    const reason = "setpriv, which gives up root's rights in the sandbox, is not installed";
    return absent(reason, "install it with `sudo apt-get install util-linux`, or work as an ordinary user");
  }
  const canDisableUserns = Number(version[1]) > 0 || Number(version[2]) >= 8;
  return {
    ok: true,
    isolation: {
      ...{ kind: "bubblewrap", bwrap, setpriv, canDisableUserns, nested: true, refusal: "", rootLinks: rootLinks() },
    },
  };
}

/**
 * A user id of nobody, drawn anew for every sandbox from the upper part of the ids that this user namespace has:
 * two sandboxes that shared one would share its count of processes.
 */
export function unprivilegedUid(): number {
  const lines = readFileSync("/proc/self/uid_map", "utf8").trim().split("\n");
  const ranges = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const top = Math.min(2 ** 31 - 2, Math.max(...ranges.map(([first = 0, , count = 1]) => first + count - 1)));
  return randomInt(Math.floor(top * 0.6), Math.floor(top * 0.9));
}
