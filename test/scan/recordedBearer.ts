import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** The folder with data from elsewhere; `undefined` where there is none. */
export const data = process.env.SAFELAB_DATA;

const textOf = (...path: string[]) => gunzipSync(readFileSync(join(data ?? "", ...path))).toString("utf8");

/** The samples of a file, by task. */
export function solutionsOf(...path: string[]): { task: string; code: string }[] {
  return textOf(...path)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { task_id: string; solution: string })
    .map(({ task_id: task, solution: code }) => ({ task, code }));
}

/** What Bearer 2.1.0 printed. */
export function bearerOutput(name: string): { findings: { filename: string }[]; errors: { filename: string }[] } {
  return JSON.parse(textOf("bearer", `${name}.jsonv2.gz`)) as ReturnType<typeof bearerOutput>;
}
