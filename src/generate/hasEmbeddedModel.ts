import { hasExtra } from "../process/venv.js";

/** Whether the embedded model and its server are installed (`safelab setup --embedded`). */
export function hasEmbeddedModel(): Promise<boolean> {
  return hasExtra("embedded");
}
