import { InputError } from "../error.js";
import { addSecCodePlt, type AddedSecCodePlt } from "../task/addSecCodePlt.js";
import { addTasks } from "../task/addTasks.js";
import { bytesOf, textIn } from "../task/fileBytes.js";
import type { LoadedTasks } from "../task/readTaskFile.js";
import { isSecCodePltText, secCodePltBeside } from "../task/secCodePltBeside.js";
import { externalFolder } from "../task/taskFolders.js";
import { embeddedModel } from "../generate/embeddedServer.js";
import { addedLines } from "./addedLines.js";
import { collect } from "./collect.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { type BuildOptions, buildTests } from "./tasksBuild.js";
import { type HealthOptions, tasksHealth } from "./tasksHealth.js";
import { type ReviewOptions, reviewCases } from "./tasksReview.js";
import { wholeNumber } from "./wholeNumber.js";

interface AddOptions {
  readonly tests?: string;
  readonly fixtures?: string;
}

/** Files of SecCodePLT become one file of tasks, which is all that a study needs; others are copied as they are. */
async function added(name: string, path: string, options: AddOptions): Promise<LoadedTasks | AddedSecCodePlt> {
  const { tests, fixtures } = options;
  if (tests === undefined && fixtures === undefined)
    return name === "seccodeplt" && isSecCodePltText(textIn(await bytesOf(path), path))
      ? addSecCodePlt(name, secCodePltBeside(path), externalFolder())
      : addTasks(name, path, externalFolder());
  if (tests === undefined) throw new InputError("--fixtures goes with --tests: give the tests of SecCodePLT+ as well");
  return addSecCodePlt(name, { tasks: path, tests, ...(fixtures === undefined ? {} : { fixtures }) }, externalFolder());
}

/** `safelab tasks health NAME` and `safelab tasks add NAME PATH` */
export const addTasksCommand: AddCommand = (root, signal) => {
  const tasks = root.command("tasks").description("manage the data sets of tasks");
  tasks
    .command("health")
    .description("count what is wrong with the tasks of a data set")
    .argument("<name>", "name of the data set, e.g. seccodeplt")
    .option("--names <file>", "SecCodePLT+: JSON from task id to function name, to be compared with the tests")
    .option("--file <path>", "count in this file, e.g. the publisher's, in place of the one that studies read")
    .option("--tests <path>", "SecCodePLT+: the tests that go with --file (default: beside it)")
    .option("--execute", "also run every reference in the sandbox: which do not pass their own tests")
    .option("--json <file>", "write the ids of all tasks at fault to this file")
    .addHelpText(
      "after",
      examples(
        "safelab tasks health seccodeplt --json health.json",
        "safelab tasks health seccodeplt --file seccode.json --tests data/unittest",
        "safelab tasks health demo-cases --execute",
      ),
    )
    .action((name: string, options: Omit<HealthOptions, "signal">) => tasksHealth(name, { ...options, signal }));
  tasks
    .command("build-tests")
    .description("have a model propose test cases, try them on the references, and keep them for review")
    .argument("<name>", "data set with tasks of the cases style, e.g. demo-cases")
    .requiredOption("--out <file>", "file of records to which is added (.jsonl)")
    .option("--model <name>", "name of the model", embeddedModel)
    .option("--endpoint <url>", "address of an OpenAI-compatible server", "embedded")
    .option("--task <id>", "only this task, repeatable", collect)
    .option("--count <n>", "inputs to ask for, 1 to 50", wholeNumber(1, 50), 5)
    .option("--seed <n>", "seed of the model", wholeNumber(0), 1)
    .addHelpText("after", examples("safelab tasks build-tests demo-cases --task demo-c12 --out out/cases.jsonl"))
    .action((name: string, options: Omit<BuildOptions, "signal">) => buildTests(name, { ...options, signal }));
  tasks
    .command("review")
    .description("list generated test cases, decide about one, or write what is kept as a data set")
    .argument("<file>", "file of records that build-tests made")
    .option("--open", "list only cases about which nobody has decided")
    .option("--task <id>", "the task of the case, or whose cases to list")
    .option("--case <id>", "the case to decide about, e.g. g3")
    .option("--strike", "leave the case out")
    .option("--accept", "keep the case as it is, also after a strike")
    .option(
      "--edit <inputs>",
      "keep it with other inputs, a JSON object or a file with one; tried on the reference first",
    )
    .option("--who <name>", "who decided")
    .option("--why <text>", "the reason")
    .option("--write <file>", "write the reviewed tasks as a data set, NAME-tasks.jsonl")
    .addHelpText(
      "after",
      examples(
        "safelab tasks review out/cases.jsonl --open",
        'safelab tasks review out/cases.jsonl --case g2 --strike --who ann --why "the same as g1"',
        "safelab tasks review out/cases.jsonl --write out/mine-tasks.jsonl",
      ),
    )
    .action((file: string, options: Omit<ReviewOptions, "signal">) => reviewCases(file, { ...options, signal }));
  tasks
    .command("add")
    .description("check a data set and keep a copy where studies find it")
    .argument("<name>", "name of the data set, e.g. bigcodebench or seccodeplt")
    .argument("<path>", "the publisher's file, or tasks of your own (.jsonl or .jsonl.gz)")
    .option("--tests <path>", "SecCodePLT+: its tests, a folder of task folders or .jsonl(.gz)")
    .option("--fixtures <file>", "SecCodePLT+: JSON with the directories and files that its tests expect")
    .addHelpText(
      "after",
      '\nThe form of tasks of your own: environment.md, under "Tasks of your own", with an example.',
    )
    .addHelpText(
      "after",
      examples(
        "safelab tasks add mine mine.jsonl",
        "safelab tasks add bigcodebench ~/Downloads/BigCodeBench.jsonl.gz",
        "safelab tasks add seccodeplt seccode.json --tests data/unittest --fixtures fixtures.json",
      ),
    )
    .action(async (name: string, path: string, options: AddOptions) => {
      console.log(addedLines({ ...options, path }, await added(name, path, options)).join("\n"));
    });
};
