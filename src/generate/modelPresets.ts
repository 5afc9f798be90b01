import { InputError } from "../error.js";
import type { StudyModel } from "../record/schema/study.js";

/** A model of the paper, ready for a study. */
export interface ModelPreset {
  readonly name: string;
  /** The checkpoint on the Hugging Face hub, or the name in OpenAI's API. */
  readonly served: string;
  readonly kind: "instruct" | "base";
  readonly route: StudyModel["route"];
  readonly access: NonNullable<StudyModel["access"]>;
  /** Most tokens of prompt and reply together. */
  readonly context: number;
  /** Texts that end a completion; absent where the model ends its turn itself. */
  readonly stops?: readonly string[];
  readonly keyVariable?: string;
}

/** Where a completion model has left the function, and the marks that StarCoder puts between files. */
const starcoderStops = ["\ndef ", "\nclass ", "\nif __name__", "\nprint(", "<file_sep>", "<filename>"];
const openai = { kind: "instruct", route: "chat", access: "none", keyVariable: "OPENAI_API_KEY" } as const;
const open = { kind: "instruct", route: "chat", access: "full" } as const;

/**
 * The paper's seven models (section 3.2). It names them without their checkpoints: these are the instruction-tuned ones of that size, since PromSec, which
 * it ran on all but StarCoder, needs models that follow instructions; StarCoder-1B exists as a base model only. Contexts are those that the models' own
 * configurations state, and what OpenAI documents.
 */
export const modelPresets: readonly ModelPreset[] = [
  { name: "CodeLlama-7B", served: "codellama/CodeLlama-7b-Instruct-hf", ...open, context: 16384 },
  { name: "Qwen2.5-Coder-7B", served: "Qwen/Qwen2.5-Coder-7B-Instruct", ...open, context: 32768 },
  { name: "DeepSeek-Coder-V2-Lite", served: "deepseek-ai/DeepSeek-Coder-V2-Lite-Instruct", ...open, context: 163840 },
  { name: "Mistral-7B", served: "mistralai/Mistral-7B-Instruct-v0.3", ...open, context: 32768 },
  {
    ...{ name: "StarCoder-1B", served: "bigcode/starcoderbase-1b", kind: "base", route: "completion", access: "full" },
    ...{ context: 8192, stops: starcoderStops },
  },
  { name: "GPT-3.5-Turbo", served: "gpt-3.5-turbo-0125", ...openai, context: 16385 },
  { name: "GPT-4o", served: "gpt-4o-2024-08-06", ...openai, context: 128000 },
];

/** The preset of a name, however its letters are written; `undefined` for another name. */
export function presetNamed(name: string): ModelPreset | undefined {
  return modelPresets.find((preset) => preset.name.toLowerCase() === name.toLowerCase());
}

/**
 * A model of the paper as a study names it.
 *
 * @param endpoint address of the server that has it; OpenAI's own for its models where absent
 * @example presetModel("Qwen2.5-Coder-7B", "http://127.0.0.1:8000/v1")
 * @throws InputError for a name that is none of the seven, or a model that needs an endpoint and has none.
 */
export function presetModel(name: string, endpoint?: string): StudyModel {
  const preset = presetNamed(name);
  if (preset === undefined)
    throw new InputError(
      `no preset is called "${name}": there are ${modelPresets.map((each) => each.name).join(", ")}`,
    );
  const { served, route, access, stops, keyVariable } = preset;
  const address = endpoint ?? (keyVariable === undefined ? undefined : "https://api.openai.com/v1");
  if (address === undefined)
    throw new InputError(
      `model "${preset.name}" needs the address of a server that has it, e.g. from \`${serveCommand(preset)}\``,
    );
  return {
    ...{ name: preset.name, endpoint: address, served, route, access },
    ...(stops === undefined ? {} : { stops: [...stops] }),
    ...(keyVariable === undefined ? {} : { keyVariable }),
  };
}

/**
 * The command that serves a preset with vLLM, with as many log-probabilities as CodeGuard+ asks for, and without the sampling settings of the model's own
 * generation_config.json: vLLM applies those that a request leaves out (top-k, a repetition penalty), and the study's decoding would not be what was asked.
 */
export function serveCommand({ served, context }: ModelPreset): string {
  return `vllm serve ${served} --max-model-len ${Math.min(context, 16384)} --max-logprobs 50 --generation-config vllm`;
}
