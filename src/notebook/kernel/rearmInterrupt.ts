/**
 * Makes interrupts reach the process's own listeners again after a cell's synchronous part. While that runs, Node hands
 * them to the cell and sets the listeners aside; a listener that the cell itself adds (execa does) is then connected to nothing,
 * and takes all others with it: the next interrupt would end the process. Connected anew, all are heard.
 */
export function rearmInterrupt(): void {
  const listeners = process.rawListeners("SIGINT") as NodeJS.SignalsListener[];
  process.removeAllListeners("SIGINT");
  for (const listener of listeners) process.on("SIGINT", listener);
}
