import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { applyEdits, modify } from "jsonc-parser";
import { readRecords } from "./readRecords.js";
import type { RecordKind, RecordOf } from "./recordKinds.js";
import { createRunFolder, type RunFolder } from "./runFolder.js";
import { withheldPart } from "./withheldPart.js";

/** What stays of each kind of record: verdicts, hashes, numbers; no code, no prompt, no words of others. */
const kept: { readonly [K in RecordKind]?: (record: RecordOf<K>) => RecordOf<K> } = {
  tasks: (task) => task,
  environments: (environment) => environment,
  samples: (sample) => ({ ...sample, code: sample.code === null ? null : { withheld: true }, rounds: [] }),
  executions: (execution) => ({
    ...execution,
    output: "",
    // Of an error at loading its type stays: its words quote the sample.
    reason: execution.reason.replace(/^(the sample did not load: \w+).*$/su, "$1"),
    cases: execution.cases.map((each) => ({ ...each, message: "" })),
  }),
  scans: (scan) => ({ ...scan, findings: scan.findings.map((finding) => ({ ...finding, message: "" })) }),
  judgements: (judgement) => ({ ...judgement, reply: null, attempts: [], findings: [] }),
};

/** How a copy is made. */
export interface WithholdOptions {
  /** How the verdicts were made, for `run.json`. */
  readonly provenance: string;
  /** Writes record files as `.jsonl.gz`, about a sixth as large: for runs of thousands of samples. */
  readonly gzip?: boolean;
}

async function copy<K extends RecordKind>(
  kind: K,
  {
    records,
    to,
    partOf,
    gzip,
  }: {
    readonly records: readonly RecordOf<K>[];
    readonly to: RunFolder;
    readonly partOf: ReturnType<typeof withheldPart>;
    readonly gzip: boolean;
  },
): Promise<void> {
  const keep = kept[kind];
  if (keep === undefined) return;
  const files = new Map<string, string[]>();
  for (const record of records) {
    const part = partOf(kind, record);
    const file = part === undefined ? `${kind}.jsonl` : `${kind}.${part}.jsonl`;
    const lines = files.get(file) ?? [];
    lines.push(`${JSON.stringify(keep(record))}\n`);
    files.set(file, lines);
  }
  for (const [file, lines] of files) {
    const text = lines.join("");
    if (gzip) await writeFile(join(to.path, `${file}.gz`), gzipSync(text, { level: 9 }), { flag: "wx" });
    else await writeFile(join(to.path, file), text, { flag: "wx" });
  }
}

/**
 * Copies a run without what is not ours to pass on: code, prompts, replies, messages, what samples printed. Verdicts, hashes, rules, CWEs
 * and lines stay, so that every table can be made of the copy. Labels are not copied. Records stand in parts, see {@link withheldPart}.
 *
 * @throws InputError when the folder is taken.
 */
export async function withholdCode(
  run: RunFolder,
  folder: string,
  { provenance, gzip = false }: WithholdOptions,
): Promise<RunFolder> {
  const text = await readFile(join(run.path, "run.json"), "utf8");
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  const to = await createRunFolder(
    folder,
    applyEdits(text, modify(text, ["provenance"], provenance, { formattingOptions })),
  );
  const samples = await readRecords(run, "samples");
  const partOf = withheldPart(samples);
  for (const kind of Object.keys(kept) as RecordKind[]) {
    const records = kind === "samples" ? samples : await readRecords(run, kind);
    await copy(kind, { records, to, partOf, gzip });
  }
  return to;
}
