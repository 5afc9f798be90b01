import type { Study } from "../record/schema/study.js";
import { endpointAddress, pathAdvice } from "./endpointAddress.js";

/**
 * Looks at every address of a study, those of judges and checkpoints too, without asking a server.
 *
 * @returns what is likely wrong with some, a sentence each
 * @throws InputError for one that is no address.
 */
export function checkAddresses({ models, judges }: Pick<Study, "models" | "judges">): string[] {
  const own = models.flatMap(({ endpoint, checkpoints = {} }) => [
    endpoint,
    ...Object.values(checkpoints).map((checkpoint) => checkpoint.endpoint),
  ]);
  const all = [...own, ...judges.map(({ endpoint }) => endpoint)];
  const addresses = new Set(all.flatMap((each) => (each === undefined || each === "embedded" ? [] : [each])));
  for (const address of addresses) endpointAddress(address);
  return [...addresses].flatMap((address) => pathAdvice(address) ?? []);
}
