import type { ResultRow } from "../../src/record/schema/resultRow.js";
import type { Finding } from "../../src/record/schema/scan.js";
import { facts, row, type Sketch } from "../analysis/rows.js";

const weak = "import hashlib\n\ndef digest(text):\n    return hashlib.md5(text.encode()).hexdigest()\n";
const emptied = "import hashlib\n\ndef digest(text):\n    pass\n";

/**
 * Three tasks of one model under two methods, scanned by CodeQL and Bandit.
 *
 * | task | base                                     | sven                          |
 * |------|------------------------------------------|-------------------------------|
 * | t/2  | Bandit flags line 4, works               | secure, broken, 1 line lost   |
 * | t/10 | Bandit flags line 4, works               | secure, broken, all 4 lost    |
 * | t/1  | secure, works                            | CodeQL flags line 1, broken   |
 */
export function codeRows(change: Partial<Sketch> = {}): ResultRow[] {
  const shared = facts({ union: ["codeql", "bandit"] });
  const line = (method: string, task: string, code: string, casePass: number, flag?: ["codeql" | "bandit", number]) =>
    row(shared, {
      method,
      task,
      casePass,
      code,
      scans: {
        codeql: flag?.[0] === "codeql" ? "insecure" : "secure",
        bandit: flag?.[0] === "bandit" ? "insecure" : "secure",
      },
      findings: flag === undefined ? {} : { [flag[0]]: [findingAt(flag[1])] },
      ...change,
    });
  return [
    line("base", "t/10", weak, 1, ["bandit", 4]),
    line("base", "t/2", weak, 1, ["bandit", 4]),
    line("base", "t/1", "print(1)\n", 1),
    line("sven", "t/10", "", 0),
    line("sven", "t/2", emptied, 0),
    line("sven", "t/1", "print(eval('1'))\n", 0, ["codeql", 1]),
  ];
}

function findingAt(line: number): Finding {
  return {
    ruleId: "B324",
    cwe: [327],
    severity: "HIGH",
    confidence: "HIGH",
    lines: [line, line],
    message: "Use of weak MD5 hash.",
  };
}
