import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ExecuteJob, executeSamples } from "../../src/execute/executeSamples.js";
import { findInterpreter } from "../../src/execute/interpreter.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import type { Execution, Limits } from "../../src/record/schema/execution.js";
import { casesToy, honest, toyNames, unittestToy } from "./toyTasks.js";

/** What each file must come to, in style unittest and in style cases; `|` parts what may differ between machines. */
const expected: Record<string, readonly [unittest: string, cases: string]> = {
  forge_any: ["tampered", "failed"],
  forge_choosy_liar: ["tampered", "failed"],
  forge_equality_function: ["tampered", "failed"],
  forge_failure_exception: ["tampered", "failed"],
  forge_outcome: ["tampered", "failed"],
  forge_recorder: ["tampered|failed", "failed"],
  h01_fork_bomb: ["timedOut", "timedOut"],
  // On a busy machine its chains may use up the sample's processes, and a later test of its own cannot fork.
  h02_fork_chain: ["passed|failed", "passed|failed"],
  h03_memory_bomb: ["failed", "failed"],
  h04_memory_split: ["crashed", "crashed"],
  h05_disk_one_file: ["failed", "failed"],
  h06_disk_many_files: ["passed", "passed"],
  h07_memfd_and_shm: ["passed", "passed"],
  h08_endless_stdout: ["timedOut", "timedOut"],
  h09_both_streams: ["passed|timedOut", "passed|timedOut"],
  h10_one_huge_line: ["passed|timedOut", "passed|timedOut"],
  h11_all_descriptors: ["passed", "passed"],
  h12_spin_in_c: ["timedOut", "timedOut"],
  h13_product: ["failed", "failed"],
  h14_huge_power: ["timedOut", "timedOut"],
  h15_recursion: ["failed|crashed", "failed|crashed"],
  h15_segfault: ["crashed", "crashed"],
  h16_gzip_bomb: ["failed", "failed"],
  h17_sparse_file: ["passed", "passed"],
  h18_sleep: ["timedOut", "timedOut"],
  h19_read_stdin: ["passed", "passed"],
  h20_endless_import: ["timedOut", "timedOut"],
  h21_ignore_signals: ["timedOut", "timedOut"],
  h23_daemon_holds_stdout: ["passed", "passed"],
  h24_kill_all: ["failed", "failed"],
  h24_kill_parent: ["passed", "passed"],
  h25_trace_others: ["passed", "passed"],
  h26_endless_thread: ["passed", "passed"],
  h27_atexit_loop: ["passed", "passed"],
  h28_atexit_report: ["failed", "failed"],
  h29_exec: ["crashed", "crashed"],
  h30_stop_self: ["timedOut", "timedOut"],
  h31_zombie_flood: ["passed", "passed"],
  h32_slow_the_watch: ["timedOut|failed", "timedOut|failed"],
  h33_nested_namespaces: ["passed", "passed"],
  h34_signal_storm: ["passed", "passed"],
  h33_refused_calls: ["passed", "passed"],
  h35_write_outside: ["passed", "passed"],
  h36_climb_out: ["passed", "passed"],
  h37_symbolic_link: ["passed", "passed"],
  h38_swap_work_folder: ["passed", "passed"],
  h39_hard_link: ["passed", "passed"],
  h40_fifo: ["passed", "passed"],
  h41_close_folders: ["passed", "passed"],
  h42_odd_names: ["passed", "passed"],
  h43_deep_folder: ["passed", "passed"],
  h44_read_parent: ["passed", "passed"],
  h44_read_secrets: ["passed", "passed"],
  h45_look_for_others: ["passed", "passed"],
  h46_find_answers: ["passed", "passed"],
  h48_plant_modules: ["passed", "passed"],
  h49_remove_everything: ["passed", "passed|failed"],
  h50_rights: ["passed", "passed"],
  h51_connect_out: ["passed", "passed"],
  h52_resolve_names: ["passed", "passed"],
  h54_unix_sockets: ["passed", "passed"],
  h55_raw_sockets: ["passed", "passed"],
  h56_same_port: ["passed", "passed"],
  h57_os_exit_at_import: ["crashed", "crashed"],
  h57_quit: ["failed", "failed"],
  h57_raise_system_exit: ["failed", "failed"],
  h57_sys_exit_at_import: ["failed", "failed"],
  h58_os_exit_in_call: ["crashed", "crashed"],
  h58_sys_exit_in_call: ["failed", "failed"],
  h59_base_exception: ["failed", "failed"],
  h59_keyboard_interrupt: ["failed", "failed"],
  h59_skip: ["failed", "failed"],
  h60_empty_loader: ["tampered", "failed"],
  h60_patch_assert: ["tampered", "failed"],
  h60_patch_code: ["tampered", "failed"],
  h60_patch_result: ["tampered", "failed"],
  h60_patch_run: ["tampered", "failed"],
  h60_patch_run_in_call: ["tampered", "failed"],
  h61_swap_others: ["passed", "passed"],
  h61_swap_unittest: ["tampered", "failed"],
  h62_patch_builtins: ["tampered", "failed"],
  h63_frames_then_exit: ["crashed", "crashed"],
  h63_walk_frames: ["failed|tampered", "failed"],
  h64_class_property: ["tampered", "failed"],
  h64_equal_to_everything: ["tampered", "failed"],
  h64_hidden_in_a_list: ["tampered", "failed"],
  h64_str_subclass: ["tampered", "failed"],
  h65_right_on_second_call: ["failed", "failed"],
  h66_trace: ["failed|tampered", "failed"],
  h67_write_memory: ["failed|tampered|crashed", "failed|crashed"],
  h68_build_class: ["tampered", "failed"],
  h68_init_subclass: ["tampered", "failed"],
  h68_replace_tests_in_call: ["tampered", "failed"],
  h69_only_when_tested: ["failed", "failed"],
  h70_replace_stdout: ["passed", "passed"],
  h71_close_descriptors: ["crashed", "crashed"],
  h72_fake_protocol: ["failed", "failed"],
  h73_reopen_everything: ["failed|tampered", "failed|tampered"],
  h73_write_everywhere: ["tampered", "tampered"],
  h74_guess_the_secret: ["tampered", "tampered"],
  h75_mutate_arguments: ["passed", "passed"],
  h76_change_the_process: ["passed", "passed"],
  h77_stop_the_clock: ["passed", "passed"],
  h78_warnings_are_errors: ["passed", "passed"],
  h82_huge_value: ["failed", "failed"],
  h86_exception_that_is_huge: ["failed", "failed"],
  h86_exception_that_raises: ["failed", "failed"],
  h87_no_python: ["failed", "failed"],
  h87_only_comments: ["failed", "failed"],
  h88_helper_first: ["passed", "passed"],
};

