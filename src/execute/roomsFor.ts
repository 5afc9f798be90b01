import type { Fixtures } from "../task/task.js";

const system = ["bin", "dev", "etc", "harness", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "tmp", "usr"];

/** The folders in the root within which fixtures lie, sorted. None lies within a folder of the system: those stay closed. */
export function roomsFor(fixtures: Fixtures | undefined): string[] {
  const paths = fixtures === undefined ? [] : [...fixtures.folders, ...fixtures.files.map(({ path }) => path)];
  const tops = paths.flatMap((path) => /^\/+([^/]+)/.exec(path)?.[1] ?? []);
  return [...new Set(tops)]
    .filter((top) => !system.includes(top))
    .sort()
    .map((top) => `/${top}`);
}
