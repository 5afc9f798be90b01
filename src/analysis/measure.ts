import { casePassMetric } from "../metric/casePassAtK.js";
import type { Need } from "../metric/exclusionReason.js";
import { passMetric } from "../metric/passAtK.js";
import { safeMetric } from "../metric/safeAtK.js";
import { scannerSecureMetric } from "../metric/scannerSecureAtK.js";
import type { UnitMetric } from "../metric/scoreUnits.js";
import { secureMetric } from "../metric/secureAtK.js";
import { securePassMetric } from "../metric/securePassAtK.js";
import { scannerName } from "./names.js";

/** A rate at k = 1 that tables and figures show. */
export interface Measure {
  /** Key of its column: `secure_bandit`, `secure`, `casePass`, `taskPass`, `securePass`, `safe`. */
  readonly key: string;
  readonly label: string;
  readonly group?: string;
  readonly needs: readonly Need[];
  readonly metric: UnitMetric;
  /** A sample scores 0 or 1; otherwise anything between. */
  readonly binary: boolean;
}

/** Secure@1 by the union of the study's scanners. */
export const secureMeasure: Measure = measure("secure", "Union", secureMetric, "Secure@1");
/** Pass@1 at case level. */
export const casePassMeasure: Measure = { ...measure("casePass", "Case", casePassMetric, "Pass@1"), binary: false };
/** Pass@1 at task level. */
export const taskPassMeasure: Measure = measure("taskPass", "Task", passMetric, "Pass@1");
/** Secure-Pass@1. */
export const securePassMeasure: Measure = measure("securePass", "Secure-Pass@1", securePassMetric);
/** SAFE@1. */
export const safeMeasure: Measure = { ...measure("safe", "SAFE@1", safeMetric), binary: false };

/** The measures of Table 4: the union's Secure@1, Pass@1 by task, Secure-Pass@1, SAFE@1. */
export const paperMeasures: readonly Measure[] = [secureMeasure, taskPassMeasure, securePassMeasure, safeMeasure];

/** Secure@1 by one scanner. */
export function scannerMeasure(scanner: string): Measure {
  return measure(`secure_${scanner}`, scannerName(scanner), scannerSecureMetric(scanner), "Secure@1");
}

/** The measures of Table 5 in its order: each scanner, the union, Pass@1 by case and task, Secure-Pass@1, SAFE@1. */
export function measuresOf(scanners: readonly string[]): Measure[] {
  return [
    ...scanners.map(scannerMeasure),
    secureMeasure,
    casePassMeasure,
    taskPassMeasure,
    securePassMeasure,
    safeMeasure,
  ];
}

/** A measure's name by itself: `Secure@1 (CodeQL)`, `SAFE@1`. */
export function measureName({ group, label }: Measure): string {
  return group === undefined ? label : `${group} (${label.toLowerCase() === "union" ? "union" : label})`;
}

function measure(key: string, label: string, metric: UnitMetric, group?: string): Measure {
  return { key, label, ...(group === undefined ? {} : { group }), needs: metric.needs, metric, binary: true };
}
