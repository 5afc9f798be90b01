import { latticeStep } from "./latticeStep.js";
import type { SampleMoments } from "./sampleMoments.js";
import type { Tally } from "./tally.js";

/** How the mean of a bootstrap resample is distributed. */
export interface ResampleMeans {
  /** P(mean < x) + ½P(mean = x). */
  readonly below: (x: number) => number;
  /** The x with that share of the means below it, sought from so many standard errors beside the mean. */
  readonly quantile: (share: number, z: number) => number;
}

/** Width in standard errors of the window around the mean in which the distribution is found: beyond it lies less than 1e-7. */
const width = 16;
/** SD in standard errors of the normal kernel that smooths the distribution, which has steps: intervals widen by 0.02 %. */
const kernel = 0.02;
/** Steps of so many kernels or more stand apart: the smoothed distribution rises within half of that around each. */
const apart = 8;
/** Frequencies up to which the kernel's factor is above 1e-5; what the cut leaves out of a probability is below 1e-6. */
const frequencies = 600;

/**
 * The distribution of the mean of n draws with replacement from n values: what a bootstrap's resamples follow, all nⁿ of them instead of
 * some that were drawn (the ideal bootstrap of Efron and Tibshirani 1993, section 6.2). So there is no random error, and no seed.
 *
 * A draw's characteristic function to the power of n is that of the sum; the probability of a smaller mean is its Fourier
 * series (Abate and Whitt 1992, "The Fourier-series method for inverting transforms of probability distributions", Queueing Systems 10).
 * A kernel smooths its steps; where the values lie on a lattice and the steps stand apart, a quantile is the step itself.
 *
 * @param tally of the values, not all equal
 * @param moments of the same values
 */
export function resampleMeans(tally: Tally, { n, mean, squares }: SampleMoments): ResampleMeans {
  const { values } = tally;
  const standardError = Math.sqrt(squares) / n;
  const { real, imaginary, constant } = fourierSeries(tally, (value) => (value - mean) / Math.sqrt(squares));
  const share = (z: number): number => {
    const angle = (2 * Math.PI * z) / width;
    const cosine = Math.cos(angle);
    const sine = Math.sin(angle);
    let c = 1;
    let s = 0;
    let sum = constant + z / width;
    for (let k = 1; k < real.length; k++) {
      const next = c * cosine - s * sine;
      s = s * cosine + c * sine;
      c = next;
      sum += (real[k] as number) * s - (imaginary[k] as number) * c;
    }
    return sum;
  };
  const least = values[0] as number;
  const most = values[values.length - 1] as number;
  const step = latticeStep(values, apart * kernel * standardError * n);
  return {
    below: (x) => share((x - mean) / standardError),
    quantile: (wanted, z) => {
      const x = mean + standardError * whereShareIs(wanted, z, share);
      return Math.min(Math.max(step === 0 ? x : nearestMean(x, { least, step, n }), least), most);
    },
  };
}

/** The mean of n values on a lattice that is nearest to x: zero where it is zero but for the error of the arithmetic. */
function nearestMean(
  x: number,
  { least, step, n }: { readonly least: number; readonly step: number; readonly n: number },
) {
  const mean = (n * least + step * Math.round((n * (x - least)) / step)) / n;
  return Math.abs(mean) < 1e-12 ? 0 : mean;
}

/** The z below which a share lies, by secants and by halves in turn, since steps fool the secants. */
function whereShareIs(wanted: number, start: number, share: (z: number) => number): number {
  let [low, high] = [-width / 2, width / 2];
  let [under, over] = [-wanted, 1 - wanted];
  let z = Math.min(Math.max(start, low), high);
  for (let step = 1; high - low > 1e-8; step++) {
    const off = share(z) - wanted;
    if (Math.abs(off) < 1e-10) return z;
    if (off < 0) [low, under] = [z, off];
    else [high, over] = [z, off];
    z = step % 3 === 0 ? (low + high) / 2 : low - (under * (high - low)) / (over - under);
  }
  return z;
}

/** The Fourier series of P(Z < z), Z the sum of n draws from the standardised values, by frequency up to the last that counts. */
function fourierSeries(tally: Tally, standardised: (value: number) => number) {
  const { n } = tally;
  const { real, imaginary } = characteristic(tally, standardised);
  let constant = 0.5;
  let length = 1;
  for (let k = 1; k <= frequencies; k++) {
    const re = real[k] as number;
    const im = imaginary[k] as number;
    const smoothed = ((2 * Math.PI * k * kernel) / width) ** 2 / 2;
    const exponent = (n / 2) * Math.log(re * re + im * im) - smoothed;
    const size = exponent < -30 ? 0 : Math.exp(exponent) / (Math.PI * k);
    const angle = size === 0 ? 0 : n * Math.atan2(im, re);
    real[k] = size * Math.cos(angle);
    imaginary[k] = size * Math.sin(angle);
    constant += (k % 2 === 0 ? 1 : -1) * (imaginary[k] as number);
    if (size > 0) length = k + 1;
  }
  return { real: real.subarray(0, length), imaginary: imaginary.subarray(0, length), constant };
}

/** The characteristic function of one draw, by frequency. */
function characteristic({ values, counts, n }: Tally, standardised: (value: number) => number) {
  const real = new Float64Array(frequencies + 1);
  const imaginary = new Float64Array(frequencies + 1);
  for (const [i, value] of values.entries()) {
    const angle = (2 * Math.PI * standardised(value)) / width;
    const cosine = Math.cos(angle);
    const sine = Math.sin(angle);
    let c = (counts[i] as number) / n;
    let s = 0;
    for (let k = 0; k <= frequencies; k++) {
      real[k] = (real[k] as number) + c;
      imaginary[k] = (imaginary[k] as number) + s;
      const next = c * cosine - s * sine;
      s = s * cosine + c * sine;
      c = next;
    }
  }
  return { real, imaginary };
}
