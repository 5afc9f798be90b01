import { describe, expect, test } from "vitest";
import { givenUpCode } from "../../src/analysis/findings/givenUpCode.js";
import { judgesOverReport } from "../../src/analysis/findings/judgesOverReport.js";
import { tableThreats } from "../../src/analysis/findings/tableThreats.js";
import { studyView } from "../../src/analysis/studyView.js";
import { table3 } from "../../src/analysis/table3.js";
import { table7 } from "../../src/analysis/table7.js";
import { tableAgreement } from "../../src/analysis/tableAgreement.js";
import { tableConfusion } from "../../src/analysis/tableConfusion.js";
import { tableLabels } from "../../src/analysis/tableLabels.js";
import { isDemonstration, type RowLabel } from "../../src/record/schema/label.js";
import { plantedStudy } from "./findings/plantedStudy.js";
import { label, labelRows, times } from "./labelRows.js";

const both = (annotator: string): RowLabel[] => [
  label(annotator, "insecure"),
  label(annotator, "removedCode", { question: "failure" }),
];
const rowsBy = (...annotators: string[]) =>
  labelRows(times(30, { bandit: "insecure", judge: "insecure", labels: annotators.flatMap(both) }));

const tablesOf = (rows: ReturnType<typeof rowsBy>) => [
  table3(rows),
  table7(rows),
  ...["security", "failure"].flatMap((question) =>
    [tableAgreement, tableConfusion, tableLabels].map((table) => table(rows, { question })),
  ),
];

test("a name says that its labels only demonstrate", () => {
  for (const name of ["demonstration", "demonstration-2", "Demonstration"]) expect(isDemonstration(name)).toBe(true);
  for (const name of ["ada", "demonstrations", "my-demonstration"]) expect(isDemonstration(name)).toBe(false);
});

describe("demonstration labels", () => {
  test("are called so in the title and notes of every table of labels, and never manual or human", () => {
    for (const table of tablesOf(rowsBy("demonstration"))) {
      expect(table.title, table.id).toContain("demonstration labels");
      expect(table.notes.join(" "), table.id).toContain("Demonstration labels show what the tables do");
      expect(JSON.stringify(table), table.id).not.toMatch(/manual|human/i);
    }
    expect(JSON.stringify(tableThreats(rowsBy("demonstration")))).toContain("1 annotator, demonstration labels");
  });

  test("beside people's are told apart from them", () => {
    expect(table3(rowsBy("ada", "demonstration")).title).toContain("manual and demonstration labels");
    expect(tableAgreement(rowsBy("ada", "demonstration")).rows[0]?.["who"]?.value).toBe("ada, demonstration");
  });

  test("are not mentioned where people alone have answered", () => {
    for (const table of tablesOf(rowsBy("ada", "ben"))) expect(JSON.stringify(table)).not.toMatch(/demonstration/i);
    expect(table3(rowsBy("ada", "ben")).title).toContain("manual labels");
  });

  test("are no evidence for a finding, alone or beside one person's", () => {
    const renamed = plantedStudy("holds").map((row) => ({
      ...row,
      labels: row.labels.map((each) => ({ ...each, annotator: each.annotator.replace(/^/, "demonstration-") })),
    }));
    const view = studyView(renamed);
    for (const finding of [judgesOverReport, givenUpCode]) {
      const outcome = finding(renamed, view);
      expect(outcome.status, finding.name).toBe("notTestable");
      expect(outcome.missing, finding.name).toContain("all labels are demonstration labels");
    }
    const mixed = plantedStudy("holds").map((row) => ({
      ...row,
      labels: row.labels.map((each) => ({ ...each, annotator: each.annotator.replace("bea", "demonstration") })),
    }));
    expect(givenUpCode(mixed, studyView(mixed)).missing).toContain("no label has a second voice");
  });
});
