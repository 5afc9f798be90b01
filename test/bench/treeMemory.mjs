import { readdirSync, readFileSync } from "node:fs";

const textOf = (pid, name) => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return ""; // Gone in the meantime.
  }
};

/** MiB that the processes below one hold now; what several share is counted once. */
function treeMiB(root) {
  const parents = new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [Number(pid), Number(textOf(pid, "stat").split(") ").at(-1)?.split(" ")[1])]),
  );
  const isBelow = (pid) => parents.has(pid) && (parents.get(pid) === root || isBelow(parents.get(pid)));
  const kib = [...parents.keys()].filter(isBelow).map((pid) => /^Pss:\s+(\d+)/m.exec(textOf(pid, "smaps_rollup"))?.[1]);
  return kib.reduce((sum, each) => sum + Number(each ?? 0), 0) / 1024;
}

/** Looks every other second at the memory of the processes below one; `stop()` says the most there was, in MiB. */
export function watchMemory(root) {
  let most = 0;
  const look = () => (most = Math.max(most, treeMiB(root)));
  const timer = setInterval(look, 2000);
  return {
    stop() {
      clearInterval(timer);
      return Math.round(most);
    },
  };
}
