import type { SampleState } from "./exchange.js";

/** Leave to use a slot. */
export interface Ticket {
  readonly slot: number;
  /** Takes note of the sample's state; false: it is to be stopped and to come again, `alone` among heavy ones. */
  note(state: SampleState): boolean;
  leave(): void;
}

/** Decides which requests run side by side. */
export interface Admission {
  /** Waits for a slot. `alone`: it has been heavy before, so that it waits until no other heavy one runs. */
  readonly enter: (alone: boolean) => Promise<Ticket>;
}

/**
 * As many samples as there are processors run at a time; one that sleeps leaves its processor to another while a slot is free.
 * Of two that use much memory only the first goes on: the pool's memory is bounded by one heavy sample and many light ones.
 */
export function admission(processors: number, slots: number): Admission {
  const free = Array.from({ length: slots }, (_, slot) => slot).reverse();
  const waiting: { readonly alone: boolean; readonly use: (ticket: Ticket) => void }[] = [];
  let busy = 0;
  let heavy: number | undefined;

  const ticket = (slot: number): Ticket => {
    let isAwake = true;
    const setAwake = (next: boolean) => {
      busy += Number(next) - Number(isAwake);
      isAwake = next;
      admit();
    };
    return {
      slot,
      note(state) {
        if (state !== "heavy") setAwake(state === "awake");
        else if (heavy !== undefined && heavy !== slot) return false;
        else heavy = slot;
        return true;
      },
      leave() {
        if (heavy === slot) heavy = undefined;
        free.push(slot);
        setAwake(false);
      },
    };
  };
  const admit = () => {
    while (busy < processors && free.length > 0) {
      const next = waiting.findIndex(({ alone }) => !alone || heavy === undefined);
      const [chosen] = next < 0 ? [] : waiting.splice(next, 1);
      const slot = chosen === undefined ? undefined : free.pop();
      if (chosen === undefined || slot === undefined) return;
      busy += 1;
      if (chosen.alone) heavy = slot;
      chosen.use(ticket(slot));
    }
  };
  return {
    enter: (alone) =>
      new Promise((use) => {
        waiting.push({ alone, use });
        admit();
      }),
  };
}
