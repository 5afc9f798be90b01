import type { StudyModel } from "../record/schema/study.js";
import type { Method } from "./methods/method.js";

/** A model as a method reaches it: at the checkpoint that it trained, where the study declares one, and by its own route, where it has one. */
export function reachOf(model: StudyModel, { name, route }: Method): StudyModel {
  const checkpoint = model.checkpoints?.[name];
  const reached = { ...model, ...(route === undefined ? {} : { route }) };
  if (checkpoint === undefined) return reached;
  const { weights, endpoint = model.endpoint, served = weights, keyVariable = model.keyVariable } = checkpoint;
  return {
    ...reached,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(keyVariable === undefined ? {} : { keyVariable }),
    served,
  };
}

/** What tells the servers of a run apart: methods that reach a model in the same way share one. */
export function reachKey({ name, endpoint, served, route, keyVariable }: StudyModel): string {
  return JSON.stringify([name, endpoint, served, route, keyVariable]);
}