const folder = join(import.meta.dirname, "hostile");
const files = readdirSync(folder).filter((name) => name.endsWith(".py"));
// Samples that use up their time get little of it, the others plenty: the machine may be busy.
const short = { wallSeconds: 2.5, cpuSeconds: 30 };
const limits: Limits = { wallSeconds: 30, cpuSeconds: 30, memoryMib: 256, processes: 12, fileMib: 3, outputKib: 16 };

// Files that remove, kill and fill: nothing of them may run where the sandbox is not.
const guard = `
import os as _os
assert _os.path.exists("/harness/main.py") and _os.getuid() == 1000 and not _os.path.exists("/etc/shadow")
del _os
`;

const probe = await probeIsolation();
const results = new Map<string, Execution>();
let connections = 0;
let outside = "";
const left: string[] = [];

async function processesWith(word: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      if (command.includes(word)) found.push(command);
    } catch {
      // Gone in the meantime.
    }
  }
  return found;
}

async function runAll(jobs: readonly ExecuteJob[], bounds: Limits): Promise<void> {
  if (!probe.ok) return;
  const interpreter = await findInterpreter();
  const options = {
    isolation: probe.isolation,
    interpreter,
    limits: bounds,
    environment: "e",
    exceptions: "typeAndMessage",
  } as const;
  for await (const outcome of executeSamples(jobs, { ...options, workers: 3 })) {
    if (outcome.kind === "executed") results.set(outcome.execution.testHash, outcome.execution);
  }
}

/** The live server's address: tests that run beside this one dial ports of 127.0.0.1 that nobody listens on any more. */
const host = "127.83.76.66";
const abstract = `safelab-hostile-${process.pid}`;

