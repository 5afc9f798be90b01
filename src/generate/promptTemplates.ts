import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { InputError, reasonOf } from "../error.js";
import { projectRoot } from "../process/projectRoot.js";
import { canonicalJson, sha256 } from "../record/canonical.js";
import { issueText } from "../record/issueText.js";
import type { RunFolder } from "../record/runFolder.js";

/**
 * The texts around a task, with placeholders in braces. `{task}`: the instruction in natural language; `{template}`: the code template; `{demand}`: the
 * text `demand` where a method makes a further demand, of which `{sentence}` is the words, else nothing. Behind the template of a chat prompt stands the text `after` where code follows the gap, which is `{after}`: without
 * it a template that ends inside of `try:` cannot be completed as the publisher means it.
 */
const TemplateFile = z.strictObject({
  /** For people; no prompt holds it. */
  name: z.string().min(1),
  /** Names the texts: raised with every change of one, in the file and in how its placeholders are filled. */
  version: z.number().int().positive(),
  chat: z.strictObject({ nl: z.string(), ct: z.string(), after: z.string(), demand: z.string() }),
  /** The model goes on where the text ends, so `ct` ends with the code template. */
  completion: z.strictObject({ ct: z.string(), demand: z.string() }),
});

/** The texts of a file of prompt templates. */
export interface PromptTemplates extends z.infer<typeof TemplateFile> {
  /** SHA-256 of the texts, of a study's own; absent for those of safelab, which the version names. */
  readonly hash?: string;
}

/** The placeholders that each text must hold, and no others. */
const placeholders = [
  ["chat", "nl", ["demand", "task"]],
  ["chat", "ct", ["demand", "template"]],
  ["chat", "after", ["after"]],
  ["chat", "demand", ["sentence"]],
  ["completion", "ct", ["demand", "template"]],
  ["completion", "demand", ["sentence"]],
] as const;

const ownFile = () => join(projectRoot(), "src", "generate", "assets", "prompts.v2.json");
let own: PromptTemplates | undefined;

/** The templates of safelab, read once. */
export function defaultTemplates(): PromptTemplates {
  own ??= parseTemplates(readFileSync(ownFile(), "utf8"), ownFile());
  return own;
}

/**
 * The templates that a study names as `promptTemplates`, a path from its run folder, or else those of safelab.
 *
 * @throws InputError naming file and field for a file that is not there, a placeholder that is missing or unknown.
 */
export function templatesOf({ path, study }: RunFolder): PromptTemplates {
  if (study.promptTemplates === undefined) return defaultTemplates();
  const file = resolve(path, study.promptTemplates);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new InputError(
      `${path}/run.json: promptTemplates: ${file} cannot be read (${reasonOf(cause)}): copy ${ownFile()} there and edit it`,
      { cause },
    );
  }
  const templates = parseTemplates(text, file);
  const { chat, completion } = templates;
  return { ...templates, hash: sha256(canonicalJson({ chat, completion })) };
}

/** Reads templates. @throws InputError naming `file` and the field. */
export function parseTemplates(text: string, file: string): PromptTemplates {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${file}: not JSON (${reasonOf(cause)})`, { cause });
  }
  const parsed = TemplateFile.safeParse(value);
  if (!parsed.success) throw new InputError(`${file}: ${issueText(parsed.error)}`);
  const templates = parsed.data;
  for (const [route, field, wanted] of placeholders) {
    const template = (templates[route] as Readonly<Record<string, string>>)[field] ?? "";
    const found = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
    const where = `${file}: ${route}.${field}`;
    const list = wanted.map((each) => `{${each}}`).join(", ");
    const unknown = found.find((each) => !(wanted as readonly string[]).includes(each));
    if (unknown !== undefined)
      throw new InputError(`${where}: unknown placeholder {${unknown}}; this text has ${list}`);
    const missing = wanted.find((each) => found.filter((name) => name === each).length !== 1);
    if (missing !== undefined)
      throw new InputError(`${where}: {${missing}} must stand in it once; this text has ${list}`);
  }
  if (!templates.completion.ct.endsWith("{template}"))
    throw new InputError(`${file}: completion.ct must end with {template}: a completion goes on where it ends`);
  return templates;
}

/** A text with its placeholders filled in; what is filled in may hold braces. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
