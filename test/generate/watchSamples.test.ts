import { expect, test } from "vitest";
import { watchSamples } from "../../src/generate/watchSamples.js";

const key = (task: string, index = 0) => ({
  ...{ dataset: "d", task, prompt: "nl", model: "m", method: "codeguard", repeat: 0, index },
});

test("the oldest sample under way is told of with its step, the time so far, the number of others and the requests a second", () => {
  const watch = watchSamples();
  expect(watch.text(0)).toBeUndefined();
  const first = watch.begin({ ...key("demo-c02"), prompt: "nl" }, 0);
  expect(watch.text(1000)).toBe("demo-c02 1s");
  for (let step = 1; step <= 36; step += 1) first.request(`step ${step} of up to 64`);
  expect(watch.text(3000)).toBe("demo-c02 3s: step 36 of up to 64, 12 requests/s");
  const second = watch.begin({ ...key("demo-c03", 1), prompt: "nl" }, 3000);
  expect(watch.text(4000)).toMatch(/^demo-c02 4s and 1 more: step 36/);
  first.end();
  expect(watch.text(5000)).toMatch(/^demo-c03 #0\.1 2s/);
  second.end();
  expect(watch.text(6000)).toBeUndefined();
});

test("the rate is that of the last looks, not of the whole run", () => {
  const watch = watchSamples();
  const sample = watch.begin({ ...key("a"), prompt: "nl" }, 0);
  for (let second = 1; second <= 60; second += 1) {
    for (let request = 0; request < (second <= 20 ? 100 : 2); request += 1) sample.request("x");
    watch.text(1000 * second);
  }
  expect(watch.text(60_100)).toMatch(/ 2\.\d requests\/s$/);
});
