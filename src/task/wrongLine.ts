const bigCodeBench = ["task_id", "complete_prompt", "canonical_solution"];

/**
 * What a line is that cannot be a task at all, and what to do with it; `undefined` where it is nearly one, so that the field at
 * fault says more.
 *
 * @param line one parsed line of the file
 * @param name the data set as which it was to be read
 */
export function wrongLine(line: unknown, name: string): string | undefined {
  if (typeof line !== "object" || line === null || Array.isArray(line))
    return "expected a JSON object, one task a line";
  const fields = Object.keys(line);
  const has = (...names: readonly string[]) => names.every((each) => fields.includes(each));
  if (has(...bigCodeBench)) {
    return name === "bigcodebench"
      ? undefined
      : "this is BigCodeBench: register it with `safelab tasks add bigcodebench FILE`";
  }
  if (has("task_id") && (has("solution") || has("completion"))) {
    return "this is a file of samples, not of tasks: take it in with `safelab import FILE --into RUN --dataset NAME --model NAME`";
  }
  const own = ["style", "prompts", "reference"];
  const expected = name === "bigcodebench" ? bigCodeBench : own;
  if (expected.some((field) => fields.includes(field))) return undefined;
  return (
    `not a task of "${name}": it has the fields ${fields.slice(0, 6).join(", ") || "(none)"}; expected ${expected.join(", ")} and more` +
    (name === "bigcodebench" ? " (the publisher's BigCodeBench.jsonl)" : ' (environment.md, "Tasks of your own")')
  );
}
