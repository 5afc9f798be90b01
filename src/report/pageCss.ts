/** Style of the report's pages: one column of text, wide tables and figures, dark and light. */
export const pageCss = `:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#f4f5f7;--line:#d5d9de;--link:#0b57a4}
@media(prefers-color-scheme:dark){:root{--ink:#e4e7ea;--paper:#15181c;--soft:#1e2227;--line:#363c43;--link:#7fb5ec}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:80rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .4rem}h2{font-size:1.3rem;margin:3rem 0 .2rem;padding-top:1.2rem;border-top:1px solid var(--line)}
p{max-width:46rem;margin:.4rem 0 1rem}a{color:var(--link)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.2rem;margin:1rem 0;padding:1rem 1.2rem;background:var(--soft);border-radius:8px}
dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
figure{margin:1.6rem 0;padding:0}figure img{display:block;max-width:100%;height:auto;background:#fff;border-radius:8px}
figcaption,.files{font-size:.875rem;opacity:.85}.files a{margin-right:.9rem}
details{margin:.5rem 0;border:1px solid var(--line);border-radius:8px;padding:0 .9rem}details[open]{padding-bottom:.6rem}details p{margin:.3rem 0}
summary{cursor:pointer;padding:.5rem 0;font-weight:600}details figure{margin:.4rem 0}details .safelab-table caption{display:none}
html{scroll-padding-top:3.5rem}body>nav{position:sticky;top:0;z-index:1;display:flex;gap:.2rem 1.3rem;overflow-x:auto;white-space:nowrap;padding:.6rem 1.25rem;background:var(--paper);border-bottom:1px solid var(--line)}
h3{font-size:1rem;margin:1.4rem 0 .3rem}
.notice{border-left:4px solid #c77700;padding:.5rem 1rem;background:var(--soft)}`;
