import { Option } from "commander";
import { UnscannablePolicy } from "../record/schema/study.js";

/** The option that names the policy for code that cannot be scanned: none, or none that parses. */
export function unscannableOption(): Option {
  const words = "code that is missing or does not parse counts as (the paper's convention is secure)";
  return new Option("--unscannable <policy>", words).choices(UnscannablePolicy.options).default("insecure");
}
