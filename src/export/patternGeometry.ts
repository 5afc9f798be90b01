/**
 * A script for a page that holds an SVG picture: it draws fill patterns as lines and dots of their own, each clipped to the
 * shape that it fills. A browser prints patterns as coarse bitmaps; lines and dots stay vectors.
 * It is text, because it runs in the page, whose types this program does not know.
 */
export const patternGeometry = `(() => {
  const make = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const tiles = (pattern, box) => {
    const transform = pattern.patternTransform.baseVal.consolidate();
    const matrix = transform === null ? new DOMMatrix() : DOMMatrix.fromMatrix(transform.matrix);
    const corners = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([x, y]) =>
      new DOMPoint(box.x + x * box.width, box.y + y * box.height).matrixTransform(matrix.inverse()));
    const width = pattern.width.baseVal.value;
    const height = pattern.height.baseVal.value;
    const range = (values, size) => [Math.floor(Math.min(...values) / size), Math.ceil(Math.max(...values) / size)];
    const [left, right] = range(corners.map(({ x }) => x), width);
    const [top, bottom] = range(corners.map(({ y }) => y), height);
    const marks = [...pattern.children].filter(({ localName }) => localName !== "rect");
    // Neighbouring tiles overlap: transparency belongs to all marks together, or it would add up.
    const all = make("g", { transform: matrix.toString(), opacity: marks[0]?.getAttribute("opacity") ?? "1" });
    for (let column = left; column < right; column++) {
      for (let row = top; row < bottom; row++) {
        const tile = make("g", { transform: "translate(" + column * width + " " + row * height + ")" });
        for (const mark of marks) {
          const copy = mark.cloneNode(true);
          copy.removeAttribute("opacity");
          tile.append(copy);
        }
        all.append(tile);
      }
    }
    return all;
  };
  let count = 0;
  for (const shape of document.querySelectorAll("path, rect, circle")) {
    const id = /url\\("?#([^")]+)/.exec(getComputedStyle(shape).fill)?.[1];
    const pattern = id === undefined ? null : document.getElementById(id);
    if (pattern === null || pattern.localName !== "pattern") continue;
    const clip = make("clipPath", { id: "pattern-clip-" + ++count });
    const outline = shape.cloneNode(false);
    outline.removeAttribute("transform");
    clip.append(outline);
    const place = shape.getAttribute("transform");
    const filled = make("g", { "clip-path": "url(#" + clip.id + ")", ...(place === null ? {} : { transform: place }) });
    filled.append(tiles(pattern, shape.getBBox()));
    const ground = shape.cloneNode(false);
    ground.style.stroke = "none";
    ground.style.fill = pattern.querySelector(":scope > rect")?.getAttribute("fill") ?? "none";
    shape.before(clip, ground, filled);
    shape.style.fill = "none";
  }
  return count;
})()`;
