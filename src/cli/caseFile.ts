import { existsSync } from "node:fs";
import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError, reasonOf } from "../error.js";
import { CaseRecord } from "../task/caseRecord.js";
import { readEntries } from "../task/readEntries.js";

/** The records of a file of generated cases; none where there is no file yet. @throws InputError at the first line that is none. */
export async function readCaseRecords(path: string): Promise<CaseRecord[]> {
  if (!existsSync(path)) return [];
  return (await readEntries(path, "records of generated test cases")).map(({ value, where }) => {
    const parsed = CaseRecord.safeParse(value);
    if (!parsed.success)
      throw new InputError(
        `${where}: no record of a generated test case; \`safelab tasks build-tests\` makes files of them`,
      );
    return parsed.data;
  });
}

/** Adds records at the end of a file, whose folder is made. @throws InputError where it cannot be written. */
export async function appendCaseRecords(path: string, records: readonly CaseRecord[]): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  } catch (cause) {
    throw new InputError(`${path} cannot be written (${reasonOf(cause)}): name a file that you may write to`, {
      cause,
    });
  }
}
