import { expect, test } from "vitest";
import { executedConfigurations } from "../../src/analysis/executedConfigurations.js";
import { openPaper } from "../../src/notebook/openPaper.js";
import { openRecorded } from "../../src/notebook/openRecorded.js";
import { tableBesideMethods } from "../../src/paper/tableBesideMethods.js";

test("transitions of a change stand beside the lowest and highest that Table 6 prints for the same model", async () => {
  const { rows } = await openRecorded("quantization-bigcodebench");
  const { rows: lines } = tableBesideMethods(executedConfigurations(rows), (await openPaper()).numbers);
  expect(lines).toHaveLength(8);
  const line = lines.find(
    ({ model, quantity }) => model?.value === "codellama-7b-instruct" && quantity?.value === "secure → insecure",
  );
  // Table 6, CodeLlama on BigCodeBench, last column: the smallest and the largest of its four methods.
  expect(
    [line?.theirLowest?.value, line?.theirHighest?.value].map((share) => (100 * Number(share)).toFixed(2)),
  ).toEqual(["1.82", "4.07"]);
  // 11 of 670 and 23 of 664 samples, counted in the recorded verdicts.
  expect([line?.lowest?.hits, line?.lowest?.total, line?.highest?.hits, line?.highest?.total]).toEqual([
    11, 670, 23, 664,
  ]);
  expect(line?.noHigher?.value).toBe("3 of 4");
});
