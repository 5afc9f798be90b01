import { z } from "zod";
import { ExceptionPolicy } from "./execution.js";
import { Question } from "./question.js";
import { PromptKind, RequestParameter } from "./sample.js";
import { Severity } from "./scan.js";

/** A least severity or confidence, in any case: `low` is `LOW`. */
const Threshold = z.string().toUpperCase().pipe(Severity);

/** The options of a method, by name; which there are, the method says. */
export const MethodOptions = z.record(z.string(), z.json());
export type MethodOptions = z.infer<typeof MethodOptions>;

/** Weights that a method trained of a model, and where they are served; what is left out is as for the model itself. */
export const StudyCheckpoint = z.strictObject({
  /** Which weights these are: their name on a hub, or a path. */
  weights: z.string().min(1),
  endpoint: z.string().optional(),
  /** Their name on that server; `weights` where absent. */
  served: z.string().optional(),
  keyVariable: z.string().optional(),
});
export type StudyCheckpoint = z.infer<typeof StudyCheckpoint>;

/** Which tasks of a data set are asked: all, the first n in the file's order, or these. */
export const StudyDataset = z.strictObject({
  name: z.string().min(1),
  tasks: z.union([z.literal("all"), z.number().int().positive(), z.array(z.string()).min(1)]).default("all"),
});
export type StudyDataset = z.infer<typeof StudyDataset>;

/**
 * Parameters that a model's server refuses (models that reason take no temperature): they are not sent, and samples and notes say so. In place of
 * `max_tokens`, `max_completion_tokens` is sent, which counts hidden reasoning as well.
 */
const Unsupported = z.array(RequestParameter).min(1);

/** `name` stands in every record; the rest says where to reach the model. */
export const StudyModel = z.strictObject({
  name: z.string().min(1),
  /** Address of an OpenAI-compatible server, `embedded` for the bundled model, absent where samples are imported. */
  endpoint: z.string().optional(),
  /** The model's name on that server; `name` where absent. */
  served: z.string().optional(),
  /** Chat messages or a bare completion. */
  route: z.enum(["chat", "completion"]).default("chat"),
  /** What can be had of the model: its weights (`full`), its token probabilities, or its replies alone. Table 5 is of those without weights. */
  access: z.enum(["full", "partial", "none"]).optional(),
  /** Name of the environment variable that holds the key. */
  keyVariable: z.string().optional(),
  unsupported: Unsupported.optional(),
  /** What a million tokens cost; `safelab plan` tells the cost where it is given. */
  price: z
    .strictObject({ prompt: z.number().min(0), completion: z.number().min(0), currency: z.string().default("USD") })
    .optional(),
  /** GPUs that serve it; `safelab plan` tells GPU-hours where given. */
  gpus: z.number().positive().optional(),
  /** Texts at which the server ends a completion, in place of safelab's own. */
  stops: z.array(z.string().min(1)).optional(),
  /** Weights of this model that methods trained, by the method's name: `safecoder` runs on a model only where they are declared. */
  checkpoints: z.record(z.string(), StudyCheckpoint).optional(),
  /** Methods of this model where they differ from the study's. */
  methods: z.array(z.string()).optional(),
  /** Which of the study's prompts and data sets this model is asked; all where absent. */
  prompts: z.array(PromptKind).min(1).optional(),
  datasets: z.array(z.string()).min(1).optional(),
});
export type StudyModel = z.infer<typeof StudyModel>;

/** A chat model that judges code: its name in records, and where to reach it. */
export const StudyJudge = z.strictObject({
  name: z.string().min(1),
  /** Address of an OpenAI-compatible server, or `embedded` for the bundled model. */
  endpoint: z.string(),
  /** The model's name on that server; `name` where absent. */
  served: z.string().optional(),
  /** Name of the environment variable that holds the key. */
  keyVariable: z.string().optional(),
  unsupported: Unsupported.optional(),
});
export type StudyJudge = z.infer<typeof StudyJudge>;

/**
 * What code that does not parse counts as. `insecure`: it is not secure (new work). `secure`: no finding
 * means secure, the paper's convention. `exclude`: left out and counted.
 */
export const UnscannablePolicy = z.enum(["insecure", "secure", "exclude"]);
export type UnscannablePolicy = z.infer<typeof UnscannablePolicy>;

