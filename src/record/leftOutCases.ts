/**
 * What an execution says of cases that its task has and that its reference cannot decide: they are no known cases, and the record does not
 * list them. Part of its `reason`.
 *
 * @example leftOutText({ count: 2, of: 5, why: "the reference's result is not plain data" })
 */
export function leftOutText({ count, of, why }: { count: number; of: number; why: string }): string {
  return `${count} of ${of} cases left out: ${why}`;
}

/** How many of the cases of a task the `reason` of an execution says were left out (`leftOutText`); 0 where it speaks of another number of cases. */
export function leftOutIn(reason: string, cases: number): number {
  const told = [...reason.matchAll(/(?:^|; )(\d+) of (\d+) cases left out: /g)];
  const own = told.filter(([, , of]) => Number(of) === cases);
  return own.reduce((sum, [, count]) => sum + Number(count), 0);
}
