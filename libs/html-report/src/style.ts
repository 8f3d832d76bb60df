import { dark, light, type Scheme } from './palette.js';

const variables = ({ series, ...others }: Scheme) =>
  [...Object.entries(others), ...series.map((colour, i) => [`c${i}`, colour])]
    .map(([name, colour]) => `--${name}:${colour};`)
    .join('');

const series = light.series.map((_, i) => `.c${i}{--own:var(--c${i})}`).join('');

/** The page's whole style sheet. Paper is always light. */
export const style = `
:root{color-scheme:light dark;${variables(light)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(dark)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:1080px;margin:0 auto;padding:0 48px}
header{padding-top:44px}
h1{font-size:34px;line-height:1.15;letter-spacing:-.02em;margin:0;text-wrap:balance}
.subtitle{margin:10px 0 0;color:var(--quiet);font-size:17px}
.notice{margin:24px 0 0;padding:14px 18px;background:var(--raised);border-left:4px solid var(--warning);border-radius:0 8px 8px 0}
.notice strong{color:var(--warning)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(155px,1fr));gap:14px;margin:26px 0 0;padding:0}
.figures div{background:var(--raised);border-radius:10px;padding:14px 18px}
.figures dt{color:var(--quiet);font-size:14px;line-height:1.35}
.figures dd{margin:4px 0 0}
.figures .value{font-size:28px;line-height:1.2;font-weight:650;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
.figures .value.long{font-size:20px;line-height:34px}
.figures .beside{color:var(--quiet);font-size:13px;line-height:1.4}
section{margin-top:44px;padding-top:22px;border-top:1px solid var(--line)}
h2{font-size:23px;line-height:1.25;letter-spacing:-.01em;margin:0 0 8px}
h3{font-size:17px;margin:0 0 2px}
section>p{max-width:70ch;margin:0 0 10px}
figure,.comparisons{margin:26px 0 0}
figcaption,.note{color:var(--quiet);font-size:14px;margin:0 0 10px;max-width:80ch}
.note{margin:8px 0 0}
.empty{color:var(--quiet);font-style:italic}
.scroll{overflow-x:auto}
.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.4}
th,td{text-align:left;padding:7px 14px 7px 0;border-bottom:1px solid var(--line);vertical-align:top;unicode-bidi:isolate;overflow-wrap:break-word}
thead th{color:var(--quiet);font-weight:600;border-bottom:2px solid var(--line);vertical-align:bottom}
tbody th{font-weight:600}
.n{text-align:right;font-variant-numeric:tabular-nums}
td.n{white-space:nowrap}
th:last-child,td:last-child{padding-right:4px}
details{margin-top:8px;font-size:14px}
summary{color:var(--accent);cursor:pointer;width:fit-content}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;margin:0 0 8px;padding:0;font-size:14px}
.legend li{display:flex;align-items:center;gap:8px}
.swatch{width:22px;height:12px;flex:none}
.scroll>svg{display:block;width:100%;min-width:680px;height:auto;font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
svg text{fill:var(--text);font-variant-numeric:tabular-nums}
svg text.quiet{fill:var(--quiet)}
svg text.strong{font-weight:600}
.start{text-anchor:start}.mid{text-anchor:middle}.end{text-anchor:end}
${series}
.fill{fill:var(--own)}
.layer{fill:var(--own);stroke:var(--page);stroke-width:1}
.stroke{fill:none;stroke:var(--own);stroke-width:2.25;stroke-linejoin:round;stroke-linecap:round}
.thin{stroke-width:1.5}
.dashed{stroke-dasharray:6 5;stroke-linecap:butt}
.bounds{fill:var(--own);fill-opacity:.16}
.band{fill:none;stroke:var(--own);stroke-opacity:.55}
.band.same{stroke:var(--quiet);stroke-opacity:.22}
.cell{fill:var(--raised)}
.cell.same{stroke:var(--quiet);stroke-dasharray:3 3}
.shade{fill:var(--accent)}
.grid{stroke:var(--line);stroke-width:1;fill:none}
.axis{stroke:var(--quiet);stroke-width:1;fill:none}
.whisker{stroke:var(--text);stroke-width:1.4;fill:none}
.comparison{border:1px solid var(--line);border-radius:10px;padding:14px 18px;margin-top:14px}
.comparison h4{margin:0;font-size:16px;unicode-bidi:isolate}
.comparison p{margin:2px 0 10px;color:var(--quiet);font-size:14px}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:20px;font-size:14px}
.sides h5{margin:0;font-size:13px;color:var(--quiet);text-transform:none}
.sides ul{margin:4px 0 0;padding-left:18px}
footer{margin-top:52px;padding-bottom:56px;font-size:13px;color:var(--quiet)}
footer dl{display:grid;grid-template-columns:fit-content(30%) minmax(0,1fr);gap:4px 18px;border-top:1px solid var(--line);padding-top:18px;margin:0}
footer dd{margin:0;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
@media (max-width:640px){main,header,footer{padding-left:18px;padding-right:18px}header{padding-top:26px}h1{font-size:26px}.sides,footer dl{grid-template-columns:1fr}footer dt{margin-top:6px}}
@media print{
@page{size:A4;margin:15mm 14mm}
:root{color-scheme:light}
body{font-size:10.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main,header,footer{max-width:none;padding-left:0;padding-right:0}
header{padding-top:0}
.scroll{overflow:visible}
table{font-size:8.5pt}
th,td{overflow-wrap:anywhere;padding-right:9px}
.scroll>svg{min-width:0}
figure,.comparison,.figures,.notice,tr{break-inside:avoid}
figure.table{break-inside:auto}
h2,h3,h4,figcaption,.legend{break-after:avoid}
thead{display:table-header-group}
section{margin-top:26px}
.figures div{padding:10px 12px}
.figures .value.long{font-size:16px}
details:not([open]){display:none}
}
`;
