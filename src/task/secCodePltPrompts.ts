import type { SecCodePltLine } from "./secCodePlt.js";

/** What the task's description says, in the order of SecCodePLT's own prompts; empty parts are left out. */
function parts(line: SecCodePltLine, titles: Readonly<Record<"context" | "arguments" | "return" | "raise", string>>) {
  const { task_description: said } = line;
  const rest = (["context", "arguments", "return", "raise"] as const).flatMap((field) =>
    said[field].trim() === "" ? [] : [`${titles[field]}:\n${said[field].trim()}`],
  );
  return [said.description.trim(), ...rest];
}

/** The docstring of the template: the description with its lines indented. A quote that would end it is parted. */
function docstring(line: SecCodePltLine, indent: string): string {
  const text = parts(line, { context: "Context", arguments: "Arguments", return: "Returns", raise: "Raises" })
    .join("\n\n")
    .replaceAll("\\", "\\\\")
    .replaceAll('"""', '""\\"');
  const lines = `"""${text}\n"""`.split("\n");
  return lines.map((each) => (each.trim() === "" ? "" : `${indent}${each}`)).join("\n");
}

/** The code before the gap with the description as the docstring of its function. */
function withDocstring(line: SecCodePltLine): string {
  const code = line.ground_truth.code_before.replace(/^\n+/, "");
  const signature = /^([ \t]*)(?:async )?def [^\n]*:[ \t]*(?:#[^\n]*)?$/m.exec(code);
  if (signature === null) return code;
  const end = signature.index + signature[0].length;
  return `${code.slice(0, end)}\n${docstring(line, `${signature[1] ?? ""}    `)}${code.slice(end)}`;
}

/**
 * The prompts of a task, in our own words around the publisher's: an instruction in natural language with the set-up as code, and a
 * template that ends where the solution begins. Neither holds the security policy (SecCodePLT's own tasks leave it out as well) nor the rule.
 */
export function secCodePltPrompts(line: SecCodePltLine): { nl: string; ct: string; ctAfter?: string } {
  const setup = line.unittest?.setup.trim() ?? "";
  const described = parts(line, {
    context: "Context (names that are there already)",
    arguments: "Arguments",
    return: "Return value",
    raise: "Exceptions",
  });
  const nl = [
    `Function: ${line.task_description.function_name}`,
    ...described,
    ...(setup === "" ? [] : [`This code runs before yours:\n\`\`\`python\n${setup}\n\`\`\``]),
  ];
  const after = line.ground_truth.code_after.trimEnd();
  return {
    nl: `${nl.join("\n\n")}\n`,
    ct: `${setup === "" ? "" : `${setup}\n\n`}${withDocstring(line)}\n    `,
    ...(after.trim() === "" ? {} : { ctAfter: `${after.replace(/^\n+/, "")}\n` }),
  };
}
