import { afterEach, beforeEach, expect, test } from "vitest";
import { openEndpoint } from "../../src/generate/endpoint.js";
import { generateSample } from "../../src/generate/generateSample.js";
import { base } from "../../src/generate/methods/base.js";
import { study } from "../record/fixtures.js";
import { fenced, task } from "./methods/scriptedContext.js";
import { type Stub, sendJson, startStub } from "./stubServer.js";

let stub: Stub;
beforeEach(async () => {
  stub = await startStub(() => fenced("def f(a):\n    return a"));
});
afterEach(() => stub.close());

test("whoever watches a sample learns that a request is made again, and why", async () => {
  stub.behave = (_, response) =>
    stub.asked.length === 1
      ? sendJson(response, 500, { error: { message: "boom" } })
      : fenced("def f(a):\n    return a");
  const endpoint = openEndpoint({ address: stub.address, served: "m", route: "chat", backoffMs: 5 });
  const told: string[] = [];
  const key = { dataset: "D", task: "a", prompt: "nl", model: "m", method: "base", repeat: 0, index: 0 } as const;
  const onRequest = (what: string) => told.push(what);
  const sample = await generateSample(study, key, { task, method: base, options: undefined, endpoint, onRequest });
  expect(sample).toMatchObject({ status: "generated", rounds: [{ faults: ["HTTP 500 boom"] }] });
  expect(told).toEqual(["", "HTTP 500 boom, again in 0 s"]);
});
