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

function together(known: readonly PlannedSeconds[]): string {
  const counts = known.map(({ atOnce }) => atOnce);
  const most = Math.max(...counts);
  if (most === 1) return "one after the other";
  return `${counts.every((count) => count === most) ? "" : "up to "}${most} at a time`;
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
  const unknown = works.filter(({ seconds }) => seconds === undefined).map(({ method }) => method);
  if (known.length > 0) {
    const total = sum(known.map((each) => each.total / each.atOnce));
    const gpu = gpus === undefined ? "" : `, ${((gpus * total) / 3600).toPrecision(2)} GPU-hours on ${gpus}`;
    lines.push(
      `time       ${name}: ${timeText(total)} of requests ${together(known)}${gpu}, as the ${sum(known.map(({ measured }) => measured))} samples that are there took`,
    );
  }
  if (unknown.length > 0)
    lines.push(`time       ${name}: not measured yet for ${unknown.join(", ")}: generate some samples and plan again`);
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
