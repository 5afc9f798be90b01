import { z } from "zod";
import type { Fixtures } from "./task.js";

/** Folders and files that the tests of SecCodePLT+ expect, and that no publisher's file creates: paths, and text by path. */
export const SecCodePltFixtures = z.object({
  directories: z.array(z.string()),
  files: z.record(z.string(), z.string()),
});
export type SecCodePltFixtures = z.infer<typeof SecCodePltFixtures>;

/** Absolute paths in string literals of Python code, folders that all machines have left out. */
function pathsIn(code: string): string[] {
  const found = [...code.matchAll(/['"](\/[\w.][^'"\n]*)['"]/g)].map((match) => (match[1] ?? "").replace(/\/+$/, ""));
  return [...new Set(found)].filter((path) => !["", "/tmp", "/etc", "/usr", "/usr/local"].includes(path));
}

const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}/`);

/**
 * The fixtures that a task's code and cases speak of: those on the way to, at or below a path that stands in them. `undefined` where there is none.
 *
 * @param code set-up, reference and cases of the task, as text
 */
export function fixturesOf(code: string, { directories, files }: SecCodePltFixtures): Fixtures | undefined {
  const paths = pathsIn(code);
  const isMeant = (fixture: string) => paths.some((path) => isWithin(fixture, path) || isWithin(path, fixture));
  const meant = {
    folders: directories.filter(isMeant),
    files: Object.entries(files).flatMap(([path, text]) => (isMeant(path) ? [{ path, text }] : [])),
  };
  return meant.folders.length + meant.files.length === 0 ? undefined : meant;
}
