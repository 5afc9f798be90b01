import { expect, test } from "vitest";
import { itemView } from "../../src/label/itemView.js";
import { answerReply } from "../../src/label/labelApi.js";
import { openLabelSession } from "../../src/label/labelSession.js";
import { drawBase, historyOf, labelOf, labelRun } from "./labelRun.js";

const disputed = () =>
  labelRun(2, {
    "labels.ada.jsonl": [labelOf("t01", "ada", "insecure", { note: "a shell" })],
    "labels.ben.jsonl": [labelOf("t01", "ben", "secure", { note: "trusted" })],
  });

test("an annotator never gets the answers of others, an adjudicator gets them without names", async () => {
  const folder = await disputed();
  await drawBase(folder);
  const cy = await openLabelSession(folder, { question: "security", annotator: "cy", role: "annotator" });
  for (let position = 0; position < cy.total; position++) {
    const view = itemView(cy, position);
    expect(view).not.toHaveProperty("answers");
    expect(JSON.stringify(view)).not.toMatch(/a shell|trusted/);
  }
  await cy.close();
  const eve = await openLabelSession(folder, { question: "security", annotator: "eve", role: "adjudicator" });
  expect(itemView(eve, 0)?.answers).toEqual([
    { value: "insecure", cwe: [], lines: [], note: "a shell" },
    { value: "secure", cwe: [], lines: [], note: "trusted" },
  ]);
  await eve.close();
});

test("an adjudicator's answer without a reason is refused, by the server as well", async () => {
  const folder = await disputed();
  await drawBase(folder);
  const eve = await openLabelSession(folder, { question: "security", annotator: "eve", role: "adjudicator" });
  const answer = { position: 0, version: 0, value: "secure", cwe: [], lines: [], seconds: 1 };
  expect(await answerReply(eve, { ...answer, note: " \n" })).toMatchObject({ status: 400 });
  expect(await answerReply(eve, { ...answer, note: "trusted input" })).toMatchObject({ status: 200 });
  await eve.close();
  expect((await historyOf(folder)).filter(({ annotator }) => annotator === "eve")).toMatchObject([
    { note: "trusted input" },
  ]);
});
