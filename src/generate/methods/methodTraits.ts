import type { MethodTraits } from "../../record/schema/methodTraits.js";
import { methods } from "./methodNamed.js";

/** What each method that safelab can run needs of the model and what it changes, by name: the second argument of `table1`. */
export const methodTraits: Readonly<Record<string, MethodTraits>> = Object.fromEntries(
  methods.map(({ name, traits }) => [name, traits]),
);
