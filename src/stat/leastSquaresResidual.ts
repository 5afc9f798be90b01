/**
 * Residual sum of squares of a weighted least-squares fit, by Gram–Schmidt on the weighted design.
 * Columns that depend on earlier ones add nothing.
 *
 * @param design one row per observation
 * @param response one value per observation
 * @param weights one positive weight per observation
 */
export function leastSquaresResidual(
  design: readonly (readonly number[])[],
  response: readonly number[],
  weights: readonly number[],
): number {
  const roots = weights.map(Math.sqrt);
  const columns = (design[0] ?? []).map((_, column) =>
    design.map((row, i) => (row[column] as number) * (roots[i] as number)),
  );
  let rest = response.map((y, i) => y * (roots[i] as number));
  const basis: number[][] = [];
  for (const column of columns) {
    const size = Math.sqrt(dot(column, column));
    // Twice, because one pass of Gram–Schmidt loses orthogonality.
    const once = basis.reduce((left, unit) => minus(left, unit, dot(left, unit)), column);
    const twice = basis.reduce((left, unit) => minus(left, unit, dot(left, unit)), once);
    const length = Math.sqrt(dot(twice, twice));
    if (length <= 1e-10 * size) continue;
    basis.push(twice.map((x) => x / length));
  }
  for (const unit of basis) rest = minus(rest, unit, dot(rest, unit));
  return dot(rest, rest);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
}

function minus(a: readonly number[], b: readonly number[], factor: number): number[] {
  return a.map((x, i) => x - factor * (b[i] as number));
}
