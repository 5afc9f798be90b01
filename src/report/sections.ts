import { table1 } from "../analysis/table1.js";
import { table2 } from "../analysis/table2.js";
import { table3 } from "../analysis/table3.js";
import { table4 } from "../analysis/table4.js";
import { table5, tableRates } from "../analysis/table5.js";
import { table6 } from "../analysis/table6.js";
import { table7 } from "../analysis/table7.js";
import { studyView } from "../analysis/studyView.js";
import { tableAgreement } from "../analysis/tableAgreement.js";
import { tableAnova } from "../analysis/tableAnova.js";
import { tableConfusion } from "../analysis/tableConfusion.js";
import { tableLabels } from "../analysis/tableLabels.js";
import { tableChanges } from "../analysis/tableChanges.js";
import { tableLabelledCwe } from "../analysis/tableLabelledCwe.js";
import { tableLeaveOneOut } from "../analysis/tableLeaveOneOut.js";
import { tablePrompts } from "../analysis/tablePrompts.js";
import { tableCodeguard } from "../analysis/tableCodeguard.js";
import { tableComparisons } from "../analysis/tableComparisons.js";
import { tableDatasets } from "../analysis/tableDatasets.js";
import { isOracle } from "../analysis/oraclePairs.js";
import { tableOracle } from "../analysis/tableOracle.js";
import { tableOracleByCwe } from "../analysis/tableOracleByCwe.js";
import { tablePasses } from "../analysis/tablePasses.js";
import { tablePromsec } from "../analysis/tablePromsec.js";
import { tableSafeSplit } from "../analysis/tableSafeSplit.js";
import { tableSecure } from "../analysis/tableSecure.js";
import { tableShare } from "../analysis/tableShare.js";
import { tableStability } from "../analysis/tableStability.js";
import { transitionTable } from "../analysis/transitionTable.js";
import { type Figure, renamed } from "../figure/figure.js";
import { figure1 } from "../figure/figure1.js";
import { figure2 } from "../figure/figure2.js";
import { figure3 } from "../figure/figure3.js";
import { figure4 } from "../figure/figure4.js";
import { figure5 } from "../figure/figure5.js";
import { figure6 } from "../figure/figure6.js";
import { figure7 } from "../figure/figure7.js";
import { figure8 } from "../figure/figure8.js";
import { figure9 } from "../figure/figure9.js";
import { figureForest } from "../figure/figureForest.js";
import { figurePlane } from "../figure/figurePlane.js";
import { figureSensitivity } from "../figure/figureSensitivity.js";
import { figurePages } from "../figure/figurePages.js";
import { figureTransitions, type TransitionOptions } from "../figure/figureTransitions.js";
import type { MethodTraits } from "../record/schema/methodTraits.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { TypedTable } from "../table/typedTable.js";
import type { Section } from "./indexHtml.js";

function datasetsOf(rows: readonly ResultRow[]): string[] {
  return [...new Set(rows.map(({ dataset }) => dataset))];
}

/** One figure per data set, each with a name of its own: `figurePlane1`, `figurePlane2`. */
function perDataset(
  rows: readonly ResultRow[],
  figure: (rows: readonly ResultRow[], options: { readonly dataset: string }) => Figure,
): Figure[] {
  return datasetsOf(rows)
    .map((dataset) => figure(rows, { dataset }))
    .map((each, index) => renamed(each, { id: `${each.id}${index + 1}` }));
}

/** One figure per data set, each in as many parts as it takes to fit on pages. */
function pagesPerDataset(
  rows: readonly ResultRow[],
  figure: (rows: readonly ResultRow[], options: TransitionOptions) => Figure,
): Figure[] {
  const { models } = studyView(rows);
  return datasetsOf(rows).flatMap((dataset, index) =>
    figurePages(models, (shown) => {
      const made = figure(rows, { dataset, models: shown });
      return renamed(made, { id: `${made.id}${index + 1}` });
    }),
  );
}

/** How far the labels of a question can be trusted. */
function labelTables(rows: readonly ResultRow[], question: string): TypedTable[] {
  return [tableAgreement(rows, { question }), tableConfusion(rows, { question }), tableLabels(rows, { question })];
}

/** What answers each research question of the study, made from the rows of a run and the traits of its methods. */
export function sections(rows: readonly ResultRow[], traits: Readonly<Record<string, MethodTraits>>): Section[] {
  return [
    {
      id: "rq1",
      heading: "RQ1: the scanners",
      question: "How far do vulnerability scanners agree, and what do they see?",
      figures: [
        figure1(rows),
        figure6(rows),
        figure5(rows),
        figure5(rows, { cwes: "families" }),
        figure5(rows, { count: "findings" }),
        figure5(rows, { cwes: "families", count: "findings" }),
      ],
      tables: [
        table2(rows),
        tableSecure(rows),
        table3(rows),
        ...labelTables(rows, "security"),
        ...(isOracle(rows) ? [tableOracle(rows), tableOracleByCwe(rows)] : []),
        tableLabelledCwe(rows),
        tableLeaveOneOut(rows),
        tablePrompts(rows),
      ],
    },
    {
      id: "rq2",
      heading: "RQ2: security and function",
      question: "What do secure code generation methods gain in security, and what do they cost in function?",
      figures: [
        figure3(rows),
        ...(datasetsOf(rows).length > 1 ? [figure4(rows)] : []),
        figure7(rows),
        figure8(rows),
        ...perDataset(rows, figurePlane),
        ...pagesPerDataset(rows, figureForest),
        ...perDataset(rows, figureSensitivity),
      ],
      tables: [
        table1(rows, traits),
        tableRates(rows),
        table4(rows),
        tableComparisons(rows),
        table5(rows, traits),
        tablePasses(rows),
        tableAnova(rows),
        tableSafeSplit(rows),
        tableShare(rows),
        tableCodeguard(rows),
        tablePromsec(rows),
      ],
    },
    {
      id: "rq3",
      heading: "RQ3: secure because broken",
      question: "When insecure code becomes secure, does it still work?",
      figures: [figure2(rows), ...pagesPerDataset(rows, figureTransitions)],
      tables: [table6(rows), tableDatasets(rows), table7(rows), ...labelTables(rows, "failure"), tableStability(rows)],
    },
    {
      id: "rq4",
      heading: "RQ4: secure code made worse",
      question: "Does a method also make code insecure that was secure, or broken that worked?",
      figures: [figure9(rows)],
      tables: [transitionTable(rows), tableChanges(rows)],
    },
  ];
}
