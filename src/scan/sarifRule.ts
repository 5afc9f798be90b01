import type { Severity } from "../record/schema/scan.js";
import type { SarifResult, SarifRule, SarifRun } from "./sarifSchema.js";

/**
 * The rule that a result stands for: by `ruleIndex` or `rule.index` among the driver's rules, or those of the extension that
 * `rule.toolComponent` points to (CodeQL's `--sarif-group-rules-by-pack`); without an index, by id.
 */
export function ruleOf({ tool }: SarifRun, result: SarifResult): SarifRule | undefined {
  const reference = result.rule?.toolComponent;
  const extensions = tool.extensions ?? [];
  const component =
    reference === undefined
      ? tool.driver
      : reference.index === undefined
        ? [tool.driver, ...extensions].find(({ guid, name }) =>
            reference.guid === undefined ? name === reference.name : guid === reference.guid,
          )
        : extensions[reference.index];
  const index = result.rule?.index ?? result.ruleIndex;
  const id = result.ruleId ?? result.rule?.id;
  if (index !== undefined && index >= 0) return component?.rules?.[index];
  return [tool.driver, ...extensions].flatMap(({ rules = [] }) => rules).find((rule) => rule.id === id);
}

const cweWord = /^(?:external\/cwe\/)?cwe[-_ ]?0*([1-9]\d*)\b/i;

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

/**
 * The CWEs of a result, ascending: tools write them into tags (`external/cwe/cwe-089`, `CWE-89: SQL Injection`), into a property `cwe`, or as
 * references to a taxonomy named CWE, mostly on the rule.
 */
export function cwesOf(rule: SarifRule | undefined, result: SarifResult): number[] {
  const words = [rule?.properties, result.properties].flatMap((bag) => [
    ...strings(bag?.["tags"]),
    ...strings(bag?.["cwe"]),
  ]);
  const taxa = [...(rule?.relationships ?? []).map(({ target }) => target), ...(result.taxa ?? [])]
    .filter(({ toolComponent }) => toolComponent?.name?.toUpperCase() === "CWE")
    .map(({ id = "" }) => (/^\d+$/.test(id) ? `CWE-${id}` : id));
  const numbers = [...words, ...taxa].flatMap((word) => {
    const digits = cweWord.exec(word)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

const levels = { error: "HIGH", warning: "MEDIUM", note: "LOW", none: "UNDEFINED" } as const;

/**
 * Severity: `security-severity`, a CVSS-like score written as a string on the rule (below 4 low, below 7 medium, as code scanning shows it); without it, the
 * result's level, the rule's, or SARIF's default `warning`.
 */
export function severityOf(rule: SarifRule | undefined, result: SarifResult): Severity {
  const said = result.properties?.["security-severity"] ?? rule?.properties?.["security-severity"];
  const score = typeof said === "string" || typeof said === "number" ? Number(said) : Number.NaN;
  if (Number.isFinite(score)) return score >= 7 ? "HIGH" : score >= 4 ? "MEDIUM" : "LOW";
  return levels[result.level ?? rule?.defaultConfiguration?.level ?? "warning"];
}

/** Confidence: the rule's `precision` (CodeQL), or a tag such as `HIGH CONFIDENCE` (Semgrep); `UNDEFINED` without either. */
export function confidenceOf(rule: SarifRule | undefined): Severity {
  const tag = strings(rule?.properties?.["tags"])
    .map((word) => /^(HIGH|MEDIUM|LOW) CONFIDENCE$/.exec(word)?.[1])
    .find((word) => word !== undefined);
  if (tag !== undefined) return tag as Severity;
  const precision = rule?.properties?.["precision"];
  if (precision === "very-high" || precision === "high") return "HIGH";
  if (precision === "medium") return "MEDIUM";
  return precision === "low" ? "LOW" : "UNDEFINED";
}
