import type { StudyJudge, StudyModel } from "../record/schema/study.js";
import { endpointHost } from "./endpointAddress.js";

/** A model or judge that is to be asked, as it is reached. */
export type Asked = Pick<StudyModel & StudyJudge, "name" | "keyVariable"> & { readonly endpoint?: string | undefined };

/**
 * Which keys are missing here for what is to be asked, a sentence each: generation would stop for them. The key may still come, so that this is
 * advice and no error.
 *
 * @param keys the value of an environment variable
 */
export function keyAdvice(asked: readonly Asked[], keys: (variable: string) => string | undefined): string[] {
  const sentences = asked.flatMap(({ name, endpoint, keyVariable }) => {
    if (endpoint === undefined || endpoint === "embedded") return [];
    if (keyVariable !== undefined)
      return (keys(keyVariable) ?? "") === ""
        ? [
            `the environment variable ${keyVariable} is not set here, and "${name}" is asked with the key in it: set it before you generate`,
          ]
        : [];
    return endpointHost(endpoint) === "api.openai.com"
      ? [
          `api.openai.com wants a key: give "${name}" in run.json a "keyVariable", e.g. "OPENAI_API_KEY", the environment variable that holds it`,
        ]
      : [];
  });
  return [...new Set(sentences)];
}
