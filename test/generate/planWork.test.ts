import { expect, test } from "vitest";
import { planLines } from "../../src/cli/planLines.js";
import { planGeneration } from "../../src/generate/planGeneration.js";
import { embeddedPace } from "../../src/generate/embeddedServer.js";
import { planWork } from "../../src/generate/planWork.js";
import { content } from "./methods/scriptedContext.js";
import { promptFor } from "../../src/generate/prompts.js";
import type { Sample } from "../../src/record/schema/sample.js";
import { Study } from "../../src/record/schema/study.js";
import { loadTasks } from "../../src/task/loadTasks.js";

const { tasks: all } = await loadTasks("demo-cases");
const tasks = new Map([["demo-cases", all]]);

function plan(change: object, model: object = {}, samples: readonly Sample[] = []) {
  const study = Study.parse({
    ...{ schemaVersion: 1, name: "t", datasets: [{ name: "demo-cases", tasks: 2 }], methods: ["base"] },
    ...{ prompts: ["nl"], models: [{ name: "m", endpoint: "http://x/v1", ...model }], decoding: { maxTokens: 100 } },
    ...change,
  });
  return planWork(study, planGeneration(study, tasks, samples).configurations, { tasks, samples });
}
const works = (change: object, model?: object) =>
  plan(change, model).map(({ method, samples, calls, sequences, tokens }) => [
    method,
    samples,
    calls,
    sequences,
    tokens,
  ]);

test("a method of one call asks once a sample, for maxTokens at most", () => {
  expect(works({})).toEqual([["base", 2, 2, 1, 200]]);
  expect(works({ k: 3, prompts: ["nl", "ct"] })).toEqual([["base", 12, 12, 1, 1200]]);
});

test("PromSec asks 1 + 2 × rounds times at most, with the model as fixer 1 + 3 × rounds", () => {
  const options = { promsec: { maxRounds: 4 }, "promsec+llm-repair": { maxRounds: 4 } };
  expect(works({ methods: ["promsec", "promsec+llm-repair"], options })).toEqual([
    ["promsec", 2, 18, 1, 1800],
    ["promsec+llm-repair", 2, 26, 1, 2600],
  ]);
});

test("CodeGuard+ asks once a token and search, for a token of each beam", () => {
  const options = { codeguard: { beams: 3, maxNewTokens: 112, rounds: 2 } };
  expect(works({ methods: ["base", "codeguard"], options })[1]).toEqual(["codeguard", 2, 448, 3, 1344]);
});

test("the cost is that of the tokens at the model's price, prompts at four characters a token", () => {
  const price = { prompt: 1_000_000, completion: 2_000_000 };
  const prompts = all.slice(0, 2).map((task) => Math.ceil(content(promptFor(task, "nl", "chat")).length / 4));
  const own = prompts.reduce((total, each) => total + each, 0);
  const [base, promsec] = plan({ methods: ["base", "promsec"], options: { promsec: { maxRounds: 1 } } }, { price });
  expect(base?.cost).toBe(own + 2 * 200);
  // Three calls; the second holds the first reply, the third the second.
  expect(promsec?.cost).toBe(3 * own + 2 * 2 * 100 + 2 * 600);
  expect(planLines([base, promsec].filter((each) => each !== undefined))).toContainEqual(
    expect.stringMatching(/^cost {7}m: up to \d+\.00 USD/),
  );
});

const key = { dataset: "demo-cases", prompt: "nl", model: "m", method: "base", repeat: 0, index: 0 } as const;
const call = { purpose: "generate", sent: { prompt: "" }, reply: "", finishReason: null, tokens: null, endpoint: "e" };

/** A sample whose calls took so many seconds. */
const took = (task: string, ...seconds: readonly number[]): Sample => ({
  ...{ ...key, task, schemaVersion: 1, status: "generated", code: "x", scanHash: "", testHash: "", repairs: [] },
  rounds: seconds.map((each) => ({ ...call, seconds: each })),
});

test("time is told as the samples that are there took it, and GPU-hours where the model says its GPUs", () => {
  const three = plan(
    { datasets: [{ name: "demo-cases", tasks: 3 }], methods: ["base", "prompt-generic"] },
    { gpus: 2 },
    [took("demo-c01", 1800, 1800)],
  );
  expect(three.map(({ samples, seconds }) => [samples, seconds])).toEqual([
    [2, { total: 7200, measured: 1, atOnce: 1 }],
    [3, undefined],
  ]);
  const lines = planLines(three);
  expect(three[1]?.assumed).toEqual({ most: 5400, atOnce: 1, why: expect.stringContaining("a call takes") as string });
  expect(lines).toContain(
    "time       m: 2.0 h of requests one after the other, 4.0 GPU-hours on 2, as the 1 samples that are there took",
  );
  expect(lines).toContain(
    "time       m: up to 1.5 h of requests one after the other, 3.0 GPU-hours on 2 for prompt-generic, which is not measured yet, " +
      "assuming that a call takes as long as those of the other methods",
  );
});

