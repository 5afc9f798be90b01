import { addTasks } from "../task/addTasks.js";
import { externalFolder } from "../task/taskFolders.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";

/** `safelab tasks add NAME PATH` */
export const addTasksCommand: AddCommand = (root) => {
  root
    .command("tasks")
    .description("manage the data sets of tasks")
    .command("add")
    .description("check a data set and keep a copy where studies find it")
    .argument("<name>", "name of the data set, e.g. bigcodebench")
    .argument("<path>", "the publisher's file (.jsonl or .jsonl.gz)")
    .addHelpText("after", examples("safelab tasks add bigcodebench ~/Downloads/BigCodeBench.jsonl.gz"))
    .action(async (name: string, path: string) => {
      const { tasks, path: kept } = await addTasks(name, path, externalFolder());
      console.log(`${name}: ${tasks.length} tasks kept in ${kept}`);
    });
};
