import type { Figure } from "../../src/figure/figure.js";

/** A small figure with what is drawn at random or late in Plotly: clip paths, patterns, a legend, error bars. */
export const sampleFigure: Figure = {
  id: "figure0",
  title: 'Secure@1 & "Pass@1"',
  alt: 'Bars of two methods: "base" is <higher>.',
  notes: [],
  data: ["Base", "SVEN"].map((name, index) => ({
    type: "bar",
    name,
    x: ["Bandit", "Case"],
    y: [0.75 - index / 4, 0.5],
    error_y: { type: "data", array: [0.02, 0.03] },
    marker: { pattern: { shape: index === 0 ? "" : "/" } },
  })),
  layout: {
    height: 240,
    title: { text: "Sécurité — how many are secure" },
    font: { family: "Open Sans, Arial, sans-serif", size: 11 },
    margin: { t: 40, b: 40 },
  },
};
