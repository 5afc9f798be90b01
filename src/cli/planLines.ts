import type { PlannedSeconds, PlannedWork } from "../generate/planWork.js";

const whole = (value: number) => Math.ceil(value).toLocaleString("en");
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Hours with two significant digits, minutes below one. */
function timeText(seconds: number): string {
  return seconds < 3600 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toPrecision(2)} h`;
}

function workLine({ model, method, samples, calls, isMost, sequences, tokens }: PlannedWork): string {
  const each = sequences === 1 ? "" : ` of ${sequences} sequences`;
  return `generate   ${model.name} ${method}: ${whole(samples)} samples, ${isMost ? "up to " : ""}${whole(calls)} calls${each}, up to ${whole(tokens)} tokens`;
}

function together(known: readonly Pick<PlannedSeconds, "atOnce">[]): string {
  const counts = known.map(({ atOnce }) => atOnce);
  const most = Math.max(...counts);
  if (most === 1) return "one after the other";
  return `${counts.every((count) => count === most) ? "" : "up to "}${most} at a time`;
}

const methodsOf = (works: readonly PlannedWork[]) => works.map(({ method }) => method).join(", ");

/** What is reckoned on an assumption, by that. */
function byAssumption(works: readonly PlannedWork[]): Map<string, PlannedWork[]> {
  const groups = new Map<string, PlannedWork[]>();
  for (const work of works)
    if (work.assumed !== undefined) groups.set(work.assumed.why, [...(groups.get(work.assumed.why) ?? []), work]);
  return groups;
}

/** Cost and time of one model's work. */
function modelLines(works: readonly PlannedWork[]): string[] {
  const first = works[0];
  if (first === undefined) return [];
  const { name, price, gpus } = first.model;
  const lines = [];
  if (price !== undefined)
    lines.push(
      `cost       ${name}: up to ${sum(works.map(({ cost = 0 }) => cost)).toFixed(2)} ${price.currency}, ` +
        `with about ${whole(sum(works.map(({ promptTokens }) => promptTokens)))} tokens of prompts (4 characters each)`,
    );
  const known = works.flatMap(({ seconds }) => seconds ?? []);
  const gpuText = (seconds: number) =>
    gpus === undefined ? "" : `, ${((gpus * seconds) / 3600).toPrecision(2)} GPU-hours on ${gpus}`;
  if (known.length > 0) {
    const total = sum(known.map((each) => each.total / each.atOnce));
    const most = sum(known.map((each) => (each.most ?? each.total) / each.atOnce));
    const up = known.some((each) => each.most !== undefined)
      ? ` (up to ${timeText(most)} where every sample makes all its calls)`
      : "";
    lines.push(
      `time       ${name}: ${timeText(total)} of requests ${together(known)}${up}${gpuText(total)}, as the ${sum(known.map(({ measured }) => measured))} samples that are there took`,
    );
  }
  for (const [why, group] of byAssumption(works)) {
    const assumed = group.flatMap((each) => each.assumed ?? []);
    const most = sum(assumed.map((each) => each.most / each.atOnce));
    lines.push(
      `time       ${name}: up to ${timeText(most)} of requests ${together(assumed)}${gpuText(most)} for ${methodsOf(group)}, ` +
        `which ${group.length === 1 ? "is" : "are"} not measured yet, assuming that ${why}`,
    );
  }
  const unknown = works.filter(({ seconds, assumed }) => seconds === undefined && assumed === undefined);
  if (unknown.length > 0)
    lines.push(`time       ${name}: not measured yet for ${methodsOf(unknown)}: generate some samples and plan again`);
  return lines;
}

/** What is to be generated, by model and method, and what it costs and takes, by model. */
export function planLines(works: readonly PlannedWork[]): string[] {
  const models = [...new Set(works.map(({ model }) => model.name))];
  const isMost = works.some((work) => work.isMost);
  return [
    ...works.map(workLine),
    ...(works.length < 2
      ? []
      : [
          `together   ${isMost ? "up to " : ""}${whole(sum(works.map(({ calls }) => calls)))} calls, up to ${whole(sum(works.map(({ tokens }) => tokens)))} tokens`,
        ]),
    ...models.flatMap((name) => modelLines(works.filter(({ model }) => model.name === name))),
  ];
}
