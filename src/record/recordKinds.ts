import type { z } from "zod";
import { canonicalJson } from "./canonical.js";
import { Draw } from "./schema/draw.js";
import { Environment, Execution } from "./schema/execution.js";
import { Judgement } from "./schema/judgement.js";
import { Label } from "./schema/label.js";
import { Sample, type SampleKey } from "./schema/sample.js";
import { Scan } from "./schema/scan.js";
import { TaskFacts } from "./schema/taskFacts.js";

/** One kind of append-only record file. */
interface KindFacts<T> {
  readonly schema: z.ZodType<T>;
  /** The values that name a record. */
  readonly key: (record: T) => readonly unknown[];
  /** Which of those values differs most from record to record, counted from 0. */
  readonly varied: number;
  /** What two records under one key must agree in; timings and other circumstances may differ. */
  readonly content: (record: T) => unknown;
  /** Whether a later record under the same key may take this one's place. */
  readonly replaceable: (record: T) => boolean;
}

const never = () => false;

/** The seven values of a sample key, in the order of the schema. */
export function sampleKeyOf({ dataset, task, prompt, model, method, repeat, index }: SampleKey): readonly unknown[] {
  return [dataset, task, prompt, model, method, repeat, index];
}

function kind<T>(facts: KindFacts<T>): KindFacts<T> {
  return facts;
}

/** Every kind of record that a run folder holds, by the name of its file. */
export const recordKinds = {
  tasks: kind<TaskFacts>({
    schema: TaskFacts,
    key: ({ dataset, task }) => [dataset, task],
    varied: 1,
    content: ({ cwe, cases, built }) => (built === undefined ? [cwe, cases] : [cwe, cases, built]),
    replaceable: never,
  }),
  samples: kind<Sample>({
    schema: Sample,
    key: sampleKeyOf,
    varied: 1,
    content: ({ status, scanHash, testHash, code }) => [status, scanHash, testHash, code],
    replaceable: ({ status }) => status === "endpointFailed",
  }),
  environments: kind<Environment>({
    schema: Environment,
    key: ({ hash }) => [hash],
    varied: 0,
    content: (record) => record,
    replaceable: never,
  }),
  executions: kind<Execution>({
    schema: Execution,
    key: ({ dataset, task, testHash, environment }) => [dataset, task, testHash, environment],
    varied: 2,
    content: ({ status, cases }) => [status, cases.map(({ name, outcome }) => [name, outcome])],
    replaceable: never,
  }),
  scans: kind<Scan>({
    schema: Scan,
    key: ({ scanHash, scanner, version, rulesHash }) => [scanHash, scanner, version, rulesHash],
    varied: 0,
    content: ({ status, findings }) => [status, findings],
    replaceable: never,
  }),
  judgements: kind<Judgement>({
    schema: Judgement,
    key: ({ scanHash, judge, promptHash }) => [scanHash, judge, promptHash],
    varied: 0,
    content: ({ status, cwe, lines }) => [status, cwe, lines],
    replaceable: ({ status }) => status === "judgeFailed",
  }),
  draws: kind<Draw>({
    schema: Draw,
    key: ({ question, seed, n, filter, strata }) => [question, seed, n, canonicalJson(filter), strata],
    varied: 1,
    content: ({ frame, samples }) => [frame, samples],
    replaceable: never,
  }),
  labels: kind<Label>({
    schema: Label,
    key: (label) => [...sampleKeyOf(label), label.question, label.annotator],
    varied: 1,
    content: ({ value, cwe, lines, note }) => [value, cwe, lines, note],
    // An annotator may change an answer: the last one counts.
    replaceable: () => true,
  }),
};

export type RecordKind = keyof typeof recordKinds;
export type RecordOf<K extends RecordKind> = ReturnType<(typeof recordKinds)[K]["schema"]["parse"]>;

/** The values that name a record. */
export function keyOf<K extends RecordKind>(name: K, record: RecordOf<K>): readonly unknown[] {
  return (recordKinds[name] as unknown as KindFacts<RecordOf<K>>).key(record);
}

/** The values that name a record, as one string. */
export function keyText<K extends RecordKind>(name: K, record: RecordOf<K>): string {
  return JSON.stringify(keyOf(name, record));
}

/** The part of a record that must agree between two records under one key, as one string. */
export function contentText<K extends RecordKind>(name: K, record: RecordOf<K>): string {
  return canonicalJson((recordKinds[name] as unknown as KindFacts<RecordOf<K>>).content(record));
}

/** Whether a record under the same key may follow this one, e.g. after a failed call. */
export function isReplaceable<K extends RecordKind>(name: K, record: RecordOf<K>): boolean {
  return (recordKinds[name] as unknown as KindFacts<RecordOf<K>>).replaceable(record);
}
