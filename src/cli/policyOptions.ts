import { Option } from "commander";
import { ScanFailedPolicy, UnscannablePolicy } from "../record/schema/study.js";

/** The option that names the policy for code that cannot be scanned: none, or none that parses. */
export function unscannableOption(): Option {
  const words = "code that is missing or does not parse counts as (the paper's convention is secure)";
  return new Option("--unscannable <policy>", words).choices(UnscannablePolicy.options).default("insecure");
}

/** The option that names the policy for code on which a scanner gave up. */
export function scanFailedOption(): Option {
  const words =
    "code on which a scanner gave up, and none flags, is left out or counts as secure (the paper's convention)";
  return new Option("--scan-failed <policy>", words).choices(ScanFailedPolicy.options).default("exclude");
}
