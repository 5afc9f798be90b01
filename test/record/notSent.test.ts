import { expect, test } from "vitest";
import { notSent } from "../../src/record/notSent.js";
import { runFacts } from "../../src/report/runFacts.js";
import { statusTable } from "../../src/cli/statusTable.js";
import { tableChoices } from "../../src/analysis/findings/tableChoices.js";
import { tableText } from "../../src/table/tableText.js";
import { facts, row } from "../analysis/rows.js";

const model = { name: "m", endpoint: "http://127.0.0.1:9/v1", route: "chat" } as const;

test("where all parameters are sent there is nothing to say", () => {
  expect(notSent({ models: [model], judges: [{ name: "j", endpoint: "embedded" }] })).toEqual([]);
});

test("models and judges that are asked without a parameter are named with it, also where max_completion_tokens is the limit", () => {
  expect(
    notSent({
      models: [{ ...model, unsupported: ["top_p", "max_tokens", "temperature"] }],
      judges: [{ name: "j", endpoint: "http://127.0.0.1:9/v1", unsupported: ["max_tokens"] }],
    }),
  ).toEqual([
    "m: asked without temperature, top_p, which its server decides; the limit of tokens counts hidden reasoning as well",
    "judge j: the limit of tokens counts hidden reasoning as well",
  ]);
});

test("the status, the table of choices and the report say it", () => {
  const shared = facts({ methods: ["base"], models: [{ ...model, unsupported: ["temperature"] }] });
  const rows = [row(shared, { task: "t1" })];
  const sentence = "m: asked without temperature, which its server decides";
  expect(statusTable(rows).notes).toContain(`${sentence}.`);
  expect(tableText(tableChoices(rows))).toContain(sentence);
  expect(new Map(runFacts(rows)).get("Decoding")).toMatch(new RegExp(`seed 1; ${sentence}$`));
});
