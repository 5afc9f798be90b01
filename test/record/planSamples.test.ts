import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { planSamples } from "../../src/record/planSamples.js";
import { Study } from "../../src/record/schema/study.js";

const study = (change: object = {}): Study =>
  Study.parse({
    schemaVersion: 1,
    name: "t",
    datasets: [{ name: "D" }],
    models: [{ name: "m" }],
    methods: ["base"],
    prompts: ["ct"],
    ...change,
  });
const tasks = new Map([
  ["D", ["a", "b", "c"]],
  ["E", ["x"]],
]);
const short = (planned: ReturnType<typeof planSamples>) =>
  planned.map((s) => [s.dataset, s.task, s.prompt, s.model, s.method, s.repeat, s.index].join(" "));

test("the order is data set, task, prompt, model, method, repeat, index", () => {
  const planned = planSamples(
    study({
      datasets: [{ name: "D", tasks: 1 }, { name: "E" }],
      prompts: ["nl", "ct"],
      models: [{ name: "m" }, { name: "n", methods: ["base", "promsec"] }],
      repeats: 2,
      k: 2,
    }),
    tasks,
  );
  expect(short(planned).slice(0, 13)).toEqual([
    "D a nl m base 0 0",
    "D a nl m base 0 1",
    "D a nl m base 1 0",
    "D a nl m base 1 1",
    "D a nl n base 0 0",
    "D a nl n base 0 1",
    "D a nl n base 1 0",
    "D a nl n base 1 1",
    "D a nl n promsec 0 0",
    "D a nl n promsec 0 1",
    "D a nl n promsec 1 0",
    "D a nl n promsec 1 1",
    "D a ct m base 0 0",
  ]);
  expect(planned).toHaveLength(2 * 2 * 3 * 4);
  expect(new Set(short(planned)).size).toBe(planned.length);
});

test("tasks are all, the first n of the file, or those listed", () => {
  const of = (wanted: unknown) => planSamples(study({ datasets: [{ name: "D", tasks: wanted }] }), tasks);
  expect(of("all").map((s) => s.task)).toEqual(["a", "b", "c"]);
  expect(of(2).map((s) => s.task)).toEqual(["a", "b"]);
  expect(of(["c", "a"]).map((s) => s.task)).toEqual(["c", "a"]);
});

test("a model that lists prompts or data sets is asked those only", () => {
  const planned = planSamples(
    study({
      datasets: [{ name: "D", tasks: 1 }, { name: "E" }],
      prompts: ["nl", "ct"],
      models: [
        { name: "m", prompts: ["nl"] },
        { name: "n", datasets: ["E"] },
      ],
    }),
    tasks,
  );
  expect(short(planned)).toEqual(["D a nl m base 0 0", "E x nl m base 0 0", "E x nl n base 0 0", "E x ct n base 0 0"]);
});

test.each([
  [{ models: [{ name: "m", prompts: ["nl"] }] }, /"nl\\" is not among the study's prompts: ct/],
  [{ models: [{ name: "m", datasets: ["E"] }] }, /"E\\" is not among the study's datasets: D/],
])("a model cannot list what the study does not have: %j", (change, message) => {
  expect(() => study(change)).toThrow(message);
});

test.each([
  [{ datasets: [{ name: "F" }] }, /data set "F" is not known/],
  [{ datasets: [{ name: "D", tasks: ["a", "z"] }] }, /"D" does not have: z; ids look like a/],
  [{ datasets: [{ name: "D", tasks: ["a", "a"] }] }, /task of "D" "a" twice/],
  [{ datasets: [{ name: "D", tasks: 4 }] }, /4 tasks of "D", which has 3/],
  [{ models: [{ name: "m" }, { name: "m" }] }, /model "m" twice/],
])("a study that cannot be planned is an InputError: %j", (change, message) => {
  expect(() => planSamples(study(change), tasks)).toThrow(InputError);
  expect(() => planSamples(study(change), tasks)).toThrow(message);
});
