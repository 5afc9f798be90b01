import { table } from "arquero";
import { expect, test } from "vitest";
import { plainRows } from "../../src/notebook/plainRows.js";

test("an arquero table, a danfojs frame and an array of objects give the same rows", async () => {
  const objects = [
    { task: "T/1", hits: 3 },
    { task: "T/2", hits: 4 },
    { task: "T/3", hits: 5 },
  ];
  const expected = {
    columns: ["task", "hits"],
    rows: [
      ["T/1", 3],
      ["T/2", 4],
    ],
    total: 3,
  };
  const { DataFrame } = await import("danfojs-node");
  expect(plainRows(objects, 2)).toEqual(expected);
  expect(plainRows(table({ task: ["T/1", "T/2", "T/3"], hits: [3, 4, 5] }), 2)).toEqual(expected);
  expect(plainRows(new DataFrame(objects), 2)).toEqual(expected);
}, 60_000);

test.each([[[]], [[1, 2]], [{ a: 1 }], [null], ["text"]])("%j is no table", (value) => {
  expect(plainRows(value, 10)).toBeUndefined();
});
