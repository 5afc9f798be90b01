import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/process/projectRoot.js";
import { claimPlaces, claimsText, minutesIn } from "../../src/report/claimsText.js";

const committed = await readFile(join(projectRoot(), "CLAIMS.md"), "utf8");

test("every finding, table and figure has a cell in the notebook of its question", async () => {
  const places = await claimPlaces();
  const items = [9, 7, 9].flatMap((count, i) =>
    Array.from({ length: count }, (_, at) => `${["finding", "table", "figure"][i]} ${at + 1}`),
  );
  expect([...places.keys()].sort()).toEqual(items.sort());
  expect(places.get("finding 7")).toEqual({ notebook: "rq3", cell: "rq3-end-6" });
  expect(places.get("table 6")?.notebook).toBe("rq3");
});

test(
  "the committed claims are those that the code makes now (`npm run claims` writes them)",
  { timeout: 120_000 },
  async () => {
    const text = await claimsText(minutesIn(committed));
    expect(text).toBe(committed);
    expect(text.match(/^\| (Finding|Table|Figure) \d \|/gm)).toHaveLength(25);
  },
);

test("minutes are read back as they were written", () => {
  const { minutes, machine } = minutesIn(
    [
      "Minutes: a whole notebook, measured on a machine of 2 cores and 8 GiB.",
      "| Finding 1 | rq1.ipynb, rq1-end-6 | `npm run notebooks -- rq1` | 2 | x |",
      "| Table 6 | rq3.ipynb, rq3-05 | `npm run notebooks -- rq3` | &lt; 1 | x |",
    ].join("\n"),
  );
  expect(machine).toBe("a machine of 2 cores and 8 GiB");
  expect(minutes).toEqual({ rq1: "2", rq3: "< 1" });
});
