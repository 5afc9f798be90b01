/** The models of the paper [3.2] by the names that its tables use, and what they are called elsewhere. */
const models: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["CodeLlama", /^codellama(-7b.*)?$/],
  ["Qwen2.5-Coder", /^qwen2\.5-coder(-7b.*)?$/],
  ["DeepSeek-Coder", /^deepseek-coder(-v2-lite.*)?$/],
  ["Mistral", /^mistral(-7b.*)?$/],
  ["StarCoder", /^starcoder(base)?(-1b.*)?$/],
  ["GPT-3.5-Turbo", /^gpt-3\.5-turbo.*$/],
  ["GPT-4o", /^gpt-4o(-\d{4}-\d\d-\d\d)?$/],
];

const datasets: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["BigCodeBench", /^bigcodebench$/],
  ["SecCodePLT+", /^seccodeplt[-_]?(\+|plus)?$/],
];

const nameIn = (known: typeof models, name: string): string | undefined =>
  known.find(([, pattern]) => pattern.test(name.toLowerCase()))?.[0];

/**
 * The paper's name of a model, whoever publishes it and however it was tuned: `Qwen/Qwen2.5-Coder-7B-Instruct` is its `Qwen2.5-Coder`;
 * `undefined` for another model or size.
 */
export function publishedModel(name: string): string | undefined {
  return nameIn(models, name.slice(name.lastIndexOf("/") + 1));
}

/** The paper's name of a data set (`seccodeplt`, with its tests, is SecCodePLT+); `undefined` for another. */
export function publishedDataset(name: string): string | undefined {
  return nameIn(datasets, name);
}

/** The paper's models, by its names. */
export const publishedModels: readonly string[] = models.map(([name]) => name);
