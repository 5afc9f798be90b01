/** The kernel "TypeScript (safelab)": tslab with safelab's manners. Usage: `node dist/notebook/kernel/main.js CONNECTION_FILE`. */
import tslab from "tslab/dist/main.js";
import { hookTslab } from "./hookTslab.js";
import { importFromAnywhere } from "./importFromAnywhere.js";

hookTslab();
importFromAnywhere(process.cwd());
// A tslab that lies beside the notebook would start without the hooks.
tslab.startKernel({ configPath: process.argv[2] ?? "", enableFindLocal: false });