describe.skipIf(!probe.ok)("hostile samples in the sandbox", () => {
  const listener = () =>
    createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
  const [server, onPath, onName] = [listener(), listener(), listener()];

  beforeAll(async () => {
    outside = await mkdtemp(join(tmpdir(), "safelab-hostile-"));
    await writeFile(join(outside, "marker"), "SAFELAB-MARKER");
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await new Promise<void>((resolve) => onPath.listen(join(outside, "socket"), resolve));
    await new Promise<void>((resolve) => onName.listen(`\0${abstract}`, resolve));
    const secret = "SAFELAB-SECRET-OF-THE-HOST";
    process.env["SAFELAB_TEST_SECRET"] = secret;
    const read = (file: string) =>
      readFileSync(join(folder, file), "utf8")
        .replaceAll("__FOLDER__", outside)
        .replaceAll("__HOST__", host)
        .replaceAll("__PORT__", String(port))
        .replaceAll("__ABSTRACT__", abstract)
        .replaceAll("__SECRET__", secret);
    const jobs = files.flatMap((file) =>
      [unittestToy, casesToy].flatMap((task) => {
        const job = (kind: string, text: string) => ({
          task,
          testHash: `${kind} ${basename(file, ".py")} ${task.style}`,
          text,
          names: toyNames,
        });
        return [job("hostile", guard + read(file)), job("honest", honest)];
      }),
    );
    const usesUpItsTime = ({ testHash, task }: ExecuteJob) =>
      testHash.startsWith("hostile") &&
      expected[testHash.split(" ")[1] ?? ""]?.[task.style === "unittest" ? 0 : 1] === "timedOut";
    await Promise.all([
      runAll(
        jobs.filter((job) => !usesUpItsTime(job)),
        limits,
      ),
      runAll(jobs.filter(usesUpItsTime), { ...limits, ...short }),
    ]);
    left.push(...(await processesWith(`\0${limits.fileMib * 2 ** 20}\0`)));
  }, 300_000);

  afterAll(async () => {
    for (const each of [server, onPath, onName]) each.close();
    delete process.env["SAFELAB_TEST_SECRET"];
    await rm(outside, { recursive: true, force: true });
  });

  test("every file has an expected verdict", () => {
    expect(files.map((file) => basename(file, ".py")).sort()).toEqual(Object.keys(expected).sort());
  });

  test.each(Object.entries(expected))("%s gets its verdict in both styles", (name, [unittest, cases]) => {
    const verdicts = (["unittest", "cases"] as const).map((style) => results.get(`hostile ${name} ${style}`));
    const told = JSON.stringify(
      verdicts.map((verdict) => verdict && { ...verdict, output: verdict.output.slice(-500) }),
    );
    expect(unittest.split("|"), told).toContain(verdicts[0]?.status);
    expect(cases.split("|"), told).toContain(verdicts[1]?.status);
  });

  test("every honest sample beside and after a hostile one passes", () => {
    const honestOnes = [...results].filter(([key]) => key.startsWith("honest"));
    expect(honestOnes).toHaveLength(2 * files.length);
    expect(honestOnes.filter(([, { status }]) => status !== "passed")).toEqual([]);
  });

  test("no sample ends later than half a second after its time", () => {
    const timedOut = [...results].filter(([, { status, seconds }]) => status === "timedOut" && seconds < 10);
    expect(timedOut.length).toBeGreaterThan(10);
    const late = timedOut.filter(([, { seconds }]) => seconds > short.wallSeconds + 0.5);
    expect(late.map(([key, { seconds }]) => [key, seconds])).toEqual([]);
  });

  test("output is cut at its bound", () => {
    const longest = Math.max(...[...results.values()].map(({ output }) => output.length));
    expect(longest).toBe(limits.outputKib * 1024);
  });

  test("no process is left", () => {
    expect(left).toEqual([]);
  });

  test("nothing reached the live server or the live folder outside", async () => {
    expect(connections).toBe(0);
    expect(await readdir(outside), "a socket's path has at most 107 characters: is TMPDIR too long?").toEqual([
      "marker",
      "socket",
    ]);
    // The control: the same connections work from out here.
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("the server is dead");
    const doors = [{ port: address.port, host }, { path: join(outside, "socket") }, { path: `\0${abstract}` }];
    for (const door of doors) await once(connect(door), "connect");
  });
});
