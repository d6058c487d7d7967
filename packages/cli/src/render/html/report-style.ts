/** The page's style: light and dark by the reader's own choice, narrow screens, A4. Colours pass WCAG AA on their grounds. */
export const reportStyle = `
:root { color-scheme: light dark;
  --ground: #ffffff; --sheet: #f6f5f2; --ink: #1c1b19; --soft: #5c5850; --line: #dedad2; --accent: #a3251b;
  --watched: #ebe8e1; --unwatched: #c9c3b7; --band: #e6e2d9; --dot: #b3261e;
  --heat-1: #f6d5c3; --heat-2: #eb9f83; --heat-3: #bd4f3a; --heat-4: #8f1d16;
  --on-1: #1c1b19; --on-2: #1c1b19; --on-3: #ffffff; --on-4: #ffffff;
  --warn-ground: #fdf1d8; --warn: #6b4700; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #161513; --sheet: #201f1c; --ink: #eeebe4; --soft: #aba59a; --line: #3a3732; --accent: #ff9b8a;
  --watched: #2a2824; --unwatched: #4d4941; --band: #33302b; --dot: #ff7f6b;
  --heat-1: #4a251d; --heat-2: #83372a; --heat-3: #d66b55; --heat-4: #ffa48f;
  --on-1: #ffffff; --on-2: #ffffff; --on-3: #161513; --on-4: #161513;
  --warn-ground: #3a2c0d; --warn: #f4d38b; } }
* { box-sizing: border-box; } [hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: clamp(1.6rem, 5vw, 2.4rem); line-height: 1.15; letter-spacing: -.02em; margin: .2rem 0 .6rem; text-wrap: balance; }
h2 { font-size: 1.2rem; margin: 0 0 .2rem; letter-spacing: -.01em; }
h3 { font-size: .95rem; margin: 0 0 .4rem; }
section { margin-top: 2.8rem; }
p { margin: 0 0 .6rem; }
p, li, dd, td, h1, code { overflow-wrap: anywhere; }
.eyebrow, .soft, small { color: var(--soft); }
.eyebrow { font-size: .8rem; letter-spacing: .08em; text-transform: uppercase; margin: 0; }
code, .mono { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .92em; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: 0; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.4rem 0 0; padding: 0; list-style: none; }
.tiles li { background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem; }
.tiles b { display: block; font-size: 1.7rem; line-height: 1.1; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--soft); font-size: .85rem; }
.warn { background: var(--warn-ground); color: var(--warn); border-radius: 8px; padding: .6rem .9rem; margin: 1.2rem 0 0; }
.warn a { color: inherit; }
.findings { list-style: none; margin: .8rem 0 0; padding: 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); }
.findings li { border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 6px; padding: .7rem 1rem; break-inside: avoid; }
.findings li.possible { border-left-color: var(--unwatched); }
.findings b { display: block; font-size: 1.05rem; } .findings p { margin: .1rem 0 0; }
figure { margin: .8rem 0 0; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; overflow: hidden; }
figcaption, .legend { color: var(--soft); font-size: .88rem; }
.narrow { display: none; } .defs { position: absolute; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1rem; margin: 0 0 .6rem; padding: 0; list-style: none; }
.legend i { display: inline-block; width: 1.1em; height: 1.1em; border-radius: 3px; margin-right: .4em; vertical-align: -.15em; border: 1px solid var(--line); }
.legend .un { background: repeating-linear-gradient(45deg, var(--unwatched) 0 1px, transparent 1px 5px); }
.legend .round { border-radius: 50%; width: .8em; height: .8em; vertical-align: 0; }
.tops { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 2rem; margin-top: .8rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .82rem; vertical-align: bottom; }
th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
td { vertical-align: top; }
.num { text-align: right; white-space: nowrap; }
.bar { display: block; height: 4px; border-radius: 2px; background: var(--dot); margin-top: .2rem; min-width: 2px; }
.incidents { font-size: .9rem; margin-top: .8rem; }
.incidents thead th { position: sticky; top: 0; background: var(--ground); }
.incidents td.when { white-space: nowrap; } .incidents .id { font-size: .8rem; white-space: nowrap; } .tops td small { white-space: nowrap; }
.incidents td small { display: block; white-space: normal; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 4px; padding: 0 .35em; font-size: .78rem; color: var(--accent); white-space: nowrap; }
th button { all: unset; cursor: pointer; color: inherit; font: inherit; }
th button:focus-visible, input:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
th[aria-sort=ascending] button::after { content: " ↑"; } th[aria-sort=descending] button::after { content: " ↓"; }
.sieve { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin-top: .8rem; }
.sieve input { font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--soft); border-radius: 6px; padding: .35rem .6rem; width: min(22rem, 100%); }
.gone ul { margin: .3rem 0 1rem; padding-left: 1.2rem; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .85rem; }
@media screen and (max-width: 720px) {
  main { padding: 1.2rem 1rem 3rem; } .wide { display: none; } .narrow { display: block; }
  .tops { grid-template-columns: minmax(0, 1fr); gap: 1.6rem; } section { margin-top: 2.2rem; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .facts dd { margin-bottom: .4rem; }
  .incidents thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .incidents tr { display: grid; gap: 0 .8rem; grid-template: "who rss" "host kind" "when id" "held held" "note note" / minmax(0, 1fr) auto; border-bottom: 1px solid var(--line); padding: .6rem 0; }
  .incidents td { border: 0; padding: 0; } .incidents td:empty { display: none; }
  .who { grid-area: who; font-weight: 600; } .rss { grid-area: rss; } .host { grid-area: host; } .kind { grid-area: kind; text-align: right; }
  .when { grid-area: when; } .id { grid-area: id; text-align: right; } .held { grid-area: held; } .note { grid-area: note; }
  .incidents td small { display: inline; font-weight: 400; } .when small { white-space: nowrap; } .held::before { content: "held most: "; color: var(--soft); }
}
@page { size: A4; margin: 14mm; }
@media print {
  :root { color-scheme: light; --ground: #fff; --sheet: #fff; --ink: #000; --soft: #444; --line: #ccc; --accent: #8f1d16;
    --watched: #ebe8e1; --unwatched: #b5afa3; --band: #d9d4c9; --dot: #b3261e; --heat-1: #f6d5c3; --heat-2: #eb9f83; --heat-3: #bd4f3a; --heat-4: #8f1d16;
    --on-1: #000; --on-2: #000; --on-3: #fff; --on-4: #fff; --warn-ground: #fff; --warn: #000; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10pt; } main { max-width: none; padding: 0; } section { margin-top: 1.6rem; }
  .tiles { grid-template-columns: repeat(6, minmax(0, 1fr)); gap: .4rem; } .tiles li { padding: .4rem .6rem; } .tiles b { font-size: 15pt; } .findings { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .5rem; }
  .narrow, .sieve { display: none; } .incidents { font-size: 8pt; } .incidents .id { font-size: 6.5pt; } .tops { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.2rem; }
  .incidents thead th { position: static; } tr, li, .chart, .tops { break-inside: avoid; } h2 { break-after: avoid; } .warn { border: 1px solid #000; }
}
`;
