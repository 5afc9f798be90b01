import { join } from "node:path";
import { z } from "zod";
import { findPython } from "../process/findPython.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { projectRoot } from "../process/projectRoot.js";
import { runProgram } from "../process/runProgram.js";
import type { HealthSubject } from "./healthSubjects.js";

/** One thing that can be wrong with tasks, and the tasks with which it is. */
export interface HealthCheck {
  readonly check: string;
  /** What is counted, in words. */
  readonly what: string;
  /** Tasks that the check can be made for. */
  readonly total: number;
  /** Ids of the tasks at fault, in the order of the data set. */
  readonly tasks: readonly string[];
}

const Look = z.object({ parses: z.array(z.boolean()), defined: z.boolean(), unfit: z.number().int() });
type Look = z.infer<typeof Look>;

async function lookAt(subjects: readonly HealthSubject[]): Promise<Look[]> {
  const { executable } = await findPython();
  const script = join(projectRoot(), "src", "task", "task_health.py");
  const asked = subjects.map(({ codes, entryPoint, cases }) => ({ codes, entryPoint: entryPoint ?? "", cases }));
  const { exitCode, stdout, stderr, notStarted } = await runProgram(executable, ["-I", "-W", "ignore", script], {
    env: hostEnvironment(),
    input: JSON.stringify(asked),
    timeoutMs: 120_000,
  });
  if (exitCode !== 0) throw new Error(`${executable} ${script} failed: ${notStarted || stderr.trim()}`);
  return Look.array().parse(JSON.parse(stdout));
}

/** A quoted path from the root with at least two parts: such a test finds another machine than its author's. */
const absolutePath = /['"]\/[A-Za-z_]+\/[A-Za-z_]/;

/**
 * What is wrong with the tasks of a data set, found without running them: references that do not parse, functions that the reference does not
 * define, names that disagree, the same case twice, arguments that the called function does not take, absolute paths in tests, no tests.
 *
 * @throws SetupError without Python.
 */
export async function taskHealth(subjects: readonly HealthSubject[]): Promise<HealthCheck[]> {
  const looks = await lookAt(subjects);
  const all = subjects.map((subject, at) => ({ subject, look: looks[at] ?? { parses: [], defined: false, unfit: 0 } }));
  const tested = all.filter(({ subject }) => subject.entryPoint !== undefined);
  const check = (name: string, what: string, among: typeof all, isBad: (each: (typeof all)[number]) => boolean) => ({
    ...{ check: name, what, total: among.length },
    tasks: among.filter(isBad).map(({ subject }) => subject.id),
  });
  const called = tested.filter(({ subject }) => subject.cases.length > 0);
  const parses = ({ look }: (typeof all)[number]) => look.parses.every(Boolean);
  return [
    check("unparsed", "a version of its code does not parse", all, (each) => !parses(each)),
    check("untested", "it has no tests", all, ({ subject }) => subject.entryPoint === undefined),
    check(
      "names",
      "another function name stands elsewhere than in its tests",
      tested.filter(({ subject }) => subject.otherNames.length > 0),
      ({ subject }) => subject.otherNames.some((name) => name !== subject.entryPoint),
    ),
    check(
      "undefined",
      "its code does not define the function that is called",
      tested.filter(parses),
      ({ look }) => !look.defined,
    ),
    check(
      "arguments",
      "a case does not fit the arguments of that function",
      called.filter(parses),
      ({ look }) => look.unfit > 0,
    ),
    check(
      "duplicates",
      "a case stands there twice",
      called,
      ({ subject }) => new Set(subject.cases).size < subject.cases.length,
    ),
    check("paths", "its tests hold an absolute path", tested, ({ subject }) => absolutePath.test(subject.tests)),
  ];
}
