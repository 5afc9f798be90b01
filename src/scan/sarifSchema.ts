import { z } from "zod";

/** The parts of SARIF 2.1.0 that count here. Every optional field is read leniently where a tool may say more than we need. */
const Bag = z.looseObject({});
const Text = z.object({ text: z.string().optional(), id: z.string().optional() });
const Level = z.enum(["none", "note", "warning", "error"]);

const ComponentReference = z.object({
  index: z.number().int().optional(),
  guid: z.string().optional(),
  name: z.string().optional(),
});
const RuleReference = z.object({
  id: z.string().optional(),
  index: z.number().int().optional(),
  toolComponent: ComponentReference.optional(),
});

const Rule = z.object({
  id: z.string(),
  name: z.string().optional(),
  defaultConfiguration: z.object({ level: Level.optional() }).optional(),
  properties: Bag.optional(),
  relationships: z.array(z.object({ target: RuleReference })).optional(),
});
export type SarifRule = z.infer<typeof Rule>;

const Component = z.object({
  name: z.string(),
  guid: z.string().optional(),
  semanticVersion: z.string().optional(),
  version: z.string().optional(),
  rules: z.array(Rule).optional(),
});

const PhysicalLocation = z.object({
  artifactLocation: z.object({ uri: z.string().optional(), index: z.number().int().optional() }).optional(),
  region: z.object({ startLine: z.number().int().optional(), endLine: z.number().int().optional() }).optional(),
});
const Location = z.object({ physicalLocation: PhysicalLocation.optional() });

const Result = z.object({
  ruleId: z.string().optional(),
  ruleIndex: z.number().int().optional(),
  rule: RuleReference.optional(),
  kind: z.enum(["notApplicable", "pass", "fail", "review", "open", "informational"]).optional(),
  level: Level.optional(),
  message: Text,
  locations: z.array(Location).optional(),
  taxa: z.array(RuleReference).optional(),
  properties: Bag.optional(),
});
export type SarifResult = z.infer<typeof Result>;

const Notification = z.object({
  descriptor: z.object({ id: z.string().optional() }).optional(),
  level: Level.optional(),
  message: Text,
  locations: z.array(Location).optional(),
});
const Invocation = z.object({
  executionSuccessful: z.boolean(),
  toolExecutionNotifications: z.array(Notification).optional(),
});

const Run = z.object({
  tool: z.object({ driver: Component, extensions: z.array(Component).optional() }),
  artifacts: z.array(z.object({ location: z.object({ uri: z.string().optional() }).optional() })).optional(),
  invocations: z.array(Invocation).optional(),
  /** Absent or null where the tool did not get to scan. */
  results: z.array(Result),
});
export type SarifRun = z.infer<typeof Run>;

/** A SARIF 2.1.0 log, as far as it is read. */
export const SarifLog = z.object({ version: z.literal("2.1.0"), runs: z.array(Run).min(1) });
export type SarifLog = z.infer<typeof SarifLog>;
