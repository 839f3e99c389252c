/**
 * The style of a report. Inside the editor its colours count; elsewhere the reader's choice of light or dark does.
 * Nothing depends on a colour alone, because a report is printed and read aloud as well.
 */
export const htmlStyle = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--faint:#59636e;--line:#d1d9e0;--raised:#f6f8fa;
--good-ink:#116329;--bad-ink:#b3141d;--warn-ink:#7d4e00;--link-ink:#0550ae}
@media (prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e6e9ed;--faint:#9ba5b0;--line:#3a424c;
--raised:#1d2228;--good-ink:#6fd08c;--bad-ink:#ff8d86;--warn-ink:#e3b257;--link-ink:#79b8ff}}
@media (prefers-contrast:more){:root{--faint:var(--ink);--line:currentColor}}
:root{--background:var(--vscode-editor-background,var(--paper));--text:var(--vscode-editor-foreground,var(--ink));
--quiet:var(--vscode-descriptionForeground,var(--faint));
--border:var(--vscode-contrastBorder,var(--vscode-panel-border,var(--line)));
--block:var(--vscode-textCodeBlock-background,var(--raised));
--good:var(--vscode-charts-green,var(--good-ink));
--bad:var(--vscode-list-errorForeground,var(--vscode-errorForeground,var(--bad-ink)));
--warn:var(--vscode-list-warningForeground,var(--vscode-editorWarning-foreground,var(--warn-ink)));
--link:var(--vscode-textLink-foreground,var(--link-ink));--focus:var(--vscode-focusBorder,var(--link-ink))}
*{box-sizing:border-box}
body{margin:0;padding:0;background:var(--background);color:var(--text);
font:15px/1.5 var(--vscode-font-family,system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif)}
main{max-width:66rem;margin:0 auto;padding:.9rem 1.25rem 4rem}
h1{font-size:1.3rem;line-height:1.25;margin:.1rem 0 .7rem;font-weight:650;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:1.5rem 0 .5rem;padding-bottom:.3rem;border-bottom:1px solid var(--border)}
h3{font-size:.95rem;margin:1rem 0 .3rem}
p,ul,ol{margin:.3rem 0}
ul{padding-left:1.2rem}
code,pre{font-family:var(--vscode-editor-font-family,ui-monospace,"SFMono-Regular",Consolas,"Liberation Mono",monospace);
font-size:.9em;color:inherit;background:none;padding:0}
pre{margin:.4rem 0;padding:.6rem .75rem;background:var(--block);border:1px solid var(--border);border-radius:4px;
overflow:auto;max-height:26rem;max-width:100%;white-space:pre;tab-size:4}
pre code{font-size:inherit}
a:link{color:var(--link)}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.file{color:var(--quiet);margin:0}
.verdict{position:sticky;top:var(--sticky-top,0px);z-index:1;max-height:30vh;overflow:auto;display:flex;gap:.75rem;
align-items:baseline;border:1px solid var(--border);border-left-width:6px;border-radius:4px;padding:.55rem .9rem;
font-size:1.05rem;font-weight:600;background:linear-gradient(var(--block),var(--block)),var(--background)}
.verdict .sign{font-size:1.2rem;line-height:1}
.verdict.good{border-left-color:var(--good)}.verdict.good .sign{color:var(--good)}
.verdict.look{border-left-color:var(--warn);border-left-style:double}.verdict.look .sign{color:var(--warn)}
.verdict.bad{border-left-color:var(--bad)}.verdict.bad .sign{color:var(--bad)}
.counts{list-style:none;padding:0;margin:.8rem 0 0;display:flex;flex-wrap:wrap;gap:.25rem 1.4rem}
.counts b{font-variant-numeric:tabular-nums}
.counts .zero{color:var(--quiet)}
.plain{list-style:none;padding:0}
.timeline{list-style:none;margin:0;padding:0}
.step{display:grid;grid-template-columns:2rem 1.2rem 7rem minmax(0,1fr);column-gap:.5rem;
border-left:4px solid transparent;scroll-margin-top:8rem}
.step>span{padding:.22rem 0}
.number{text-align:right;color:var(--quiet);font-variant-numeric:tabular-nums}
.mark{text-align:center;font-weight:700}
.lane{color:var(--quiet);font-size:.88rem;line-height:1.7;overflow-wrap:anywhere}
.body{padding:.22rem 0;min-width:0;overflow-wrap:anywhere}
.body{display:flex;flex-wrap:wrap;column-gap:1rem}
.body>*{flex:1 0 100%;min-width:0}
.body>p{flex:1 1 60%;margin:0}
.body>.remains{flex:0 0 auto;font-size:.82rem}
.body>.remains[open]{flex:1 0 100%}
.remains summary{color:var(--quiet)}
.outcome{font-weight:700;border:1px solid;border-radius:3px;padding:0 .35rem;margin-right:.3rem;font-size:.85rem;
white-space:nowrap}
.runs>.mark{color:var(--good)}
.fails{border-left-color:var(--bad)}.fails>.mark,.fails>.body>p .outcome{color:var(--bad)}
.fails>.body>p .title{font-weight:600}
.never{border-left:4px dashed var(--warn)}.never>.mark,.never>.body>p .outcome{color:var(--warn)}
.unknown{border-left:4px dotted var(--warn)}.unknown>.mark,.unknown>.body>p .outcome{color:var(--warn)}
.skipped>.mark,.skipped>.body>p .outcome,.skipped .title{color:var(--quiet)}
.basis,.inputs{font-size:.85rem;color:var(--quiet);overflow-wrap:anywhere}
.notes{list-style:none;padding:0;margin:.1rem 0 .3rem;font-size:.92rem}
.notes li{padding-left:.8rem;border-left:2px solid var(--border);margin:.15rem 0}
.notes .name{font-weight:600}
.notes .reason{color:inherit;font-weight:500}
.turn{margin:.6rem 0 .6rem 3rem;font-weight:600}
.place{font:inherit;font-size:.85rem;color:var(--link);background:none;border:0;padding:0 .15rem;
white-space:nowrap}
button.place{cursor:pointer;text-decoration:underline}
span.place{color:var(--quiet)}
details{margin:.15rem 0}
summary{cursor:pointer;width:fit-content;max-width:100%}
details details{margin-left:1rem}
.files{columns:2 22rem;font-size:.88rem;list-style:none;padding-left:1rem}
.files li{break-inside:avoid;overflow-wrap:anywhere}
.scroll{max-width:100%;overflow-x:auto}
.difference{font-size:.92rem}
.difference th,.difference td{overflow-wrap:break-word}
.difference .sign{display:inline-block;width:1.1rem;font-weight:700}
.difference .change{white-space:nowrap}
.difference .change+td{min-width:10rem}
.values{margin:0;font-size:.95em}
.values td,.values th{white-space:nowrap;padding:.1rem .5rem}
.null{color:var(--quiet);font-style:italic}
.filter label{cursor:pointer}
.hidden-steps{display:none;color:var(--quiet)}
body:has(#only-attention:checked) .hidden-steps{display:block}
body:has(#only-attention:checked) .step:not([data-attention]){display:none}
table{border-collapse:collapse;margin:.4rem 0}
th,td{border:1px solid var(--border);padding:.25rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:var(--block)}
.intro{border:1px dashed var(--border);padding:.4rem .9rem;margin:.4rem 0;overflow:auto;max-height:30rem}
@media (max-width:40rem){main{padding:.75rem .75rem 3rem}}
@media (max-width:26rem){.step{grid-template-columns:2rem 1.2rem minmax(0,1fr)}
.lane{grid-column:3}.step>.body{grid-column:3}}
@media (forced-colors:active){.verdict,.step{border-left-color:CanvasText}.step.runs,.step.skipped{border-left-color:Canvas}}
@media print{:root{color-scheme:light;--background:#fff;--text:#000;--quiet:#333;--border:#999;--block:#fff;
--good:#000;--bad:#000;--warn:#000;--link:#000}main{max-width:none;padding:0}body{font-size:10.5pt}
.step,.verdict,.difference li{break-inside:avoid}h2{break-after:avoid}.verdict{position:static}
pre{max-height:none;white-space:pre-wrap;overflow-wrap:anywhere;border-color:#ccc}
button.place{text-decoration:none}.filter,.hidden-steps{display:none!important}}
.matrix{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}
.matrix th,.matrix td{border:1px solid var(--border);padding:.25rem .6rem;text-align:left;white-space:nowrap}
.matrix .same{color:var(--good)}.matrix .differs,.matrix .fails,.matrix .refused{color:var(--bad);font-weight:600}
.matrix .unknown{color:var(--quiet)}
`;
