import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GateVerdict, parseGate } from "./parseGate.js";
import { scannedText } from "./scannedText.js";
import { scannedFileName } from "./scanner.js";
import { hasLoneSurrogate } from "./scanTexts.js";

export interface GateTextsOptions {
  /** The interpreter that executes the samples. */
  readonly python: string;
  /** What is known already of texts, by hash; grows. */
  readonly gate: Map<string, GateVerdict>;
  readonly signal?: AbortSignal;
}

/** Writes texts into a folder as scanners are to see them, and parses those that `gate` does not know. What no file can hold does not parse. */
export async function gateTexts(
  directory: string,
  texts: ReadonlyMap<string, string>,
  { python, gate, signal }: GateTextsOptions,
): Promise<void> {
  for (const [hash, text] of texts) {
    if (hasLoneSurrogate(text)) gate.set(hash, { parses: false, reason: "UnicodeEncodeError: a lone surrogate" });
    else await writeFile(join(directory, scannedFileName(hash)), scannedText(text));
  }
  const unknown = [...texts.keys()].filter((hash) => !gate.has(hash));
  const stop = signal === undefined ? {} : { signal };
  for (const [hash, verdict] of await parseGate(directory, unknown, { python, ...stop })) gate.set(hash, verdict);
}

/** Python's words on each of the texts that it cannot parse, by hash. */
export async function unparseable(texts: ReadonlyMap<string, string>, python: string): Promise<Map<string, string>> {
  const directory = await mkdtemp(join(tmpdir(), "safelab-parse-"));
  const gate = new Map<string, GateVerdict>();
  try {
    await gateTexts(directory, texts, { python, gate });
    return new Map([...gate].flatMap(([hash, verdict]) => (verdict.parses ? [] : [[hash, verdict.reason]])));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
