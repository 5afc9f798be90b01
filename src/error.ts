/**
 * A mistake that the caller can mend: a wrong path, an unknown name, a malformed line.
 * The command line prints the message alone and ends with exit code 2.
 */
export class InputError extends Error {
  override name = "InputError";
}

/**
 * Something that this machine lacks: Python, bubblewrap, a scanner, a model.
 * The message carries the command that installs it. The command line ends with exit code 3.
 */
export class SetupError extends Error {
  override name = "SetupError";
}

/** A server that is not there now, and may be later: what does not need it can go on. */
export class UnreachableError extends SetupError {}

/** The user stopped the work (Ctrl-C, an abort signal). The command line ends with exit code 130. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/**
 * The sentence of any thrown value, for use inside another sentence. Of a failed call to the operating system only its words: the
 * sentence around it names the path already.
 *
 * @example reasonOf(cause) // "no such file or directory", of "ENOENT: no such file or directory, open '/data/x.jsonl'"
 */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { message, syscall } = thrown as NodeJS.ErrnoException;
  const words = syscall === undefined ? null : /^E[A-Z0-9]+: (.+?), [a-z]+(?: '.*)?$/s.exec(message);
  return words?.[1] ?? message;
}
