import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateRun } from "../../src/generate/generateRun.js";
import { hasEmbeddedModel } from "../../src/generate/hasEmbeddedModel.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder } from "../../src/record/runFolder.js";

const installed = await hasEmbeddedModel();
const tasks = ["demo-c01", "demo-c03", "demo-c12"];

async function samplesOf(study: object) {
  const folder = await mkdtemp(join(tmpdir(), "safelab-embedded-"));
  const common = { schemaVersion: 1, name: "t", seed: 1, decoding: { maxTokens: 64 } };
  const run = await createRunFolder(join(folder, "run"), JSON.stringify({ ...common, ...study }));
  await generateRun(run);
  return readRecords(run, "samples");
}

const datasets = [{ name: "demo-cases", tasks }];

test.skipIf(!installed)(
  "every method that asks by chat runs on three demo tasks with the embedded model",
  async () => {
    const methods = ["base", "prompt-generic", "prompt-specific", "promsec", "promsec+llm-repair"];
    const options = Object.fromEntries(["promsec", "promsec+llm-repair"].map((name) => [name, { maxRounds: 2 }]));
    const models = [{ name: "SmolLM2", endpoint: "embedded" }];
    const decoding = { maxTokens: 32 };
    const samples = await samplesOf({ datasets, methods, prompts: ["nl"], options, models, decoding });
    expect(samples).toHaveLength(15);
    for (const { rounds, stop, method } of samples) {
      expect(rounds.every(({ reply, sent }) => reply !== null && JSON.stringify(sent).length > 40)).toBe(true);
      expect(stop !== undefined).toBe(method.startsWith("promsec"));
    }
  },
  600_000,
);

const completion = {
  ...{ name: "SmolLM2", endpoint: "embedded", route: "completion" },
  // It stands in for weights of SafeCoder, of which there are none this small.
  checkpoints: { safecoder: { weights: "stand-in", served: "SmolLM2-135M-Instruct" } },
};

test.skipIf(!installed)(
  "codeguard and safecoder run on three demo tasks with the embedded model, codeguard with what the scan of base gave",
  async () => {
    const options = { codeguard: { beams: 4, maxNewTokens: 48, rounds: 1 } };
    const methods = ["base", "codeguard", "safecoder"];
    const samples = await samplesOf({ datasets, methods, prompts: ["ct"], options, models: [completion] });
    expect(samples).toHaveLength(9);
    const constrained = samples.filter(({ method }) => method === "codeguard");
    const md5 = constrained.find(({ task }) => task === "demo-c01");
    // Bandit reports CWE-327 in the base sample; the model's own answer is hashlib.md5.
    expect(samples.find(({ task, method }) => task === "demo-c01" && method === "base")?.code).toContain("hashlib.md5");
    expect(md5).toMatchObject({ status: "generated" });
    expect(md5?.code).toContain("hashlib.sha256");
    expect(md5?.constraints?.every(({ met }) => met)).toBe(true);
    expect(constrained.find(({ task }) => task === "demo-c12")?.constraints).toEqual([]);
    for (const { rounds } of constrained) {
      expect(rounds).toMatchObject([{ purpose: "constrained-decode", steering: { seed: 1 } }]);
      expect(JSON.stringify(rounds[0]?.sent)).toContain("def ");
    }
    const tuned = samples.filter(({ method }) => method === "safecoder");
    expect(tuned.map(({ rounds }) => JSON.stringify(rounds[0]?.sent).includes("### Response:"))).toEqual([
      true,
      true,
      true,
    ]);
  },
  600_000,
);

test.skipIf(!installed)(
  "with one slot the same seed gives the same constrained sample in a second run, whatever was asked before it",
  async () => {
    const study = {
      ...{ prompts: ["ct"], models: [completion], methods: ["base", "codeguard"] },
      options: { codeguard: { beams: 3, maxNewTokens: 8, rounds: 1 } },
    };
    const of = async (ids: readonly string[]) => {
      const samples = await samplesOf({ ...study, datasets: [{ name: "demo-cases", tasks: ids }] });
      const found = samples.find(({ task, method }) => task === "demo-c01" && method === "codeguard");
      return [found?.code, found?.status, found?.rounds.map(({ reply, steering }) => [reply, steering])];
    };
    expect(await of(["demo-c12", "demo-c01"])).toEqual(await of(["demo-c01"]));
  },
  600_000,
);
