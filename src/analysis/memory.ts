/**
 * Answers to what tables and figures ask of the same object many times, such as the configurations of a run's rows: each is found once and
 * kept as long as the object is. The object must not change meanwhile.
 *
 * @returns the answer for an object; `detail` says what else it depends on, `find` makes it
 */
export function memory<V extends object>(): (object: object, detail: string, find: () => V) => V {
  const known = new WeakMap<object, Map<string, V>>();
  return (object, detail, find) => {
    let answers = known.get(object);
    if (answers === undefined) known.set(object, (answers = new Map<string, V>()));
    let answer = answers.get(detail);
    if (answer === undefined) answers.set(detail, (answer = find()));
    return answer;
  };
}
