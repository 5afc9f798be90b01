import { z } from "zod";

export const ScanStatus = z.enum(["secure", "insecure", "unscannable", "scanFailed"]);
export type ScanStatus = z.infer<typeof ScanStatus>;

export const Severity = z.enum(["LOW", "MEDIUM", "HIGH", "UNDEFINED"]);
export type Severity = z.infer<typeof Severity>;

/** One report of a scanner. Lines count from 1, both ends included. */
export const Finding = z.object({
  ruleId: z.string(),
  cwe: z.array(z.number().int().positive()),
  severity: Severity,
  confidence: Severity,
  lines: z.tuple([z.number().int(), z.number().int()]),
  message: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** One scan (a line of `scans.jsonl`), keyed by `scanHash`, scanner, version and rules hash. */
export const Scan = z.object({
  schemaVersion: z.literal(1),
  scanHash: z.string(),
  scanner: z.string(),
  version: z.string(),
  /** Hash of the rules and options that decide what is reported. */
  rulesHash: z.string(),
  status: ScanStatus,
  /** Why a scan is `unscannable` or `scanFailed`, in the tool's own words; empty otherwise. */
  reason: z.string(),
  findings: z.array(Finding),
  /** The report that an imported scan was read from. */
  imported: z.object({ file: z.string() }).optional(),
});
export type Scan = z.infer<typeof Scan>;
