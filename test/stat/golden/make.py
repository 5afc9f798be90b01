"""Writes the expected values beside this file. See README.md for the command."""
import json, math, pathlib, warnings
import numpy as np, pandas as pd, scipy
from scipy import special, stats
import statsmodels
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from sklearn.metrics import matthews_corrcoef

here = pathlib.Path(__file__).parent
made = f"scipy {scipy.__version__}, statsmodels {statsmodels.__version__}"


def write(name, cases):
    body = ",\n".join(json.dumps(case) for case in cases)
    (here / f"{name}.json").write_text(f'{{"madeWith": "{made}", "cases": [\n{body}\n]}}\n')


f = float
dfs = [1, 2, 2.5, 5, 30, 100.25, 2278, 130000]
write("logGamma", [[x, f(special.gammaln(x))] for x in [1e-8, 0.01, 0.5, 0.9, 1, 1.5, 2, 2.5, 3.7, 11.9, 12, 50.5, 1140, 65548]])
write("incompleteGamma", [[a, x, f(special.gammainc(a, x)), f(special.gammaincc(a, x))]
      for a in [0.1, 0.5, 1, 2.5, 10, 100, 1140.5] for x in [1e-6, 0.1, 0.5, 1, 2, 5, 11, 90, 101, 130, 1140, 1300]])
write("incompleteBeta", [[a, b, x, f(special.betainc(a, b, x)), f(special.betaincc(a, b, x))]
      for a in [0.1, 0.5, 1, 3.5, 50, 570.5, 30000] for b in [0.2, 0.5, 2, 20, 1139.5, 20000]
      for x in [1e-6, 0.01, 0.2, 0.3334, 0.5, 0.6, 0.9, 0.99999]])
zs = [-37, -20, -8, -5, -3, -1.96, -1, -0.3, -1e-5, 0, 1e-5, 0.3, 1, 1.2345, 1.96, 3, 5, 8, 20, 37]
write("normal", [[z, f(stats.norm.cdf(z)), f(stats.norm.sf(z)), f(special.erfc(z))] for z in zs])
ps = [1e-12, 1e-6, 0.001, 0.01, 0.025, 0.2, 0.4999, 0.5, 0.7, 0.975, 0.999, 0.999999]
write("normalQuantile", [[p, f(stats.norm.ppf(p))] for p in ps])
write("studentT", [[t, df, f(stats.t.cdf(t, df)), f(stats.t.sf(t, df))]
      for t in [-40, -8, -3, -1.96, -1, -0.01, 0, 0.01, 0.5, 1, 2, 5, 12, 40] for df in dfs])
write("studentTQuantile", [[p, df, f(stats.t.ppf(p, df))] for p in ps for df in dfs])
write("fisherF", [[x, d1, d2, f(stats.f.cdf(x, d1, d2)), f(stats.f.sf(x, d1, d2))]
      for x in [0, 0.001, 0.5, 1, 2, 4, 10, 100] for d1 in [1, 4, 17.5] for d2 in [1, 6, 120, 13000]])
write("chiSquared", [[x, df, f(stats.chi2.cdf(x, df)), f(stats.chi2.sf(x, df))]
      for x in [0, 1e-4, 0.5, 1, 3.84, 10, 83, 300] for df in [1, 2, 5, 28, 300]])
