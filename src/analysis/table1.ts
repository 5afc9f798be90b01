import type { MethodTraits } from "../record/schema/methodTraits.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, type Column, missingCell, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { methodName } from "./names.js";
import { studyView } from "./studyView.js";

const traitColumns = [
  ["weightUpdate", "Weight update"],
  ["promptChange", "Prompt change"],
  ["decodingControl", "Decoding control"],
  ["externalTool", "External tool"],
] as const;

/**
 * Table 1: what each method of the run needs of the model and what it changes.
 *
 * @param traits by the method's name in run.json, as the methods' own files state them
 * @throws InputError for no rows.
 */
export function table1(rows: readonly ResultRow[], traits: Readonly<Record<string, MethodTraits>>): TypedTable {
  const { methods } = studyView(rows);
  const columns: Column[] = [
    { key: "method", label: "Method", kind: "text" },
    { key: "access", label: "Model access", kind: "text" },
    ...traitColumns.map(([key, label]) => ({ key, label, kind: "text" as const })),
  ];
  const unknown = "the method states no traits: they belong in its definition";
  const cells = (method: string): Record<string, Cell> => {
    const of = Object.hasOwn(traits, method) ? traits[method] : undefined;
    const cell = (text: (known: MethodTraits) => string) =>
      of === undefined ? missingCell(unknown, { method }) : textCell(text(of), { method });
    return {
      method: textCell(methodName(method), { method }),
      access: cell(({ access }) => access),
      ...Object.fromEntries(traitColumns.map(([key]) => [key, cell((known) => (known[key] ? "yes" : "no"))])),
    };
  };
  return typedTable({
    id: "table1",
    title: "What the methods need of the model and what they change",
    columns,
    rows: methods.map(cells),
    notes: ["Model access: full, its weights; partial, its token probabilities; none, its replies alone."],
  });
}
