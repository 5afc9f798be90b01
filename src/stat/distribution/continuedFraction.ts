/**
 * The value of a₁/(b₁ + a₂/(b₂ + …)) by the modified Lentz method (Thompson and Barnett 1986; DLMF 3.10(iii)).
 *
 * @param term the pair [aᵢ, bᵢ] for i = 1, 2, …
 * @throws Error where it has not converged after 100,000 terms.
 */
export function continuedFraction(term: (i: number) => readonly [number, number]): number {
  const tiny = 1e-300;
  let value = tiny;
  let c = tiny;
  let d = 0;
  for (let i = 1; i <= 100_000; i++) {
    const [a, b] = term(i);
    d = b + a * d;
    if (d === 0) d = tiny;
    c = b + a / c;
    if (c === 0) c = tiny;
    d = 1 / d;
    value *= c * d;
    if (Math.abs(c * d - 1) < 3e-16) return value;
  }
  throw new Error("continuedFraction did not converge");
}
