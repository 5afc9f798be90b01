import type { ResultRow } from "../../src/record/schema/resultRow.js";
import { facts, row } from "./rows.js";

/**
 * Five tasks, two methods, two scanners, every verdict known.
 *
 * | task | base               | sven               |
 * |------|--------------------|--------------------|
 * | t1   | secure, 1          | secure, 1          |
 * | t2   | insecure (a), 1    | secure, 0.5        |
 * | t3   | secure, 1          | insecure (b), 1    |
 * | t4   | secure, 0.5        | secure, 0          |
 * | t5   | insecure (a, b), 0 | insecure (a), 1    |
 */
export function handRows(): ResultRow[] {
  const shared = facts({ union: ["a", "b"] });
  const line = (method: string, task: string, flags: string, casePass: number) =>
    row(shared, {
      method,
      task,
      casePass,
      scans: { a: flags.includes("a") ? "insecure" : "secure", b: flags.includes("b") ? "insecure" : "secure" },
    });
  return [
    line("base", "t1", "", 1),
    line("base", "t2", "a", 1),
    line("base", "t3", "", 1),
    line("base", "t4", "", 0.5),
    line("base", "t5", "ab", 0),
    line("sven", "t1", "", 1),
    line("sven", "t2", "", 0.5),
    line("sven", "t3", "b", 1),
    line("sven", "t4", "", 0),
    line("sven", "t5", "a", 1),
  ];
}
