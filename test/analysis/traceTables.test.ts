import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { tableCodeguard } from "../../src/analysis/tableCodeguard.js";
import { tablePromsec } from "../../src/analysis/tablePromsec.js";
import type { ScanStatus } from "../../src/record/schema/scan.js";
import type { StopReason } from "../../src/record/schema/sample.js";
import type { TypedTable } from "../../src/table/typedTable.js";
import { facts, row, syntheticRows } from "./rows.js";

const line = (table: TypedTable, ...words: string[]) => {
  const found = table.rows.find((cells) =>
    words.every((word) => Object.values(cells).some(({ value }) => value === word)),
  );
  if (found === undefined) throw new Error(`no line ${words.join(", ")}`);
  return found;
};

describe("tablePromsec", () => {
  const shared = facts({ methods: ["base", "promsec"] });
  const looped = (task: string, stop: StopReason, verdicts: ScanStatus[], casePass: number, secure: boolean) =>
    row(shared, {
      ...{ task, method: "promsec", casePass, trace: { stop, verdicts } },
      scans: { bandit: secure ? "secure" : "insecure" },
    });
  const rows = [
    row(shared, { task: "t1", casePass: 1, scans: { bandit: "secure" } }),
    looped("t1", "clean", ["secure"], 1, true),
    looped("t2", "clean", ["insecure", "secure"], 0.5, true),
    looped("t3", "clean", ["insecure", "secure"], 1, false),
    looped("t4", "limit", ["insecure", "insecure", "insecure"], 0, false),
  ];
  const table = tablePromsec(rows);

  test("has a line a stop reason and a round, with the rates of its samples", () => {
    expect(table.rows.map((cells) => cells["part"]?.value)).toEqual([
      ...["All samples", "its scanner found nothing", "rounds used up"],
      ...["after round 0", "after round 1", "after round 2"],
    ]);
    const clean = line(table, "its scanner found nothing");
    expect(clean["share"]).toMatchObject({ hits: 3, total: 4 });
    // t1, t2 secure by the union, t3 not, though its own scanner was silent; t1, t3 pass.
    expect([clean["secure"]?.value, clean["taskPass"]?.value]).toEqual([2 / 3, 2 / 3]);
    expect(line(table, "after round 1")["share"]).toMatchObject({ hits: 2, total: 4 });
    expect(line(table, "after round 1")["safe"]?.total).toBe(2);
  });

  test("counts how many are clean so far, round by round", () => {
    const clean = [0, 1, 2].map((round) => line(table, `after round ${round}`)["clean"]?.hits);
    expect(clean).toEqual([1, 3, 3]);
    expect(line(table, "rounds used up")["clean"]).toMatchObject({ hits: 0, total: 1 });
  });

  test("a cell's where selects its samples", () => {
    const tasks = (...words: string[]) =>
      samplesOf(rows, line(table, ...words)["share"]?.where ?? {}).map(({ task }) => task);
    expect(tasks("its scanner found nothing")).toEqual(["t1", "t2", "t3"]);
    expect(tasks("after round 2")).toEqual(["t4"]);
  });

  test("without a method that scans and asks again shows every configuration as a whole and says so", () => {
    const none = tablePromsec(syntheticRows({ tasks: 6 }));
    expect(none.notes[0]).toContain("Shown instead: each configuration as a whole");
    expect(none.rows.map((cells) => [cells["method"]?.value, cells["n"]?.value])).toEqual([
      ["Base", 6],
      ["SVEN", 6],
    ]);
    expect(none.rows[0]?.["clean"]?.missing).toBe("no sample records rounds");
  });
});

describe("tableCodeguard", () => {
  const shared = facts({ methods: ["base", "codeguard"] });
  const base = (task: string, casePass: number) =>
    row(shared, { task, casePass, scans: { bandit: task === "t1" ? "insecure" : "secure" } });
  const guarded = (task: string, casePass: number, applied: number, met: number) =>
    row(shared, {
      ...{ task, method: "codeguard", casePass, trace: { constraints: { applied, met } } },
      ...(met < applied ? { sampleStatus: "constraintsUnmet" as const } : {}),
      scans: { bandit: "secure" },
    });
  const rows = [
    ...[base("t1", 1), base("t2", 1), base("t3", 0), base("t4", 1)],
    ...[guarded("t1", 0, 2, 2), guarded("t2", 0, 1, 0), guarded("t3", 1, 0, 0), guarded("t4", 1, 0, 0)],
  ];
  const table = tableCodeguard(rows);

  test("sets the tasks where constraints applied beside the others and all, with the baseline on the same tasks", () => {
    const rates = (tasks: string, method: string) => {
      const cells = line(table, tasks, method);
      return [cells["n"]?.value, cells["secure"]?.value, cells["taskPass"]?.value];
    };
    expect(rates("All tasks", "CodeGuard+")).toEqual([4, 1, 0.5]);
    expect(rates("Constraints applied", "Base")).toEqual([2, 0.5, 1]);
    expect(rates("Constraints applied", "CodeGuard+")).toEqual([2, 1, 0]);
    expect(rates("No constraint", "Base")).toEqual([2, 1, 0.5]);
    expect(rates("No constraint", "CodeGuard+")).toEqual([2, 1, 1]);
  });

  test("counts whose constraints are met and who has no code for them", () => {
    const cells = line(table, "Constraints applied", "CodeGuard+");
    expect(cells["met"]).toMatchObject({ hits: 1, total: 2 });
    expect(cells["unmet"]).toMatchObject({ hits: 1, total: 2 });
    expect(line(table, "Constraints applied", "Base")["met"]?.missing).toBe("the method has no constraints");
    expect(line(table, "No constraint", "CodeGuard+")["met"]?.missing).toBe("no constraint applied");
  });

  test("a cell's where selects its samples, the baseline's too", () => {
    const tasks = (...words: string[]) =>
      samplesOf(rows, line(table, ...words)["secure"]?.where ?? {}).map(({ method, task }) => `${method} ${task}`);
    expect(tasks("Constraints applied", "Base")).toEqual(["base t1", "base t2"]);
    expect(tasks("No constraint", "CodeGuard+")).toEqual(["codeguard t3", "codeguard t4"]);
  });

  test("without constraints shows all tasks and says so", () => {
    const none = tableCodeguard(syntheticRows({ tasks: 6 }));
    expect(none.notes[0]).toContain("Shown instead: each configuration on all tasks");
    expect(none.rows.map((cells) => cells["tasks"]?.value)).toEqual(["All tasks", "All tasks"]);
  });
});
