import { expect, test } from "vitest";
import { executedConfigurations } from "../../src/analysis/executedConfigurations.js";
import { handRows } from "./handRows.js";

test("a configuration of which few samples were executed is left out whole, the others stay whole", () => {
  const rows = handRows();
  const { model, method, prompt, dataset } = rows[0]!;
  const own = rows.filter(
    (row) => row.model === model && row.method === method && row.prompt === prompt && row.dataset === dataset,
  );
  const others = rows.filter((row) => !own.includes(row));
  const partly = own.map((row, i) => ({ ...row, execution: i === 0 ? ("passed" as const) : ("notRun" as const) }));
  expect(own.length).toBeGreaterThan(1);
  expect(new Set(executedConfigurations([...partly, ...others]))).toEqual(new Set(others));
  const all = rows.map((row) => ({ ...row, execution: "passed" as const }));
  expect(new Set(executedConfigurations(all))).toEqual(new Set(all));
});
