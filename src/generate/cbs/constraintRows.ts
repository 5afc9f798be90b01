import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../../process/projectRoot.js";

/** Which table: ours, made for what scanners report, or that of CodeGuard+'s authors, made for the tasks of their benchmark. */
export const ConstraintSource = z.enum(["ours", "authors"]);
export type ConstraintSource = z.infer<typeof ConstraintSource>;

const AuthorsRow = z.object({
  source: z.string(),
  cwe: z.number().int(),
  /** Whether its phrases make sense outside the scenario: they name none of its variables. */
  general: z.boolean(),
  positive: z.array(z.string()),
  negative: z.array(z.string()),
});
const OurRow = z.object({
  source: z.string(),
  cwe: z.array(z.number().int()).min(1),
  reportedBy: z.string(),
  /** Texts of which one must stand in the baseline's code for a phrase to be forced. */
  trigger: z.array(z.string()),
  positive: z.array(z.string()),
  negative: z.array(z.string()),
  hint: z.string(),
});

/** What one row asks for, where a weakness was reported. */
export interface ConstraintRow {
  readonly source: string;
  readonly cwe: readonly number[];
  /** Of each list one phrase must stand in the code. */
  readonly positive: readonly (readonly string[])[];
  readonly negative: readonly string[];
  /** Empty: a phrase is forced whatever the baseline's code. */
  readonly trigger: readonly string[];
  /** A sentence for the prompt; empty in the authors' table, whose hints are part of their benchmark's tasks. */
  readonly hint: string;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(projectRoot(), "src", "generate", "assets", `constraints.${name}.json`), "utf8"));

/**
 * The rows of a table, each with its source (`src/generate/assets/constraints.ours.json`, `constraints.authors.json`). Of the authors' rows only those that
 * make sense outside their benchmark are taken, and one of a CWE's scenarios must be met, since which scenario a task is like is not known.
 */
export function constraintRows(source: ConstraintSource): readonly ConstraintRow[] {
  if (source === "ours")
    return z
      .object({ rows: z.array(OurRow) })
      .parse(read(source))
      .rows.map((row) => ({ ...row, positive: row.positive.length === 0 ? [] : [row.positive] }));
  const { rows } = z.object({ rows: z.array(AuthorsRow) }).parse(read(source));
  const general = rows.filter((row) => row.general);
  return [...new Set(general.map(({ cwe }) => cwe))].map((cwe) => {
    const own = general.filter((row) => row.cwe === cwe);
    const phrases = [...new Set(own.flatMap(({ positive }) => positive))];
    // What one scenario demands another may ban (`hashlib`): the demand stands.
    const negative = [...new Set(own.flatMap((row) => row.negative))].filter(
      (banned) => !phrases.some((phrase) => phrase.includes(banned)),
    );
    const sources = own.map((row) => row.source).join("; ");
    return {
      source: sources,
      cwe: [cwe],
      positive: phrases.length === 0 ? [] : [phrases],
      negative,
      trigger: [],
      hint: "",
    };
  });
}
