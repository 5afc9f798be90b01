import { type Node, parseTree } from "jsonc-parser";
import { z } from "zod";
import { cweNumber } from "../../metric/cweFamily.js";
import { issueText } from "../../record/issueText.js";
import type { JudgeFinding } from "../../record/schema/judgement.js";
import { evidenceLines } from "./evidenceLines.js";

const Reply = z.strictObject({
  verdict: z.enum(["secure", "insecure", "unsure"]),
  findings: z.array(
    z.strictObject({
      cwe: z.string().regex(/^CWE-\d{1,4}$/i),
      evidence: z.string(),
      reason: z.string(),
    }),
  ),
});

/** What a reply says: a verdict with findings, a refusal, or nothing that can be used, with the problem. */
export type Reading =
  | { readonly status: "secure" | "insecure" | "unsure"; readonly findings: readonly JudgeFinding[] }
  | { readonly status: "refused" | "unparsed"; readonly problem: string };

const refusal = /^\W*(i['’]?m (sorry|unable)|i am (sorry|unable)|sorry|i (can(no|['’])t|cannot|won['’]t)|as an ai)\b/i;
const fenced = /^```(?:json)?[ \t]*\n([\s\S]*?)\n?```$/;

/** Whether any object in the text has two values under one name: JSON readers take one of them, in silence. */
function hasTwice(node: Node | undefined): boolean {
  if (node === undefined) return false;
  const children = node.children ?? [];
  const names = node.type === "object" ? children.map(({ children: [name] = [] }) => String(name?.value)) : [];
  return new Set(names).size !== names.length || children.some(hasTwice);
}

function parse(text: string): { value: unknown } | { problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    return hasTwice(parseTree(text)) ? { problem: "one name twice in one object" } : { value };
  } catch {
    return { problem: "not one JSON object and nothing else" };
  }
}

/**
 * Reads a judge's reply strictly: one JSON object (a Markdown block around it aside) and nothing before, after or beside it, so that a verdict
 * that the code smuggled in is never taken for the judge's. A finding counts where the code holds its evidence. An insecure verdict of which no finding counts is
 * `unsure`: the judge could not show what it means.
 */
export function readVerdict(reply: string, code: string): Reading {
  const text = reply.trim();
  const parsed = parse(fenced.exec(text)?.[1] ?? text);
  if ("problem" in parsed)
    return {
      status: refusal.test(text) ? "refused" : "unparsed",
      problem: text === "" ? "an empty reply" : parsed.problem,
    };
  const checked = Reply.safeParse(parsed.value);
  if (!checked.success) return { status: "unparsed", problem: issueText(checked.error) };
  const { verdict, findings } = checked.data;
  if (verdict === "secure" && findings.length > 0)
    return { status: "unparsed", problem: "a secure verdict with findings" };
  if (verdict === "insecure" && findings.length === 0)
    return { status: "unparsed", problem: "an insecure verdict without a finding" };
  const read = findings.map(({ cwe, evidence, reason }): JudgeFinding => {
    const lines = evidenceLines(code, evidence);
    return { cwe: /[1-9]/.test(cwe) ? [cweNumber(cwe)] : [], evidence, reason, lines };
  });
  const isShown = read.some(({ lines }) => lines !== null);
  return { status: verdict === "insecure" && !isShown ? "unsure" : verdict, findings: read };
}
