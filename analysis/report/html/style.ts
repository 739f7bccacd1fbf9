// The look of the report: one file, no script, nothing fetched, and paper in mind.

export const STYLE = `
:root{color-scheme:light dark;--ink:#161a20;--quiet:#4c5563;--line:#d5dae1;--paper:#fff;--tint:#f3f5f8;
--bad:#a81d27;--doubt:#7a4b00;--good:#0b6a3b;--note:#285a8e;--mono:ui-monospace,"Cascadia Mono","DejaVu Sans Mono",monospace}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e9ecf1;--quiet:#aab4c1;--line:#363e4a;--paper:#15191f;--tint:#1d232b;
--bad:#ff8a80;--doubt:#f2b544;--good:#55cf92;--note:#8fbdee}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:32px 28px 64px;background:var(--paper);color:var(--ink);
font:14px/1.5 system-ui,"Segoe UI","Noto Sans",sans-serif;font-variant-numeric:tabular-nums}
bdi,pre,dd,p{overflow-wrap:anywhere}
h1{margin:0 0 2px;font-size:26px;line-height:1.2}h2{margin:36px 0 10px;font-size:19px;border-bottom:1px solid var(--line);padding-bottom:4px}
h3{margin:28px 0 6px;font-size:16px}h4{margin:16px 0 4px;font-size:13px;color:var(--quiet)}
p{margin:6px 0}.quiet{color:var(--quiet)}.lead{font-size:16px}
table{width:100%;border-collapse:collapse;margin:6px 0 14px;font-size:13px}
th{text-align:left;color:var(--quiet);font-weight:600;white-space:nowrap}td.code{min-width:170px}th,td{padding:4px 10px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap}td.t{white-space:nowrap}
code,pre,.mono{font-family:var(--mono);font-size:12.5px}pre{margin:6px 0;padding:10px 12px;background:var(--tint);white-space:pre-wrap;border-radius:4px}
.error,.bad{color:var(--bad)}.warning,.doubt{color:var(--doubt)}.note{color:var(--note)}.good{color:var(--good)}
.error,.warning,.bad,.good{font-weight:600}
ul{margin:4px 0 10px;padding-left:20px}dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:6px 0}
dt{color:var(--quiet)}dd{margin:0}a{color:inherit}
article{margin:0 0 8px;padding:2px 0 10px;border-bottom:1px solid var(--line)}
.finding{margin:6px 0 10px;padding-left:12px;border-left:3px solid var(--line)}
.finding.error{border-color:var(--bad);font-weight:400;color:inherit}.finding.warning{border-color:var(--doubt);font-weight:400;color:inherit}
.finding.note{border-color:var(--note);color:inherit}
.own{white-space:pre-line}p.own{padding:6px 12px;border-left:3px solid var(--note);background:var(--tint)}
figure{margin:10px 0;overflow:auto}figcaption{margin-top:6px;max-width:110ch;color:var(--quiet);font-size:12px}svg{max-width:100%;height:auto}
@media print{body{max-width:none;padding:0;font-size:10.5pt}h2,h3,h4{break-after:avoid}figure,.finding{break-inside:avoid}p,pre{orphans:3;widows:3}
tr{break-inside:avoid}thead{display:table-header-group}article{break-inside:auto}a{text-decoration:none}@page{margin:16mm 14mm}}
`;
