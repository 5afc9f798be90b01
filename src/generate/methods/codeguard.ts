import { z } from "zod";
import { InputError } from "../../error.js";
import type { Constraint, Round } from "../../record/schema/sample.js";
import type { Task } from "../../task/task.js";
import { beamSearch, type Hypothesis } from "../cbs/beamSearch.js";
import { type Chosen, chooseConstraints } from "../cbs/chooseConstraints.js";
import { constraintRows, ConstraintSource } from "../cbs/constraintRows.js";
import { demandOf } from "../cbs/phraseState.js";
import { tokenisations } from "../cbs/tokenisations.js";
import { tokenTrie } from "../cbs/tokenTrie.js";
import { endpointHost } from "../endpointAddress.js";
import { type ExtractedCode, extractCode } from "../extractCode.js";
import { checkRoute, codeTemplate, promptFor } from "../prompts.js";
import { EndpointFault, type TokenPrompt, type TokenSteps } from "../tokens/tokenSteps.js";
import { truncateCompletion } from "../truncateCompletion.js";
import type { Method, MethodContext, MethodResult } from "./method.js";
import { completed } from "./oneRound.js";

/** The options of CodeGuard+; the defaults are those of the authors' release, with transformers' defaults where it sets none. */
export const CodeguardOptions = z.strictObject({
  /** Texts under way at once. */
  beams: z.number().int().positive().default(25),
  /** Likely tokens that each step considers. */
  topN: z.number().int().positive().default(50),
  maxNewTokens: z.number().int().positive().default(300),
  /** Searches, each with a further seed, until one meets all constraints. */
  rounds: z.number().int().positive().default(10),
  /** Of the sampling in the search, which the study's own temperature, often 0, does not decide. */
  temperature: z.number().positive().default(1),
  topP: z.number().positive().max(1).default(1),
  /** Which table of constraints. */
  constraints: ConstraintSource.default("ours"),
});
type Options = z.infer<typeof CodeguardOptions>;

/** What begins the reply of a chat model: an open block of code. */
const openFence = "```python\n";

/**
 * CodeGuard+ (Fu et al. 2024) as the paper ran it: constrained beam sampling, with constraints from the CWEs that the study's scanners reported in the
 * baseline's code for the same task, and hints in the prompt. The client decodes: one request a step for all beams. Where no constraint applies the decoding is the same
 * without any. The code is the most likely one that keeps to all constraints, judged on its text; where no search gives one the sample is `constraintsUnmet`.
 */
export const codeguard: Method = {
  name: "codeguard",
  // The scanners' findings choose its constraints, an advantage that the other methods do not have.
  traits: { access: "partial", weightUpdate: false, promptChange: true, decodingControl: true, externalTool: true },
  needs: ["baseline"],
  options: CodeguardOptions,
  tokenCount: (options) => CodeguardOptions.parse(options).topN,
  check({ name, route, endpoint }, prompt) {
    checkRoute(prompt, route, name);
    if (endpoint !== undefined && endpointHost(endpoint) === "api.openai.com")
      throw new InputError(
        `method "codeguard" decodes token by token, which needs token ids, and api.openai.com gives none: leave it out of the methods of model "${name}"`,
      );
  },
  // One request a token for all beams; each sends again what it generated before.
  most(options) {
    const { rounds, beams, maxNewTokens } = CodeguardOptions.parse(options);
    const calls = rounds * maxNewTokens;
    return { calls, sequences: beams, tokens: calls * beams, carried: (calls * beams * (maxNewTokens - 1)) / 2 };
  },
  async generate(task, context) {
    const options = CodeguardOptions.parse(context.options);
    const chosen = chooseConstraints(context.baseline, constraintRows(options.constraints));
    const rounds: Round[] = [];
    for (let attempt = 0; attempt < options.rounds; attempt += 1) {
      const tried = await search(task, { context, options, chosen, attempt });
      rounds.push(tried.round);
      if (tried.round.reply === null) return { rounds, code: null, status: "endpointFailed" };
      if (tried.accepted !== undefined || attempt + 1 === options.rounds) return { rounds, ...resultOf(tried, chosen) };
    }
    throw new RangeError("codeguard has at least one round");
  },
};

interface Tried {
  readonly round: Round;
  /** The best code that keeps to all constraints. */
  readonly accepted?: ExtractedCode;
  /** What was generated of that or, where there is none, of the best of all, to say which constraints it keeps to. */
  readonly generated: string;
}

function resultOf(
  { accepted, generated }: Tried,
  chosen: Chosen,
): Pick<MethodResult, "code" | "status" | "constraints"> {
  const constraints = keptBy(generated, chosen);
  if (accepted !== undefined) return { ...accepted, constraints };
  const applied = constraints.length > 0;
  return { code: null, status: applied ? "constraintsUnmet" : "empty", constraints };
}

/** Whether generated code keeps to each constraint. As in the authors' release the template that it completes does not count: its phrases satisfy and break nothing. */
function keptBy(code: string, { positive, negative }: Chosen): Constraint[] {
  return [
    ...positive.map((phrases) => ({
      ...{ kind: "positive" as const, phrases: [...phrases] },
      met: phrases.some((phrase) => code.includes(phrase.trim())),
    })),
    ...negative.map((phrase) => ({ kind: "negative" as const, phrases: [phrase], met: !code.includes(phrase) })),
  ];
}

