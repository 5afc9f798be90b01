import type { Round } from "../../record/schema/sample.js";
import type { Finding } from "../../record/schema/scan.js";
import type { MethodContext } from "../methods/method.js";
import type { Task } from "../../task/task.js";

/** What a fixer made of code. */
export interface Fixed {
  readonly code: string;
  readonly changed: boolean;
  /** Calls of the model that it made. */
  readonly rounds: readonly Round[];
}

/** What a fixer gets. */
export interface ToFix {
  readonly task: Task;
  readonly code: string;
  readonly findings: readonly Finding[];
}

/** The step of PromSec that improves code before a prompt is inferred from it: the place of the authors' graph network, or of anything else. */
export interface Fixer {
  /** Calls of the model that it makes at most each time; none where absent. */
  readonly calls?: number;
  fix(toFix: ToFix, context: MethodContext): Promise<Fixed>;
}
