import { once } from "node:events";
import type { Command } from "commander";
import { openLabelSession, type SessionOptions } from "../label/labelSession.js";
import { serveLabels } from "../label/serveLabels.js";
import { examples } from "./examples.js";
import { openForWork, withBreakLock, type LockOption } from "./openForWork.js";
import { wholeNumber } from "./wholeNumber.js";

interface PageOptions extends LockOption {
  readonly annotator: string;
  readonly question: string;
  readonly port?: number;
}

const pages = [
  {
    name: "serve",
    role: "annotator",
    description: "open the page on which one person labels the drawn samples",
    annotator: "your name; your answers go to labels.NAME.jsonl",
    example: "safelab label serve out/mine --annotator ada",
  },
  {
    name: "adjudicate",
    role: "adjudicator",
    description: "open the page on which a third person decides where annotators differ",
    annotator: "the name of who decides; not one of the annotators",
    example: "safelab label adjudicate out/mine --annotator eve",
  },
] as const;

/** `safelab label serve RUN` and `safelab label adjudicate RUN` */
export function addLabelPages(label: Command, signal: AbortSignal): void {
  for (const { name, role, description, annotator, example } of pages) {
    withBreakLock(label.command(name))
      .description(description)
      .argument("<run>", "run folder")
      .requiredOption("--annotator <name>", annotator)
      .option("--question <name>", "question", "security")
      .option("--port <n>", "port on this machine (default: a free one)", wholeNumber(1, 65_535))
      .addHelpText("after", examples(example))
      .action(async (folder: string, { question, annotator, port, ...lock }: PageOptions) => {
        await openForWork(folder, lock);
        await serve(folder, { question, annotator, role }, { port, signal });
      });
  }
}

async function serve(
  folder: string,
  options: SessionOptions,
  { port, signal }: { readonly port: number | undefined; readonly signal: AbortSignal },
): Promise<void> {
  const session = await openLabelSession(folder, options);
  try {
    if (session.total === 0) {
      console.log(`nothing to decide: no two annotators differ on ${options.question}`);
      return;
    }
    const server = await serveLabels(session, port === undefined ? {} : { port });
    console.log(`${session.answered()} of ${session.total} samples answered. Open this address, Ctrl-C ends:`);
    console.log(server.url);
    if (!signal.aborted) await once(signal, "abort");
    await server.close();
    console.log(`${session.answered()} of ${session.total} samples answered`);
  } finally {
    await session.close();
  }
}
