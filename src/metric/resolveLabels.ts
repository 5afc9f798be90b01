import type { RowLabel } from "../record/schema/label.js";

/** What the annotators' answers to one question about one sample come to. */
export type ResolvedLabel =
  | {
      readonly status: "resolved";
      readonly value: string;
      /** What decided: an adjudicator, all annotators alike (two or more), more than half of them, or the only one there is. */
      readonly by: "adjudicator" | "agreement" | "majority" | "oneAnnotator";
    }
  /** Annotators differ, none of the answers has a majority, and nobody has decided. */
  | { readonly status: "unresolved" }
  | { readonly status: "unlabelled" };

/**
 * Resolves the answers to a question: an adjudicator's decides, else what more than half of the annotators say, else it is unresolved.
 * Several adjudicators who differ decide by majority as well. The order of the answers does not matter.
 */
export function resolveLabels(
  labels: readonly Pick<RowLabel, "question" | "role" | "value">[],
  question: string,
): ResolvedLabel {
  const own = labels.filter((label) => label.question === question);
  if (own.length === 0) return { status: "unlabelled" };
  const deciding = own.filter(({ role }) => role === "adjudicator");
  const voices = deciding.length > 0 ? deciding : own;
  const value = voices.find((one) => 2 * sharing(voices, one.value) > voices.length)?.value;
  if (value === undefined) return { status: "unresolved" };
  if (deciding.length > 0) return { status: "resolved", value, by: "adjudicator" };
  const agreed = sharing(own, value) === own.length;
  return { status: "resolved", value, by: own.length === 1 ? "oneAnnotator" : agreed ? "agreement" : "majority" };
}

function sharing(labels: readonly { readonly value: string }[], value: string): number {
  return labels.filter((label) => label.value === value).length;
}
