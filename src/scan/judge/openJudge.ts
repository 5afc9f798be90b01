import { type OpenModel, openModel, type OpenModelOptions } from "../../generate/openModel.js";
import type { StudyJudge } from "../../record/schema/study.js";
import type { OpenJudge } from "./judgeCode.js";
import { judgeMessages, judgePromptHash, replySchema } from "./prompt.js";

/** A judge with what closes it. */
export interface ReachedJudge extends OpenJudge, Pick<OpenModel, "concurrency" | "close"> {}

/**
 * Opens a judge of the study, starting the embedded model where it is meant, and finds out whether its server holds replies to a JSON
 * schema (`response_format`): one that refuses the request is asked without.
 *
 * @throws SetupError, InputError where the judge cannot be used, InterruptedError when `signal` was aborted.
 */
export async function openJudge(judge: StudyJudge, seed: number, options: OpenModelOptions): Promise<ReachedJudge> {
  const { unsupported = [] } = judge;
  const model = await openModel({ ...judge, route: "chat" }, options);
  try {
    const probe = await model.endpoint.ask(
      {
        sent: { messages: judgeMessages("x = 1") },
        ...{ seed, temperature: 0, topP: 1, maxTokens: 1, unsupported, schema: replySchema },
      },
      options.signal,
    );
    const isConstrained = probe.ok;
    const promptHash = judgePromptHash(isConstrained, seed, unsupported);
    return {
      name: judge.name,
      endpoint: model.endpoint,
      isConstrained,
      promptHash,
      seed,
      unsupported,
      concurrency: model.concurrency,
      close: () => model.close(),
    };
  } catch (error) {
    await model.close();
    throw error;
  }
}
