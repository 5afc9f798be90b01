import { z } from "zod";
import { BuiltCases } from "../record/schema/taskFacts.js";

const shared = {
  schemaVersion: z.literal(1),
  dataset: z.string().min(1),
  /** The publisher's id, e.g. `BigCodeBench/4`. */
  id: z.string().min(1),
  /** Labelled CWEs; empty where the data set has none. */
  cwe: z.array(z.number().int().positive()),
  /** Task texts: a natural-language instruction, and a code template that ends inside the body. */
  prompts: z.object({
    nl: z.string(),
    ct: z.string(),
    /** Code that follows the gap of the template; shown to chat models only. */
    ctAfter: z.string().optional(),
  }),
  /** Name of the function that the tests call. */
  entryPoint: z.string().min(1),
  /** A solution that must pass. */
  reference: z.string(),
  /** Modules that a solution imports, as the publisher lists them; those of the standard library may be among them. */
  libs: z.array(z.string()),
};

const path = z.string().regex(/^(?!.*(?:^|\/)\.\.(?:\/|$))[^\0]+$/, "expected a path without `..`");

/**
 * Folders and files that a task's tests expect. Each sample gets them anew, in its own sandbox, and may change them. Relative paths
 * are those of the folder in which the sample runs.
 */
export const Fixtures = z.object({
  folders: z.array(path),
  files: z.array(z.union([z.strictObject({ path, text: z.string() }), z.strictObject({ path, base64: z.base64() })])),
});
export type Fixtures = z.infer<typeof Fixtures>;

/** A task judged by a `unittest` class in the sample's own process, as in BigCodeBench. */
export const UnittestTask = z.object({
  ...shared,
  style: z.literal("unittest"),
  /** Imports and signature that calibration puts before the sample. */
  codePrompt: z.string(),
  /** Text that defines `class TestCases(unittest.TestCase)`. */
  test: z.string(),
});
export type UnittestTask = z.infer<typeof UnittestTask>;

/** A task judged by keyword-argument calls whose results are compared outside the sandbox, as in SecCodePLT+. */
export const CasesTask = z.object({
  ...shared,
  style: z.literal("cases"),
  /** Code that runs before the sample; its names are visible to it. */
  setup: z.string(),
  /** Keyword arguments of each call, as the text of a Python dictionary literal. */
  cases: z.array(z.string()).min(1),
  fixtures: Fixtures.optional(),
  /** Set where some of the cases were generated and reviewed (`safelab tasks build-tests`, `safelab tasks review`). */
  built: BuiltCases.optional(),
});
export type CasesTask = z.infer<typeof CasesTask>;

/** One task of a data set, in either style. */
export const Task = z.discriminatedUnion("style", [UnittestTask, CasesTask]);
export type Task = z.infer<typeof Task>;
