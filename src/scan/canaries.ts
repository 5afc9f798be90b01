import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../record/canonical.js";
import type { BatchAnswer } from "./bisectBatch.js";
import { blankSuppressions } from "./blankSuppressions.js";
import { type ScanFolder, withScanFolder } from "./scanFolder.js";
import { type FileScanOptions, scannedFileName } from "./scanner.js";

type Broken = Extract<BatchAnswer, { kind: "broken" }>;

/** A request handler with flaws that every analyser with rules for Python knows: command injection, unpickling, MD5. */
const insecure = `import hashlib
import os
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.route("/run")
def run():
    os.system(request.args["command"])
    value = pickle.loads(request.data)
    return hashlib.md5(str(value).encode()).hexdigest()
`;
const secure = "total = 1 + 1\n";

/** Two texts with known verdicts that are scanned with every batch. */
const canaries = { insecure: sha256(insecure), secure: sha256(secure) } as const;
const canaryHashes: readonly string[] = [canaries.insecure, canaries.secure];

/** Puts the canaries beside the files of a batch. */
async function writeCanaries(folder: string): Promise<void> {
  for (const text of [insecure, secure]) await writeFile(join(folder, scannedFileName(sha256(text))), text);
}

/**
 * An answer counts only where it flags the insecure canary and not the secure one: a scanner without rules, or one that never saw the
 * files, calls everything secure.
 */
function checkCanaries<T extends BatchAnswer>(answer: T): T | Broken {
  if (answer.kind === "broken") return answer;
  const said = (hash: string) => answer.files.get(hash)?.status ?? "not named";
  const [flaw, clean] = [said(canaries.insecure), said(canaries.secure)];
  if (flaw === "insecure" && clean === "secure") return answer;
  return { kind: "broken", reason: `of an insecure and a secure control file it says "${flaw}, ${clean}"` };
}

/**
 * One run of a scanner over files of a folder and the two canaries, in a private place in which comments that ask for silence are unmade.
 *
 * @param ask runs the scanner over the hashes that it is handed, canaries included
 * @param comments of the files, by hash, where they are known
 */
export function withCanaries<T extends BatchAnswer>(
  directory: string,
  hashes: readonly string[],
  ask: (folder: ScanFolder, all: readonly string[]) => Promise<T>,
  comments: FileScanOptions["comments"],
): Promise<T | Broken> {
  const use = async (folder: ScanFolder) => {
    await writeCanaries(join(folder.cwd, folder.tree));
    return checkCanaries(await ask(folder, [...new Set([...hashes, ...canaryHashes])]));
  };
  return withScanFolder(directory, hashes, use, (text, hash) => blankSuppressions(text, comments?.get(hash)));
}
