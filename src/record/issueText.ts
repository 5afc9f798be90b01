import type { z } from "zod";

/** The first complaint of a schema in one clause: which field, what is wrong with it. */
export function issueText(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "not valid";
  const path = issue.path.map(String).join(".");
  return path === "" ? issue.message : `field "${path}": ${issue.message}`;
}