async function search(
  task: Task,
  use: { context: MethodContext; options: Options; chosen: Chosen; attempt: number },
): Promise<Tried> {
  const { context, options, chosen, attempt } = use;
  // Seeds of one sample lie far from those of the next.
  const seed = context.seed + attempt * 1_000_003;
  const { tokens: steps, signal } = context;
  const start = performance.now();
  let prompt: TokenPrompt = { text: "", ids: [] };
  const faults: string[] = [];
  const round = (): Round => ({
    ...{ purpose: "constrained-decode", sent: { prompt: prompt.text }, reply: null, finishReason: null, tokens: null },
    ...{ seconds: Math.round(performance.now() - start) / 1000, endpoint: context.endpoint },
    ...(faults.length === 0 ? {} : { faults }),
  });
  try {
    prompt = await promptOf(task, context, chosen);
    const demands = await Promise.all(
      chosen.positive.map(async (phrases) =>
        demandOf(phrases, (await Promise.all(phrases.map((each) => tokenisations(each, steps)))).flat()),
      ),
    );
    const banned = await Promise.all(chosen.negative.map((phrase) => tokenisations(phrase.trim(), steps)));
    let step = 0;
    const found = await beamSearch({
      ...{ demands, banned: tokenTrie(banned.flat()), bannedTexts: chosen.negative, seed },
      ...{ beams: options.beams, maxNewTokens: options.maxNewTokens },
      ...{ temperature: options.temperature, topP: options.topP },
      next: async (sequences) => {
        step += 1;
        const searches = options.rounds === 1 ? "" : `search ${attempt + 1} of up to ${options.rounds}, `;
        context.tell(`${searches}step ${step} of up to ${options.maxNewTokens}`);
        const fresh = step === 1;
        const onFault = (words: string) => faults.push(words);
        const asked = {
          sequences: sequences.map((ids) => [...prompt.ids, ...ids]),
          count: options.topN,
          fresh,
          onFault,
        };
        return steps.next(asked, signal);
      },
      learn: (ids) => steps.learn(ids),
      pieceOf: (id) => steps.pieceOf(id),
      isEnd: (id) => steps.isEnd(id),
      isOver: overOf(task, context),
    });
    const codes = await Promise.all(
      found.hypotheses.map(async (each) => {
        const text = await textOf(each, prompt, steps);
        const code = codeOf(task, context, { text, ended: each.ended });
        return { each, text, code, generated: generatedOf(task, context, code) };
      }),
    );
    const accepted = codes.find(
      ({ code, generated }) => code.code !== null && keptBy(generated, chosen).every(({ met }) => met),
    );
    const shown = accepted ?? codes[0];
    const { steps: count, forced, outside } = found;
    return {
      round: {
        ...round(),
        reply: shown?.text ?? "",
        finishReason: shown?.each.ended === true ? "stop" : "length",
        tokens: { prompt: prompt.ids.length, completion: shown?.each.ids.length ?? 0 },
        steering: { seed, steps: count, forced, forcedOutOfTopN: outside },
      },
      generated: shown?.generated ?? "",
      ...(accepted === undefined ? {} : { accepted: accepted.code }),
    };
  } catch (thrown) {
    if (!(thrown instanceof EndpointFault)) throw thrown;
    return { round: { ...round(), error: thrown.message }, generated: "" };
  }
}

async function promptOf(task: Task, context: MethodContext, { hints }: Chosen): Promise<TokenPrompt> {
  const sent = promptFor(task, context.prompt, context.route, {
    demand: hints.join(" "),
    templates: context.templates,
  });
  return "prompt" in sent ? context.tokens.prompt(sent.prompt) : context.tokens.chatPrompt(sent.messages, openFence);
}

/** The bytes of U+FFFD, which a server that tells tokens as texts (vLLM) gives for a token that is only a part of a character. */
const brokenPiece = Buffer.from("\uFFFD", "utf8").toString("latin1");

/** The text of a hypothesis; where the pieces of its tokens are none of their own, as the server puts all of them together. */
async function textOf({ ids, text }: Hypothesis, prompt: TokenPrompt, steps: TokenSteps): Promise<string> {
  const own = Buffer.from(text, "latin1").toString("utf8");
  if (!ids.some((id) => steps.pieceOf(id)?.includes(brokenPiece) === true)) return own;
  const [before, whole] = await Promise.all([steps.detokenise(prompt.ids), steps.detokenise([...prompt.ids, ...ids])]);
  return whole.startsWith(before) ? whole.slice(before.length) : own;
}

/** Whether a text has ended without an end token: a chat model's block of code is closed, a completion has left the function. */
function overOf(task: Task, { route }: MethodContext): (text: string) => boolean {
  if (route === "chat") return (text) => text.includes("\n```");
  return (text) => /\n\S/.test(text) && truncateCompletion(codeTemplate(task), text).ended;
}

function codeOf(
  task: Task,
  { route }: MethodContext,
  { text, ended }: { text: string; ended: boolean },
): ExtractedCode {
  const reason = ended ? "stop" : "length";
  if (route === "completion") return completed(task, text, reason);
  return extractCode(openFence + text, task.entryPoint, reason);
}

/** What of a code was generated: all of a reply, a completion without the template. */
function generatedOf(task: Task, { route }: MethodContext, { code }: ExtractedCode): string {
  return route === "completion" ? (code ?? "").slice(codeTemplate(task).length) : (code ?? "");
}