write("binomial", [[k, n, p, f(stats.binom.pmf(k, n, p)), f(stats.binom.cdf(k, n, p)), f(stats.binom.sf(k, n, p))]
      for n in [1, 2, 10, 116, 1140, 65548] for p in [0, 0.001, 0.3, 0.5, 0.97, 1]
      for k in sorted({0, 1, n // 3, n // 2, int(0.97 * n), n - 1, n})])

rng = np.random.default_rng(20260401)
tests = []
for n1, n2, s1, s2 in [(4, 4, 1, 1), (2, 3, 1, 2), (12, 30, 1, 5), (1140, 1140, 1, 1), (1140, 1201, 0.2, 3)]:
    binary = n1 >= 1140
    a = rng.integers(0, 2, n1) if binary else rng.normal(0.2, s1, n1).round(3)
    b = (rng.random(n2) < 0.42).astype(int) if binary else rng.normal(0, s2, n2).round(3)
    out = {"first": a.tolist(), "second": b.tolist()}
    for name, equal in (("pooled", True), ("welch", False)):
        r = stats.ttest_ind(a, b, equal_var=equal)
        low, high = r.confidence_interval(0.95)
        out[name] = {"t": f(r.statistic), "df": f(r.df), "p": f(r.pvalue), "lower": f(low), "upper": f(high)}
    pooled = math.sqrt(((n1 - 1) * a.var(ddof=1) + (n2 - 1) * b.var(ddof=1)) / (n1 + n2 - 2))
    out["d"] = f((a.mean() - b.mean()) / pooled)
    tests.append(out)
write("independentTTest", tests)

anovas = []
for sizes, binary in (([[3, 5], [4, 2], [6, 3]], False), ([[5, 5], [5, 5]], False), ([[80, 61], [33, 90], [70, 70], [20, 41]], True)):
    rows = []
    for i, row in enumerate(sizes):
        for j, n in enumerate(row):
            for _ in range(n):
                y = f(rng.random() < 0.3 + 0.1 * i - 0.15 * j) if binary else round(f(rng.normal(i + 0.5 * j + 0.4 * i * j)), 3)
                rows.append({"a": f"m{i}", "b": f"t{j}", "value": y})
    fit = ols("value ~ C(a, Sum) * C(b, Sum)", pd.DataFrame(rows)).fit()
    out = {"observations": rows}
    for name, typ in (("II", 2), ("III", 3)):
        t = anova_lm(fit, typ=typ)
        pick = lambda r: {"sumOfSquares": f(t.loc[r, "sum_sq"]), "df": f(t.loc[r, "df"]), "f": f(t.loc[r, "F"]), "p": f(t.loc[r, "PR(>F)"])}
        out[name] = {"a": pick("C(a, Sum)"), "b": pick("C(b, Sum)"), "interaction": pick("C(a, Sum):C(b, Sum)"),
                     "residual": f(t.loc["Residual", "sum_sq"]), "df": f(t.loc["Residual", "df"])}
    anovas.append(out)
write("twoWayAnova", anovas)

discordant = [(9, 1), (0, 0), (0, 5), (3, 3), (1, 2), (59, 57), (155, 30), (174, 64), (400, 20)]
write("mcnemar", [{"onlyFirst": b, "onlySecond": c, "exact": f(mcnemar([[7, b], [c, 5]], exact=True).pvalue),
      # statsmodels corrects equal counts too, R does not: there the value is R's.
      "corrected": 1.0 if b == c else f(mcnemar([[7, b], [c, 5]], exact=False, correction=True).pvalue)} for b, c in discordant])
shares = [(0, 5), (5, 5), (4, 5), (1, 30), (193, 503), (310, 1140), (1, 65548)]
write("wilsonInterval", [[h, n, c, *map(f, proportion_confint(h, n, 1 - c, method="wilson"))] for h, n in shares for c in (0.9, 0.95, 0.99)])
write("newcombeInterval", [[*x, *y, *map(f, confint_proportions_2indep(*x, *y, method="newcomb", correction=False))]
      for x in shares for y in shares])
families = [[0.01, 0.04, 0.03], [0.5], [0.9, 0.8, 0.7], [0, 1, 0.02, 0.02, 0.3], rng.random(30).round(4).tolist(), (rng.random(84) ** 4).tolist()]
write("adjustments", [{"p": p, "holm": multipletests(p, method="holm")[1].tolist(), "bh": stats.false_discovery_control(p).tolist()} for p in families])
kappas = []
for n, q, same in ((4, 2, 0.5), (44, 2, 0.9), (100, 5, 0.6)):
    x = rng.integers(0, q, n); y = np.where(rng.random(n) < same, x, rng.integers(0, q, n))
    table = pd.crosstab(pd.Categorical(x, range(q)), pd.Categorical(y, range(q)), dropna=False).to_numpy()
    po = np.trace(table) / n; pi = (table.sum(0) + table.sum(1)) / 2 / n; pe = (pi * (1 - pi)).sum() / (q - 1)
    kappas.append({"first": [str(v) for v in x], "second": [str(v) for v in y], "categories": [str(v) for v in range(q)],
                   "kappa": f(cohens_kappa(table).kappa), "ac1": f((po - pe) / (1 - pe))})
write("agreement", kappas)
mccs = []
for tp, fp, tn, fn in ((6, 1, 3, 2), (19, 18, 3, 2), (500, 30, 400, 210)):
    truth = [1] * (tp + fn) + [0] * (fp + tn); said = [1] * tp + [0] * fn + [1] * fp + [0] * tn
    mccs.append({"tp": tp, "fp": fp, "tn": tn, "fn": fn, "mcc": f(matthews_corrcoef(truth, said))})
write("matthewsCorrelation", mccs)
boots = []
for d in (rng.choice([-1, 0, 1], 300, p=[0.05, 0.8, 0.15]), rng.normal(0.3, 1, 40).round(3), rng.exponential(1, 25).round(3)):
    r = stats.bootstrap((d,), np.mean, method="BCa", n_resamples=400_000, batch=2000, rng=1)
    boots.append({"differences": d.tolist(), "lower": f(r.confidence_interval.low), "upper": f(r.confidence_interval.high),
                  "standardError": f(r.standard_error)})
write("pairedBootstrap", boots)


def xoshiro128ss(s, n):
    m = 0xFFFFFFFF; rot = lambda x, k: ((x << k) | (x >> (32 - k))) & m; out = []
    for _ in range(n):
        out.append(rot(s[1] * 5 & m, 7) * 9 & m); t = s[1] << 9 & m
        s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rot(s[3], 11)
    return out


write("xoshiro", [{"state": s, "first": xoshiro128ss(list(s), 10)} for s in ([1, 2, 3, 4], [0xDEADBEEF, 7, 0x80000000, 123456789])])
