import { nameScanners } from "../record/nameCounting.js";
import { openAppender } from "../record/openAppender.js";
import type { RunFolder } from "../record/runFolder.js";
import type { Scan } from "../record/schema/scan.js";

/** Appends the scans of one scanner, whose version and rules count from then on. With none nothing is locked. */
export async function appendScans(run: RunFolder, scans: readonly Scan[]): Promise<void> {
  const [first] = scans;
  if (first === undefined) return;
  const appender = await openAppender(run, "scans");
  try {
    await nameScanners(run, [first]);
    for (const scan of scans) await appender.append(scan);
  } finally {
    await appender.close();
  }
}
