import type { ResultRow } from "../../record/schema/resultRow.js";

/** How many of the recorded verdicts came out the same again, in one sentence, with those that did not. */
export function agreement(recorded: readonly ResultRow[], fresh: readonly ResultRow[]): string {
  const differing = fresh.filter((row, index) => {
    const before = recorded[index];
    return before?.execution !== row.execution || before.casePass !== row.casePass || before.secure !== row.secure;
  });
  const same = fresh.length - differing.length;
  const names = differing.slice(0, 5).map(({ task, prompt, method }) => `${task} (${prompt}, ${method})`);
  return (
    `${same} of ${fresh.length} samples have the recorded verdicts` +
    (differing.length === 0 ? "" : `; others: ${names.join(", ")}${differing.length > 5 ? ", …" : ""}`)
  );
}
