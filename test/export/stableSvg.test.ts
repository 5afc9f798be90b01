import { expect, test } from "vitest";
import { stableSvg } from "../../src/export/stableSvg.js";

const drawing = (id: string) =>
  `<svg><clipPath id="clip${id}xy"><rect/></clipPath><g y="1" class="a" clip-path="url(#clip${id}xy)"/>` +
  `<g style="fill: url(&quot;#p${id}&quot;);"/><pattern id="p${id}"/><use xlink:href="#clip${id}xy"/></svg>`;

test("ids are numbered, and everything that refers to them follows", () => {
  expect(stableSvg(drawing("9f3"), "f")).toBe(
    '<svg><clipPath id="f-1"><rect/></clipPath><g class="a" clip-path="url(#f-1)" y="1"/>' +
      '<g style="fill: url(&quot;#f-2&quot;);"/><pattern id="f-2"/><use xlink:href="#f-1"/></svg>',
  );
});

test("drawings that differ in random ids and in the order of attributes become equal", () => {
  const reordered = drawing("b").replace('y="1" class="a"', 'class="a" y="1"');
  expect(stableSvg(reordered, "f")).toBe(stableSvg(drawing("a"), "f"));
});

test("text that looks like a tag's attribute is left alone", () => {
  expect(stableSvg('<text x="1">b="2" a="1"</text>', "f")).toBe('<text x="1">b="2" a="1"</text>');
});
