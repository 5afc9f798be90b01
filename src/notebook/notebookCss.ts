import { pageCss } from "../report/pageCss.js";

/** Style of executed notebooks as pages: text in one column, code quiet, figures on white paper, dark and light. */
export const notebookCss = `${pageCss}
main{max-width:60rem}
.cell{margin:0 0 .5rem}.prompt,.anchor-link{display:none}
.text_cell_render{max-width:46rem}.text_cell_render h1{margin-top:1rem}
.highlight{background:var(--soft);border-radius:8px;margin:.8rem 0 .4rem}
.highlight pre{margin:0;padding:.7rem 1rem;overflow-x:auto;font:13px/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
:not(pre)>code{font:.9em ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;background:var(--soft);padding:.1em .3em;border-radius:4px}
.output_area{margin:.6rem 0;overflow-x:auto}
.output_text pre,.output_stream pre{margin:0;padding:.2rem 1rem;white-space:pre-wrap;font:13px/1.45 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
.output_stderr{border-left:4px solid #c77700;background:var(--soft)}
.picture,.output_png{background:#fff;border-radius:8px;padding:.5rem;width:fit-content;max-width:100%;box-sizing:border-box}
.picture svg,.output_png img{display:block;max-width:100%;height:auto}
.text_cell_render table{border-collapse:collapse}.text_cell_render th,.text_cell_render td{padding:.3em .7em;border-bottom:1px solid var(--line);text-align:left}
blockquote{margin:1rem 0;padding:.1rem 1rem;border-left:4px solid var(--line)}
details{margin:.6rem 0}summary{cursor:pointer}
`;
