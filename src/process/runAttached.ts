import { execa } from "execa";

/** How to start a program that talks to the user directly. */
export interface AttachedOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** Runs a program on this process's own terminal until it ends; an abort asks it to stop. */
export async function runAttached(
  file: string,
  args: readonly string[],
  { env, cwd, signal }: AttachedOptions,
): Promise<{ readonly exitCode: number | null }> {
  const { exitCode } = await execa(file, [...args], {
    env: { ...env },
    extendEnv: false,
    cwd,
    stdio: "inherit",
    reject: false,
    cancelSignal: signal,
    forceKillAfterDelay: 5000,
  });
  return { exitCode: exitCode ?? null };
}
