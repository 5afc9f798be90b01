import { openRunAt } from "../record/openRun.js";
import { openRunFolder } from "../record/runFolder.js";
import { syncTaskFacts } from "../task/syncTaskFacts.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";

/** `safelab plan RUN` */
export const addPlan: AddCommand = (root) => {
  root
    .command("plan")
    .description("check a study and say what is still to do")
    .argument("<run>", "run folder")
    .addHelpText("after", examples("safelab plan out/mine"))
    .action(async (folder: string) => {
      await syncTaskFacts(await openRunFolder(folder));
      const { run, rows } = await openRunAt(folder);
      const { study } = run;
      const present = rows.filter(
        ({ sampleStatus }) => sampleStatus !== "missing" && sampleStatus !== "endpointFailed",
      );
      const calls = rows.length - present.length;
      console.log(
        [
          `study      ${study.name}: ${study.datasets.map(({ name }) => name).join(", ")}`,
          `samples    ${rows.length} planned, ${calls} to generate (at most ${calls * study.decoding.maxTokens} tokens)`,
          `execute    ${present.filter(({ execution }) => execution === "notRun").length} of those present`,
          `scan       ${present.filter(({ secure }) => secure === "notScanned").length} of those present, with ${study.union.join(", ")}`,
          `next       safelab run ${folder}`,
        ].join("\n"),
      );
    });
};
