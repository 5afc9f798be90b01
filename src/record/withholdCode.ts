import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { applyEdits, modify } from "jsonc-parser";
import { openAppender } from "./openAppender.js";
import { readRecords } from "./readRecords.js";
import type { RecordKind, RecordOf } from "./recordKinds.js";
import { createRunFolder, type RunFolder } from "./runFolder.js";

/** What stays of each kind of record: verdicts, hashes, numbers; no code, no prompt, no words of others. */
const kept: { readonly [K in RecordKind]?: (record: RecordOf<K>) => RecordOf<K> } = {
  tasks: (task) => task,
  environments: (environment) => environment,
  samples: (sample) => ({ ...sample, code: sample.code === null ? null : { withheld: true }, rounds: [] }),
  executions: (execution) => ({
    ...execution,
    output: "",
    cases: execution.cases.map((each) => ({ ...each, message: "" })),
  }),
  scans: (scan) => ({ ...scan, findings: scan.findings.map((finding) => ({ ...finding, message: "" })) }),
  judgements: (judgement) => ({ ...judgement, reply: null, attempts: [], findings: [] }),
};

async function copy<K extends RecordKind>(from: RunFolder, to: RunFolder, kind: K): Promise<void> {
  const keep = kept[kind];
  if (keep === undefined) return;
  const records = await readRecords(from, kind);
  if (records.length === 0) return;
  const appender = await openAppender(to, kind);
  try {
    for (const record of records) await appender.append(keep(record));
  } finally {
    await appender.close();
  }
}

/**
 * Copies a run without what is not ours to pass on: code, prompts, replies, messages. Verdicts, hashes, rules, CWEs and lines stay, so
 * that every table can be made of the copy. Labels are not copied.
 *
 * @param provenance how the verdicts were made, for `run.json`
 * @throws InputError when the folder is taken.
 */
export async function withholdCode(run: RunFolder, folder: string, provenance: string): Promise<RunFolder> {
  const text = await readFile(join(run.path, "run.json"), "utf8");
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  const copied = await createRunFolder(
    folder,
    applyEdits(text, modify(text, ["provenance"], provenance, { formattingOptions })),
  );
  for (const kind of Object.keys(kept) as RecordKind[]) await copy(run, copied, kind);
  return copied;
}
