import { type Cell, type Column, textCell } from "../table/typedTable.js";
import { methodName, promptName } from "./names.js";
import type { Configuration, StudyView } from "./studyView.js";

/** The columns that name a configuration. The prompt has one where the run holds both kinds. */
export function stubColumns(view: StudyView): Column[] {
  const prompt: Column[] = view.prompts.length > 1 ? [{ key: "prompt", label: "Prompt", kind: "text" }] : [];
  return [
    { key: "dataset", label: "Data set", kind: "text" },
    { key: "model", label: "Model", kind: "text" },
    ...prompt,
    { key: "method", label: "Method", kind: "text" },
  ];
}

/** The cells under `stubColumns`. */
export function stubCells({ dataset, model, prompt, method, where }: Configuration): Record<string, Cell> {
  return {
    dataset: textCell(dataset, { dataset }),
    model: textCell(model, { dataset, model }),
    prompt: textCell(promptName(prompt), { dataset, model, prompt }),
    method: textCell(methodName(method), where),
  };
}
