import { readFileSync, readlinkSync } from "node:fs";
import { randomInt } from "node:crypto";
import { SetupError } from "../error.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { runProgram } from "../process/runProgram.js";

/** How samples are kept apart from the machine. */
export type Isolation =
  | {
      readonly kind: "bubblewrap";
      readonly asRoot: boolean;
      readonly canDisableUserns: boolean;
      readonly rootLinks: Readonly<Record<string, string>>;
    }
  | { readonly kind: "none" };

export const installBubblewrap =
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

/**
 * Finds bubblewrap and how to use it here. Whether it confines anything is `probeIsolation`'s question.
 *
 * @throws SetupError when it is not installed or this is not Linux.
 */
export async function findBubblewrap(): Promise<Isolation> {
  if (process.platform !== "linux") {
    throw new SetupError(
      "samples are executed in a bubblewrap sandbox, which needs Linux: use a Linux machine, a container or WSL 2",
    );
  }
  const { exitCode, stdout } = await runProgram("bwrap", ["--version"], { env: hostEnvironment(), timeoutMs: 10_000 });
  const version = /(\d+)\.(\d+)/.exec(stdout);
  if (exitCode !== 0 || version === null) {
    throw new SetupError(
      `bubblewrap, which keeps generated code in its sandbox, is not installed: ${installBubblewrap}`,
    );
  }
  return {
    kind: "bubblewrap",
    asRoot: process.getuid?.() === 0,
    canDisableUserns: Number(version[1]) > 0 || Number(version[2]) >= 8,
    rootLinks: rootLinks(),
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
