import { z } from "zod";
import type { Constraint, Round } from "../../record/schema/sample.js";
import type { Task } from "../../task/task.js";
import { beamSearch, type Hypothesis } from "../cbs/beamSearch.js";
import { type Chosen, chooseConstraints } from "../cbs/chooseConstraints.js";
import { constraintRows, ConstraintSource } from "../cbs/constraintRows.js";
import { demandOf } from "../cbs/phraseState.js";
import { tokenisations } from "../cbs/tokenisations.js";
import { tokenTrie } from "../cbs/tokenTrie.js";
import { type ExtractedCode, extractCode } from "../extractCode.js";
import { codeTemplate, promptFor } from "../prompts.js";
import { EndpointFault, type TokenPrompt } from "../tokens/tokenSteps.js";
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
      // Seeds of one sample lie far from those of the next.
      const tried = await search(task, { context, options, chosen, seed: context.seed + attempt * 1_000_003 });
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
  /** What stands in its place where there is none, to say which constraints it keeps to. */
  readonly best: string;
}

function resultOf({ accepted, best }: Tried, chosen: Chosen): Pick<MethodResult, "code" | "status" | "constraints"> {
  const constraints = keptBy(accepted?.code ?? best, chosen);
  if (accepted !== undefined) return { ...accepted, constraints };
  const applied = constraints.length > 0;
  return { code: null, status: applied ? "constraintsUnmet" : "empty", constraints };
}

/** Whether a code keeps to each constraint. */
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
  use: { context: MethodContext; options: Options; chosen: Chosen; seed: number },
): Promise<Tried> {
  const { context, options, chosen, seed } = use;
  const { tokens: steps, signal } = context;
  const start = performance.now();
  let prompt: TokenPrompt = { text: "", ids: [] };
  const round = (): Round => ({
    ...{ purpose: "constrained-decode", sent: { prompt: prompt.text }, reply: null, finishReason: null, tokens: null },
    ...{ seconds: Math.round(performance.now() - start) / 1000, endpoint: context.endpoint },
  });
  try {
    prompt = await promptOf(task, context, chosen);
    const demands = await Promise.all(
      chosen.positive.map(async (phrases) =>
        demandOf(phrases, (await Promise.all(phrases.map((each) => tokenisations(each, steps)))).flat()),
      ),
    );
    const banned = await Promise.all(chosen.negative.map((phrase) => tokenisations(phrase.trim(), steps)));
    let fresh = true;
    const found = await beamSearch({
      ...{ demands, banned: tokenTrie(banned.flat()), bannedTexts: chosen.negative, seed },
      ...{ beams: options.beams, maxNewTokens: options.maxNewTokens },
      ...{ temperature: options.temperature, topP: options.topP },
      next: async (sequences) => {
        const asked = { sequences: sequences.map((ids) => [...prompt.ids, ...ids]), count: options.topN, fresh };
        fresh = false;
        return steps.next(asked, signal);
      },
      learn: (ids) => steps.learn(ids),
      pieceOf: (id) => steps.pieceOf(id),
      isEnd: (id) => steps.isEnd(id),
      isOver: overOf(task, context),
    });
    const best = found.hypotheses[0];
    const codes = found.hypotheses.map((each) => ({ each, code: codeOf(task, context, each) }));
    const accepted = codes.find(({ code }) => code.code !== null && keptBy(code.code, chosen).every(({ met }) => met));
    const shown = accepted?.each ?? best;
    const { steps: count, forced, outside } = found;
    return {
      round: {
        ...round(),
        reply: textOf(shown),
        finishReason: shown?.ended === true ? "stop" : "length",
        tokens: { prompt: prompt.ids.length, completion: shown?.ids.length ?? 0 },
        steering: { seed, steps: count, forced, forcedOutOfTopN: outside },
      },
      best: codes[0]?.code.code ?? "",
      ...(accepted === undefined ? {} : { accepted: accepted.code }),
    };
  } catch (thrown) {
    if (!(thrown instanceof EndpointFault)) throw thrown;
    return { round: { ...round(), error: thrown.message }, best: "" };
  }
}

async function promptOf(task: Task, context: MethodContext, { hints }: Chosen): Promise<TokenPrompt> {
  const sent = promptFor(task, context.prompt, context.route, {
    demand: hints.join(" "),
    templates: context.templates,
  });
  return "prompt" in sent ? context.tokens.prompt(sent.prompt) : context.tokens.chatPrompt(sent.messages, openFence);
}

const textOf = (hypothesis: Hypothesis | undefined) => Buffer.from(hypothesis?.text ?? "", "latin1").toString("utf8");

/** Whether a text has ended without an end token: a chat model's block of code is closed, a completion has left the function. */
function overOf(task: Task, { route }: MethodContext): (text: string) => boolean {
  if (route === "chat") return (text) => text.includes("\n```");
  return (text) => /\n\S/.test(text) && truncateCompletion(codeTemplate(task), text).ended;
}

function codeOf(task: Task, { route }: MethodContext, hypothesis: Hypothesis): ExtractedCode {
  const reason = hypothesis.ended ? "stop" : "length";
  if (route === "completion") return completed(task, textOf(hypothesis), reason);
  return extractCode(openFence + textOf(hypothesis), task.entryPoint, reason);
}
