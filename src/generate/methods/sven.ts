import { InputError } from "../../error.js";
import { wantsPrefix } from "../checkPrefix.js";
import type { Method } from "./method.js";
import { oneRound } from "./oneRound.js";

/**
 * SVEN (He and Vechev, CCS '23): the model as it is, with keys and values before the prompt that were trained for secure code. The prompt is the
 * plain code template, as in the authors' evaluation. Servers such as vLLM do not take a learned prefix: `safelab serve-prefix` does,
 * and only a server that declares one is asked.
 */
export const sven: Method = {
  name: "sven",
  traits: { access: "full", weightUpdate: true, promptChange: false, decodingControl: false, externalTool: false },
  route: "completion",
  prefix: "sec",
  check({ name, endpoint }, prompt) {
    if (endpoint === "embedded")
      throw wantsPrefix({ name: "sven", control: "sec" }, `model "${name}" is embedded and takes no learned prefix`);
    if (prompt === "ct") return;
    throw new InputError(
      `method "sven" continues code, so it cannot be asked in natural language: give model "${name}" ` +
        '"prompts": ["ct"], which holds for all of its methods, or take "sven" out of its methods; to keep natural language for the ' +
        'others, name the model a second time, with a "name" of its own, the same "served", "methods": ["base", "sven"] and "prompts": ["ct"]',
    );
  },
  generate: (task, context) => oneRound(task, context),
};