const steered = (task: string, ...rounds: readonly (readonly [seconds: number, steps: number])[]): Sample => ({
  ...took(task, ...rounds.map(([seconds]) => seconds)),
  method: "codeguard",
  rounds: rounds.map(([seconds, steps]) => ({
    ...{ ...call, seconds, steering: { seed: 1, steps, forced: 0, forcedOutOfTopN: 0 } },
  })),
});
const codeguard = {
  methods: ["base", "codeguard"],
  options: { codeguard: { beams: 8, maxNewTokens: 100, rounds: 4 } },
  datasets: [{ name: "demo-cases", tasks: 3 }],
};

test("where samples of a method differ in their calls, the time says as well what comes of it if each makes all, by the seconds of a call", () => {
  // Two samples: 20 s for 50 + 100 + 50 steps, that is 0.1 s a step; the third may take 4 × 100.
  const there = [steered("demo-c01", [5, 50]), steered("demo-c02", [10, 100], [5, 50])];
  const [, third] = plan(codeguard, {}, there);
  expect(third?.seconds).toEqual({ total: 10, most: 40, measured: 2, atOnce: 1 });
  expect(planLines(third === undefined ? [] : [third])).toContain(
    "time       m: 1 min of requests one after the other (up to 1 min where every sample makes all its calls), as the 2 samples that are there took",
  );
});

test("before there are samples the embedded model's time is reckoned with a pace that is said, CodeGuard+ by its sequences", () => {
  const lines = planLines(plan(codeguard, { endpoint: "embedded" }));
  const [sequences, tokens] = [embeddedPace.sequences, embeddedPace.tokens];
  const minutes = (count: number) => Math.ceil(count / 60);
  expect(lines).toContain(
    `time       m: up to ${minutes((3 * 4 * 100 * 8) / sequences)} min of requests one after the other for codeguard, which is not measured yet, ` +
      `assuming that the embedded model computes ${sequences} sequences a second on an idle core`,
  );
  expect(lines).toContain(
    `time       m: up to ${minutes(300 / tokens)} min of requests one after the other for base, which is not measured yet, ` +
      `assuming that the embedded model computes ${tokens} tokens a second on an idle core`,
  );
});

test("a step of CodeGuard+ on another server is taken to last as long as a token of the samples that are there", () => {
  const replied = {
    ...took("demo-c01", 10),
    rounds: [{ ...call, seconds: 10, tokens: { prompt: 5, completion: 200 } }],
  };
  const [, steps] = plan(codeguard, {}, [replied]);
  expect(steps?.assumed).toEqual({ most: 3 * 400 * 0.05, atOnce: 1, why: expect.stringContaining("a step") as string });
});

test("time counts as many samples at a time as the measured ones were, the embedded model's one after the other", () => {
  const ids = all.map(({ id }) => id);
  const secondsWith = (there: number, model: object, tasks = 20, last: Partial<Sample> = {}) => {
    const samples = ids.slice(0, there).map((id) => ({ ...took(id, 60), ...last }));
    return plan({ datasets: [{ name: "demo-cases", tasks }] }, { gpus: 2, ...model }, samples);
  };
  const atOnce = (works: ReturnType<typeof plan>) => works.map(({ seconds }) => seconds?.atOnce);
  expect(atOnce(secondsWith(10, {}))).toEqual([8]);
  expect(atOnce(secondsWith(3, {}))).toEqual([3]);
  expect(atOnce(secondsWith(18, {}))).toEqual([2]);
  expect(atOnce(secondsWith(10, { endpoint: "embedded" }))).toEqual([1]);
  const prefix = { name: "p", control: "sec" as const, nPrefix: 1, base: "b", hash: "" };
  expect(atOnce(secondsWith(10, {}, 20, { prefix }))).toEqual([1]);
  // 12 requests of a minute, 8 at a time.
  expect(planLines(secondsWith(8, {}))).toContain(
    "time       m: 2 min of requests 8 at a time, 0.050 GPU-hours on 2, as the 8 samples that are there took",
  );
});

test("the lines say what is the most and what is certain", () => {
  expect(planLines(plan({ methods: ["base", "promsec"] }))).toEqual([
    "generate   m base: 2 samples, 2 calls, up to 200 tokens",
    "generate   m promsec: 2 samples, up to 82 calls, up to 8,200 tokens",
    "together   up to 84 calls, up to 8,400 tokens",
    "time       m: not measured yet for base, promsec: generate some samples and plan again",
  ]);
});
