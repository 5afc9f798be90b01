/**
 * Rules for the markup of `tableMarkup`. They take the colours of the page around them, dark or light. Of a table that is wider than
 * its page a shadow stands at the edge where it goes on; at the table's end the page's colour, which scrolls along, covers it.
 */
export const tableCss = `.safelab-table{--ground:var(--paper,var(--jp-layout-color0,Canvas));--shadow:color-mix(in srgb,currentColor 38%,transparent);overflow-x:auto;margin:1em 0;background:linear-gradient(to right,var(--ground) 40%,transparent) left/2.5em 100% no-repeat local,linear-gradient(to left,var(--ground) 40%,transparent) right/2.5em 100% no-repeat local,linear-gradient(to right,var(--shadow),transparent) left/1em 100% no-repeat scroll,linear-gradient(to left,var(--shadow),transparent) right/1em 100% no-repeat scroll;color:inherit;font-size:.875rem;line-height:1.35}
.safelab-table table{border-collapse:collapse;border:0;border-top:2px solid currentColor;border-bottom:2px solid currentColor;font-variant-numeric:tabular-nums;background:none}
.safelab-table caption{caption-side:top;text-align:left;font-weight:600;font-size:1rem;padding:0 0 .5em;color:inherit}
.safelab-table th,.safelab-table td{padding:.3em .5em;border:0;background:none;color:inherit;text-align:right;vertical-align:top;white-space:nowrap}
.safelab-table thead th{font-weight:600;vertical-align:bottom;white-space:normal;min-width:3.2em}
.safelab-table thead tr:last-child th{border-bottom:1px solid currentColor}
.safelab-table thead th[scope=colgroup]{text-align:center;border-bottom:1px solid currentColor;border-bottom-color:color-mix(in srgb,currentColor 45%,transparent)}
.safelab-table table .text{text-align:left}
.safelab-table table .long{white-space:normal;min-width:24em;max-width:60em}
.safelab-table tbody th{font-weight:400}
.safelab-table tbody th[scope=rowgroup]{font-weight:600}
.safelab-table tbody tr:hover td{background:color-mix(in srgb,currentColor 7%,transparent)}
.safelab-table tbody tr.block>*{border-top:1px solid currentColor;border-top-color:color-mix(in srgb,currentColor 25%,transparent)}
.safelab-table small{display:block;font-size:.78em;opacity:.7}
.safelab-table .missing{opacity:.55;cursor:help}
.safelab-table ul{margin:.6em 0 0;padding:0 0 0 1.2em;max-width:60em;font-size:.92em;opacity:.85}
.safelab-table ul code{color:inherit;background:color-mix(in srgb,currentColor 9%,transparent);padding:.05em .3em;border-radius:3px}`;
