/**
 * What notebooks and programs use of safelab. Everything else can be imported by its path, e.g. `safelab/stat/holm`.
 *
 * @packageDocumentation
 */
export { samplesOf } from "./analysis/samplesOf.js";
export { table1 } from "./analysis/table1.js";
export { table2 } from "./analysis/table2.js";
export { table4 } from "./analysis/table4.js";
export { table5 } from "./analysis/table5.js";
export { table6 } from "./analysis/table6.js";
export { transitionTable } from "./analysis/transitionTable.js";
export * from "./error.js";
export { type ExecuteRunOptions, type ExecuteSummary, executeRun } from "./execute/executeRun.js";
export { save } from "./export/save.js";
export { atWidth, type Figure } from "./figure/figure.js";
export { figure3 } from "./figure/figure3.js";
export { figure4 } from "./figure/figure4.js";
export { figure5 } from "./figure/figure5.js";
export { figure6 } from "./figure/figure6.js";
export { figure7 } from "./figure/figure7.js";
export { figure8 } from "./figure/figure8.js";
export { figureTransitions } from "./figure/figureTransitions.js";
export { theme } from "./figure/theme.js";
export { type GenerateOptions, type GenerateSummary, generateRun } from "./generate/generateRun.js";
export { hasEmbeddedModel } from "./generate/hasEmbeddedModel.js";
export { methodTraits } from "./generate/methods/methodTraits.js";
export { importSamples } from "./generate/importSamples.js";
export { casePassAtK } from "./metric/casePassAtK.js";
export { passAtK } from "./metric/passAtK.js";
export type { Rate } from "./metric/rate.js";
export { safeAtK } from "./metric/safeAtK.js";
export { safeOf } from "./metric/safeOf.js";
export { scannerSecureAtK } from "./metric/scannerSecureAtK.js";
export { secureAtK } from "./metric/secureAtK.js";
export { securePassAtK } from "./metric/securePassAtK.js";
export { about } from "./notebook/about.js";
export { interruptSignal } from "./notebook/interruptSignal.js";
export { openRun } from "./notebook/openRun.js";
export { progressCell } from "./notebook/progressCell.js";
export { type ShowOptions, show } from "./notebook/show.js";
export type { Progress, WorkOptions } from "./progress.js";
export { type OpenRun, openRunAt } from "./record/openRun.js";
export { resultsCsv } from "./record/resultsCsv.js";
export { openRunFolder, type RunFolder } from "./record/runFolder.js";
export type { ResultRow } from "./record/schema/resultRow.js";
export type { Study } from "./record/schema/study.js";
export { type ScanOptions, type ScanSummary, scanRun } from "./scan/scanRun.js";
export { tableCsv } from "./table/tableCsv.js";
export { tableHtml } from "./table/tableHtml.js";
export { tableLatex } from "./table/tableLatex.js";
export { tableMarkdown } from "./table/tableMarkdown.js";
export { tableText } from "./table/tableText.js";
export type { Cell, TypedTable } from "./table/typedTable.js";
export { initRun, type StudyInput } from "./task/initRun.js";
