import fc from "fast-check";
import type { MetricRow } from "../../src/metric/metricRow.js";

/** A row of a study whose policy for unscannable code is `insecure`: secure, all cases passed, unless told otherwise. */
export function row(own: Partial<MetricRow> = {}): MetricRow {
  const made: MetricRow = {
    dataset: "demo",
    task: "t1",
    prompt: "nl",
    model: "m",
    method: "base",
    repeat: 0,
    index: 0,
    sampleStatus: "generated",
    execution: "passed",
    casePass: 1,
    taskPass: true,
    secure: "secure",
    facts: { study: { policies: { unscannable: "insecure", scanFailed: "exclude" } } },
    ...own,
  };
  return Object.freeze(made);
}

/** A row with this share of cases passed. */
export function passing(casePass: number, own: Partial<MetricRow> = {}): MetricRow {
  return row({ casePass, taskPass: casePass === 1, execution: casePass === 1 ? "passed" : "failed", ...own });
}

const outcome = fc.record({
  casePass: fc.constantFrom(0, 0.25, 0.5, 0.9, 1),
  secure: fc.constantFrom("secure", "insecure", "secure", "insecure", "scanFailed", "notScanned", "excluded" as const),
  ran: fc.constantFrom(true, true, true, false),
  made: fc.constantFrom(true, true, true, true, false),
});

/** Some tasks with n samples each, of all kinds of verdicts. */
export function anyRows(n: number): fc.Arbitrary<MetricRow[]> {
  return fc.array(fc.array(outcome, { minLength: n, maxLength: n }), { maxLength: 5 }).map((tasks) =>
    tasks.flatMap((samples, task) =>
      samples.map(({ casePass, secure, ran, made }, index) =>
        passing(casePass, {
          task: `t${task}`,
          index,
          secure,
          ...(ran ? {} : { execution: "notRun", casePass: null, taskPass: null }),
          ...(made ? {} : { sampleStatus: "missing" }),
        }),
      ),
    ),
  );
}
