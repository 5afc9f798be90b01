import { InputError } from "../error.js";
import { transitionMatrices } from "../analysis/transitionMatrices.js";
import { studyView } from "../analysis/studyView.js";
import { countReasons, type Exclusion } from "../metric/rate.js";
import type { DrawFilter } from "../record/schema/draw.js";
import { questionsOf } from "../record/schema/question.js";
import type { ResultRow } from "../record/schema/resultRow.js";

/** The samples that can be drawn, and why others cannot. */
export interface DrawFrame {
  readonly members: readonly ResultRow[];
  readonly excluded: readonly Exclusion[];
}

/**
 * The samples that a question can be asked about: those with code, of the first repeat and index, as all tables count them. For `failure`
 * those that were insecure and worked under the baseline and are secure and broken now; for a study's own question that compares, those
 * that have the baseline's code beside them.
 *
 * @throws InputError for a question that the run does not have, or a value that the filter names and no row has.
 */
export function drawFrame(rows: readonly ResultRow[], question: string, filter: DrawFilter): DrawFrame {
  const view = studyView(rows);
  const questions = questionsOf(view.study);
  const asked = Object.hasOwn(questions, question) ? questions[question] : undefined;
  if (asked === undefined) {
    throw new InputError(
      `the run has no question "${question}": it has ${Object.keys(questions).join(", ")}; more can be defined under \`questions\` in run.json`,
    );
  }
  for (const column of ["dataset", "model", "method"] as const) checkNames(rows, column, filter[column]);
  const inFilter = rows.filter((row) =>
    (["dataset", "model", "method"] as const).every(
      (column) => filter[column].length === 0 || filter[column].includes(row[column]),
    ),
  );
  const counted = new Set(view.configurations.flatMap((configuration) => configuration.rows));
  const reasonOf = asked.compare ? comparing(rows, question) : () => undefined;
  const reasons = inFilter.map((row) => {
    if (!counted.has(row)) return "another repeat or index";
    return withoutCode(row) ?? reasonOf(row);
  });
  return {
    members: inFilter.filter((_, i) => reasons[i] === undefined),
    excluded: countReasons(reasons.filter((reason) => reason !== undefined)),
  };
}

function checkNames(
  rows: readonly ResultRow[],
  column: "dataset" | "model" | "method",
  names: readonly string[],
): void {
  const known = [...new Set(rows.map((row) => row[column]))];
  const stray = names.find((name) => !known.includes(name));
  if (stray !== undefined) throw new InputError(`the run has no ${column} "${stray}": it has ${known.join(", ")}`);
}

function withoutCode({ sampleStatus, code }: ResultRow): string | undefined {
  if (sampleStatus === "missing") return "no sample";
  if (sampleStatus === "endpointFailed") return "endpoint failed";
  if (code === null) return "code withheld";
  return code.trim() === "" ? "no code" : undefined;
}

/** Why a sample cannot be set beside the baseline's, or does not make the transition that `failure` is about. */
function comparing(rows: readonly ResultRow[], question: string): (row: ResultRow) => string | undefined {
  const view = studyView(rows);
  const bases = new Map<ResultRow, ResultRow>();
  const moved = new Set<ResultRow>();
  for (const { transitions } of transitionMatrices(view)) {
    for (const line of Object.values(transitions.matrix))
      for (const { base, other } of Object.values(line).flat()) bases.set(other, base);
    for (const { other } of transitions.insecureFunctionalToSecureNonfunctional.where) moved.add(other);
  }
  return (row) => {
    if (row.method === view.baseline) return "of the baseline itself";
    const base = bases.get(row);
    if (base === undefined) return "no verdicts on both sides of the comparison";
    if (question === "failure" && !moved.has(row)) return "another transition";
    return withoutCode(base) === undefined ? undefined : "no code of the baseline";
  };
}
