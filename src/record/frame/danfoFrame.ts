import type * as Danfo from "danfojs-node";
import { SetupError } from "../../error.js";
import { type Plain, resultColumns } from "../resultColumns.js";
import type { ResultRow } from "../schema/resultRow.js";

/** One string per configuration that no other configuration shares, whatever hyphens the names contain. */
function configurationOf({ dataset, prompt, model, method }: ResultRow): string {
  return JSON.stringify([dataset, prompt, model, method]);
}

/**
 * Result rows as a danfojs DataFrame, with a column `configuration` added and `index` called `sampleIndex`. Group by that one column: danfojs joins
 * several group keys with "-", so that ("a-b", "c") and ("a", "b-c") fall together.
 *
 * @throws SetupError when danfojs-node is not installed.
 */
export async function danfoFrame(rows: readonly ResultRow[]): Promise<Danfo.DataFrame> {
  let danfo: typeof Danfo;
  try {
    danfo = await import("danfojs-node");
  } catch (cause) {
    throw new SetupError("danfojs-node is not installed: run `npm install danfojs-node`, or use table()", { cause });
  }
  const { index, ...others } = resultColumns(rows);
  const columns: Record<string, Plain[]> = { ...others, configuration: rows.map(configurationOf) };
  // danfojs makes every column a property: one named "index" would hide the frame's own, and head() and iloc() fail.
  if (index !== undefined) columns["sampleIndex"] = index;
  return new danfo.DataFrame(columns);
}
