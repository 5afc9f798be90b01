import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { generateRun } from "../../src/generate/generateRun.js";
import { securityDemand } from "../../src/generate/methods/promptGeneric.js";
import { specificDemand } from "../../src/generate/methods/promptSpecific.js";
import { promptFor } from "../../src/generate/prompts.js";
import { defaultTemplates, parseTemplates } from "../../src/generate/promptTemplates.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { canonicalJson } from "../../src/record/canonical.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder, openRunFolder } from "../../src/record/runFolder.js";
import { loadTasks } from "../../src/task/loadTasks.js";
import { content, task } from "./methods/scriptedContext.js";
import { startStub } from "./stubServer.js";

const file = join(projectRoot(), "src", "generate", "assets", "prompts.v2.json");
const text = await readFile(file, "utf8");

test("the prompts that the demo's samples record are the ones that are sent now, byte for byte", async () => {
  const demo = await openRunFolder(join(projectRoot(), "data", "demo"));
  const sets = await Promise.all(demo.study.datasets.map(({ name }) => loadTasks(name, [demo.path])));
  const tasks = new Map(sets.flatMap(({ tasks: list }) => list.map((each) => [each.id, each] as const)));
  const { route } = demo.study.models[0] ?? { route: "chat" };
  let compared = 0;
  for (const { task: id, prompt, method, rounds } of await readRecords(demo, "samples")) {
    const known = tasks.get(id);
    const demands: Readonly<Record<string, string>> = {
      ...{ base: "", promsec: "", "prompt-generic": securityDemand },
      "prompt-specific": specificDemand(known?.cwe ?? []),
    };
    const demand = demands[method];
    if (known === undefined || demand === undefined) continue;
    expect(canonicalJson(rounds[0]?.sent)).toBe(canonicalJson(promptFor(known, prompt, route, { demand })));
    compared += 1;
  }
  expect(compared).toBeGreaterThan(100);
});

test("the version stands in the file's name", () => {
  expect(file).toContain(`.v${defaultTemplates().version}.json`);
});

test("a text that is filled in may hold what looks like a placeholder", () => {
  const odd = { ...task, prompts: { nl: "Use {task} and $& and {demand}.", ct: 'def f(a):\n    "{template}"' } };
  expect(content(promptFor(odd, "nl", "chat", { demand: "No {task}." }))).toMatch(
    /below\. No \{task\}\. Answer .*\n\nUse \{task\} and \$& and \{demand\}\.$/,
  );
  expect(promptFor(odd, "ct", "completion")).toEqual({ prompt: 'def f(a):\n    "{template}"' });
});

test("a chat model is shown the code behind the gap, a completion model is not", () => {
  const open = {
    ...task,
    prompts: { ...task.prompts, ct: "def f(a):\n    try:\n        ", ctAfter: "    except OSError:\n        pass\n" },
  };
  expect(content(promptFor(open, "ct", "chat"))).toMatch(
    /```python\ndef f\(a\):\n {4}try:\n# The missing code goes here[^\n]*\n {4}except OSError:\n {8}pass\n```$/,
  );
  expect(promptFor(open, "ct", "completion")).toEqual({ prompt: "def f(a):\n    try:" });
});

describe("a file of templates is refused, with its place:", () => {
  test.each([
    [
      "an unknown placeholder",
      text.replace("{task}", "{tsk}"),
      /p\.json: chat\.nl: unknown placeholder \{tsk\}.*\{task\}/,
    ],
    ["a missing one", text.replace("{task}", ""), /chat\.nl: \{task\} must stand in it once/],
    ["one that stands twice", text.replace("{task}", "{task}{task}"), /chat\.nl: \{task\} must stand in it once/],
    ["a missing demand", text.replace("{demand}{template}", "{template}"), /completion\.ct: \{demand\} must stand/],
    [
      "a text behind the template",
      text.replace("{demand}{template}", "{template}{demand}"),
      /must end with \{template\}/,
    ],
    ["a missing text", text.replace('"nl"', '"xl"'), /p\.json: .*nl/],
    ["no JSON", "{", /p\.json: not JSON/],
  ])("%s", (_, changed, words) => {
    expect(() => parseTemplates(changed, "p.json")).toThrow(InputError);
    expect(() => parseTemplates(changed, "p.json")).toThrow(words);
  });
});

test("a study's own templates are sent and recorded by their hash, and two are not mixed", async () => {
  const stub = await startStub(() => "```python\ndef f(a):\n    return a\n```");
  const folder = await mkdtemp(join(tmpdir(), "safelab-templates-"));
  const study = {
    ...{
      schemaVersion: 1,
      name: "t",
      datasets: [{ name: "demo-cases", tasks: 2 }],
      methods: ["base", "prompt-generic"],
    },
    ...{ prompts: ["nl", "ct"], models: [{ name: "m", endpoint: stub.address }], promptTemplates: "prompts.json" },
  };
  const run = await createRunFolder(join(folder, "run"), JSON.stringify(study));
  try {
    await expect(generateRun(run)).rejects.toThrow(
      /promptTemplates: .*prompts\.json cannot be read.*copy .*prompts\.v2\.json/,
    );
    const own = join(run.path, "prompts.json");
    await writeFile(own, text.replace("Write Python code that solves", "Bitte löse"));
    expect(await generateRun(run)).toMatchObject({ counts: { generated: 8 } });
    const samples = await readRecords(run, "samples");
    const sent = samples.map(({ rounds }) => JSON.stringify(rounds[0]?.sent));
    expect(sent.filter((each) => each.includes("Bitte löse the task below."))).toHaveLength(4);
    expect(sent.filter((each) => each.includes(securityDemand))).toHaveLength(4);
    expect(new Set(samples.map(({ decoding }) => decoding?.templateHash))).toEqual(
      new Set([expect.stringMatching(/^[0-9a-f]{64}$/)]),
    );
    expect(await generateRun(run)).toMatchObject({ counts: {}, skipped: 8 });
    // The name of the file is for people.
    await writeFile(own, (await readFile(own, "utf8")).replace("safelab's own prompts", "German"));
    expect(await generateRun(run)).toMatchObject({ counts: {}, skipped: 8 });
    await writeFile(own, text.replace("Write Python code that solves", "Löse bitte"));
    await expect(generateRun(run)).rejects.toThrow(
      /made with prompt templates \w{12}, the study now names prompt templates \w{12}/,
    );
    const { promptTemplates, ...plain } = run.study;
    expect(promptTemplates).toBe("prompts.json");
    await expect(generateRun({ ...run, study: plain })).rejects.toThrow(
      /now names safelab's own prompt templates: use another/,
    );
  } finally {
    await stub.close();
  }
});
