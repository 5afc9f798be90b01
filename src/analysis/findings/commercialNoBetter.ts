import { median } from "simple-statistics";
import type { MethodTraits } from "../../record/schema/methodTraits.js";
import { addMethod } from "../advice.js";
import { measureName } from "../measure.js";
import type { StudyView } from "../studyView.js";
import { modelsWithoutWeights } from "../weightAccess.js";
import { type CellEffects, cellEffects, effectEvidence } from "./cellEffects.js";
import { type FindingEvidence, type FindingStatus, notTestable, type RuleOutcome } from "./findingOutcome.js";
import { isUp, jointMeasures } from "./littleTogether.js";
import { every } from "./shareRule.js";

/** The method that needs nothing but replies, so that it runs on both kinds of models. */
const onBoth = "promsec";

/**
 * Finding 6: no cell of a model without weights has Secure-Pass@1 or SAFE@1 up, and the median of PromSec's Δ there is not above its
 * median on open models, on either measure. The tests are those of finding 5.
 *
 * @param traits of methods beside the paper's: what they need of a model tells which models are open
 */
export function commercialNoBetter(view: StudyView, traits: Readonly<Record<string, MethodTraits>>): RuleOutcome {
  const closed = modelsWithoutWeights(view, traits);
  if (closed.length === 0) {
    return notTestable(
      'no model is marked as one without weights: mark it with `"access": "none"` in run.json, or add such a model and run `safelab run RUN`',
    );
  }
  const all = cellEffects(view, jointMeasures);
  const cells = all.filter(({ configuration }) => closed.includes(configuration.model));
  const [first] = cells;
  if (first === undefined) {
    return notTestable(
      `the models without weights (${closed.join(", ")}) have no method: ${addMethod(view.study, onBoth)}`,
    );
  }
  if (cells.every(({ missing }) => missing !== undefined)) return notTestable(first.missing ?? "");
  const votes = cells.map(isUp);
  const up = votes.filter((vote) => vote === "yes").length;
  const notUp: FindingStatus = up > 0 ? "contradicted" : votes.includes("open") ? "undecided" : "reproduced";
  const medians = mediansOf(all, closed);
  const higher = medians.filter((each) => each.here > each.there);
  const medianRule: FindingStatus =
    medians.length === 0 ? "notTestable" : higher.length > 0 ? "contradicted" : "reproduced";
  // What a cell already contradicts needs no medians.
  const status = notUp === "contradicted" ? notUp : every([notUp, medianRule]);
  const missing = `PromSec has not run on both kinds of models: ${addMethod(view.study, onBoth)}`;
  return {
    status,
    because: `${up} of ${cells.length} cells of ${closed.join(", ")} are up; PromSec’s median Δ is above that of open models on ${higher.length} of ${medians.length} measures.`,
    ...(status === "notTestable" ? { missing } : {}),
    evidence: [
      ...effectEvidence(view, cells),
      ...medians.map(({ measure, here, there }): FindingEvidence => ({
        of: "PromSec, models without weights − open models",
        measure: `median Δ of ${measure}`,
        difference: { value: here - there, where: { method: onBoth } },
        reading: here > there ? "above" : "not above",
      })),
    ],
  };
}

/** The median of PromSec's Δ on either kind of models, by measure; none where one kind lacks it. */
function mediansOf(cells: readonly CellEffects[], closed: readonly string[]) {
  return jointMeasures.flatMap((measure) => {
    const of = (isClosed: boolean) =>
      cells
        .filter(({ configuration: { method, model } }) => method === onBoth && closed.includes(model) === isClosed)
        .flatMap((cell) => cell.difference(measure) ?? []);
    const [here, there] = [of(true), of(false)];
    return here.length === 0 || there.length === 0
      ? []
      : [{ measure: measureName(measure), here: median(here), there: median(there) }];
  });
}
