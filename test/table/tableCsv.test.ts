import { csvParse } from "d3-dsv";
import { describe, expect, test } from "vitest";
import { tableCsv } from "../../src/table/tableCsv.js";
import { sampleTable } from "./sampleTable.js";

describe("tableCsv", () => {
  const lines = csvParse(tableCsv(sampleTable()));

  test("holds raw values with hits, total and interval in columns of their own", () => {
    expect(lines.columns).toEqual([
      ...["dataset", "model", "n", "rate", "rate_hits", "rate_total", "rate_low", "rate_high"],
      ...["share", "share_hits", "share_total", "share_excluded", "change", "change_low", "change_high", "p"],
    ]);
    expect(lines[0]).toMatchObject({ rate: "0.75", rate_low: "0.3006", n: "12345", share_excluded: "2", p: "0.00004" });
  });

  test("leaves a missing value empty and keeps names as they are", () => {
    expect(lines[1]).toMatchObject({ model: "a&b_c%d|e", rate: "", rate_hits: "", rate_low: "" });
    expect(lines[0]?.model).toBe('<script>alert("x")</script>');
  });
});
