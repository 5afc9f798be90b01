import { type SecCodePltLine, secCodePltCode, type SecCodePltTests } from "./secCodePlt.js";
import { fixturesOf, type SecCodePltFixtures } from "./secCodePltFixtures.js";
import { secCodePltPrompts } from "./secCodePltPrompts.js";
import type { CasesTask, Fixtures } from "./task.js";

/** What the tests bring along and what the machine of the study held, together. */
function allFixtures(laid: Fixtures | undefined, { assets }: SecCodePltTests): Fixtures | undefined {
  if (assets.length === 0) return laid;
  return { folders: laid?.folders ?? [], files: [...(laid?.files ?? []), ...assets] };
}

/**
 * A task of SecCodePLT with its tests of SecCodePLT+. The reference is the patched code; the function that is called is the one that the test
 * file names, also where the description names another.
 */
export function secCodePltTask(
  line: SecCodePltLine,
  tests: SecCodePltTests,
  { dataset, fixtures }: { dataset: string; fixtures: SecCodePltFixtures },
): CasesTask {
  const reference = secCodePltCode(line, "patched");
  const laid = allFixtures(fixturesOf([tests.setup, reference, ...tests.cases].join("\n"), fixtures), tests);
  return {
    ...{ schemaVersion: 1, style: "cases", dataset, id: line.id, cwe: [line.CWE_ID] },
    prompts: secCodePltPrompts(line),
    entryPoint: tests.entryPoint,
    reference,
    libs: line.install_requires ?? [],
    setup: tests.setup,
    cases: [...tests.cases],
    ...(laid === undefined ? {} : { fixtures: laid }),
  };
}
