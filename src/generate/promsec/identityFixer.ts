import type { Fixer } from "./fixer.js";

/**
 * Leaves code as it is. That is what the step from graph to code in the authors' release amounts to: both graphs have the same nodes and edges, so the
 * text that it writes is the text that it read (Demo_PromSec_PoC_Aug_2024.ipynb, cells 38–41, `estimate_updated_code`).
 */
export const identityFixer: Fixer = {
  fix: ({ code }) => Promise.resolve({ code, changed: false, rounds: [] }),
};
