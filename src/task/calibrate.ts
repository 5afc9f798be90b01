import type { Task } from "./task.js";

/**
 * The text that is executed for a sample. Unittest tasks put the code prompt with an empty body before it, as
 * BigCodeBench's calibration does, so that code which leaves out the imports still finds them. Cases tasks run it as it is.
 */
export function calibrate(task: Task, code: string): string {
  return task.style === "unittest" ? `${task.codePrompt}\n    pass\n${code}` : code;
}
