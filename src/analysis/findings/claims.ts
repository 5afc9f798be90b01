import type { FindingNumber } from "./findingOutcome.js";

/** What a finding claims, in our words, and the rule by which a run is held against it. */
export interface FindingClaim {
  readonly claim: string;
  readonly rule: string;
}

/** The nine findings of the study and their rules, fixed before any run. */
export const findingClaims: Readonly<Record<FindingNumber, FindingClaim>> = {
  1: {
    claim: "Scanners disagree about the same samples.",
    rule: "In at least half of the configurations some pair of scanners differs by ≥ .05 in Secure@1. Contradictory besides: some cell is up for one scanner and down for another.",
  },
  2: {
    claim: "Scanners have different strengths.",
    rule: "Every scanner has a CWE family with 0 hits where another has ≥ 5, and none flags every sample that the union flags.",
  },
  3: {
    claim: "Judges help, but report too much.",
    rule: "The lower bound of Youden’s J is above 0, and Wilson’s lower bound of FP/(FP+TN) is above .25; every judge.",
  },
  4: {
    claim: "Security comes at the expense of function.",
    rule: "Of the cells whose union Secure@1 is up, at least half have case or task Pass@1 down.",
  },
  5: {
    claim: "Methods do little for security and function together.",
    rule: "At most 25 % of the cells have Secure-Pass@1 or SAFE@1 up.",
  },
  6: {
    claim: "Commercial models fare no better.",
    rule: "No cell of a model without weights has Secure-Pass@1 or SAFE@1 up, and the median of PromSec’s Δ there is not above its median on open models.",
  },
  7: {
    claim: "Functional code becomes non-functional.",
    rule: "Per method, losses of function exceed gains (exact McNemar, Holm) and the loss rate’s lower bound is above the noise floor; every method.",
  },
  8: {
    claim: "Code becomes secure by giving up what it should do.",
    rule: "Wilson’s lower bound of the share removed, junk or not following the instruction is above .5, on adjudicated labels.",
  },
  9: {
    claim: "Security is not monotonic: secure code becomes insecure.",
    rule: "At least one sample goes from secure to insecure. Strong: the rate’s lower bound is above the noise floor.",
  },
};