/**
 * What a sample counts as of which a scanner gave up, where no scanner of the union flags it. `exclude`: left out and counted (new work).
 * `secure`: no finding means secure, the paper's convention.
 */
export const ScanFailedPolicy = z.enum(["exclude", "secure"]);
export type ScanFailedPolicy = z.infer<typeof ScanFailedPolicy>;

const StudyFields = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string().min(1),
  datasets: z.array(StudyDataset).min(1),
  models: z.array(StudyModel).min(1),
  methods: z.array(z.string()).min(1),
  /** Options of methods, by the method's name; what is left out has the method's default. */
  options: z.record(z.string(), MethodOptions).default({}),
  /** The method that the others are compared with. */
  baseline: z.string().default("base"),
  prompts: z.array(PromptKind).min(1),
  /** File of prompt texts in place of safelab's own, a path from the run folder. */
  promptTemplates: z.string().min(1).optional(),
  /** Samples per task. */
  k: z.number().int().positive().default(1),
  /** Whole runs. */
  repeats: z.number().int().positive().default(1),
  seed: z.number().int().default(1),
  decoding: z
    .strictObject({
      temperature: z.number().min(0).default(0),
      topP: z.number().min(0).max(1).default(1),
      maxTokens: z.number().int().positive().default(512),
    })
    .prefault({}),
  policies: z
    .strictObject({
      unscannable: UnscannablePolicy.default("insecure"),
      scanFailed: ScanFailedPolicy.default("exclude"),
      exceptions: ExceptionPolicy.default("typeAndMessage"),
      /** Which methods' code has 3-space indentation repaired, and whether scanners see the repaired text. */
      repair: z
        .strictObject({
          scope: z.enum(["none", "codeguard", "all"]).default("none"),
          applyTo: z.enum(["tests", "tests+scan"]).default("tests"),
        })
        .prefault({}),
    })
    .prefault({}),
  /** The scanners whose union decides `secure`. */
  union: z.array(z.string()).min(1).default(["bandit"]),
  /** Least severity and confidence of a finding that counts, per scanner. */
  thresholds: z
    .record(z.string(), z.strictObject({ severity: Threshold.default("LOW"), confidence: Threshold.default("LOW") }))
    .default({}),
  /** Questions to annotators beside `security` and `failure`, or in place of them, by name. */
  questions: z.record(z.string().regex(/^[A-Za-z][\w-]*$/), Question).default({}),
  /** Which of CodeQL's suites of queries for Python: the one of code scanning, or more. */
  codeql: z
    .strictObject({
      suite: z.enum(["code-scanning", "security-extended", "security-and-quality"]).default("security-extended"),
    })
    .prefault({}),
  /** Models that judge code. They are never part of the union. */
  judges: z.array(StudyJudge).default([]),
  /** Which environment (per data set) and scanner version count where the folder holds several. */
  counts: z
    .strictObject({
      environment: z.record(z.string(), z.string()).default({}),
      scanner: z.record(z.string(), z.strictObject({ version: z.string(), rulesHash: z.string() })).default({}),
    })
    .prefault({}),
  /** Set where the verdicts were made elsewhere and are only shown, e.g. `recorded, not re-executed`. */
  provenance: z.string().optional(),
  /** What made the folder: `safelab` and its version. */
  madeWith: z.string().optional(),
});

/** `run.json`: what was asked. The only study file of a run folder; comments are allowed in it. */
export const Study = StudyFields.superRefine(({ datasets, models, prompts }, context) => {
  const names = datasets.map(({ name }) => name);
  for (const [at, model] of models.entries()) {
    const check = (field: "datasets" | "prompts", asked: readonly string[], known: readonly string[]) => {
      const unknown = asked.find((each) => !known.includes(each));
      if (unknown === undefined) return;
      const message = `"${unknown}" is not among the study's ${field}: ${known.join(", ")}`;
      context.addIssue({ code: "custom", path: ["models", at, field], message });
    };
    check("datasets", model.datasets ?? [], names);
    check("prompts", model.prompts ?? [], prompts);
  }
});
export type Study = z.infer<typeof Study>;

/** What counts as secure where no scanner says so. */
export type SecurityPolicies = Pick<Study["policies"], "unscannable" | "scanFailed">;
