import { checkAddresses } from "../generate/checkAddresses.js";
import { keyAdvice } from "../generate/keyAdvice.js";
import { planGeneration } from "../generate/planGeneration.js";
import { planWork } from "../generate/planWork.js";
import { templatesOf } from "../generate/promptTemplates.js";
import { notSent } from "../record/notSent.js";
import { openRunAt } from "../record/openRun.js";
import { readRecords } from "../record/readRecords.js";
import { openRunFolder } from "../record/runFolder.js";
import { syncTaskFacts } from "../task/syncTaskFacts.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { planLines } from "./planLines.js";

/** `safelab plan RUN` */
export const addPlan: AddCommand = (root) => {
  root
    .command("plan")
    .description("check a study and say what is still to do")
    .argument("<run>", "run folder")
    .addHelpText("after", examples("safelab plan out/mine"))
    .action(async (folder: string) => {
      const { study, path } = await openRunFolder(folder);
      const loaded = await syncTaskFacts({ study, path });
      const { rows } = await openRunAt(folder);
      const tasks = new Map([...loaded].map(([name, set]) => [name, set.tasks]));
      const samples = await readRecords({ study, path }, "samples");
      const templates = templatesOf({ study, path });
      const advice = checkAddresses(study);
      const { configurations, notGenerated } = planGeneration(study, tasks, samples, { templates });
      const asked = [...configurations.map(({ model }) => model), ...study.judges];
      const keys = keyAdvice(asked, (variable) => process.env[variable]);
      const present = rows.filter(
        ({ sampleStatus }) => sampleStatus !== "missing" && sampleStatus !== "endpointFailed",
      );
      const toGenerate = rows.length - present.length - notGenerated;
      console.log(
        [
          `study      ${study.name}: ${study.datasets.map(({ name }) => name).join(", ")}`,
          `samples    ${rows.length} planned, ${present.length} there, ${toGenerate} to generate, ${notGenerated} to import`,
          ...[...loaded].map(([name, set]) => `tasks      ${name}: ${set.path}`),
          ...planLines(planWork(study, configurations, { tasks, samples, templates })),
          `execute    ${present.filter(({ execution }) => execution === "notRun").length} of those present`,
          `scan       ${present.filter(({ secure }) => secure === "notScanned").length} of those present, with ${study.union.join(", ")}`,
          ...[...notSent(study), ...advice, ...keys].map((sentence) => `note       ${sentence}`),
          `next       safelab run ${folder}`,
        ].join("\n"),
      );
    });
};
