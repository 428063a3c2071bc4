/** The style of the page: light and dark, wide and narrow. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f7f8fa, #12151a); --card: light-dark(#ffffff, #1a1e25); --ink: light-dark(#1b1f26, #e5e8ed);
  --soft: light-dark(#5b6472, #9aa4b2); --line: light-dark(#dde1e7, #2d343f); --code: light-dark(#f3f5f8, #14181e);
  --good: light-dark(#1c6b34, #7fd398); --bad: light-dark(#b3201f, #ff8a84); --bad-soft: light-dark(#fde7e6, #43201f);
  --warn: light-dark(#7a5200, #eebb58); --warn-soft: light-dark(#fff1d0, #3b2e10); --focus: light-dark(#0b57b0, #7db5ff);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 0 1.5rem 3rem; max-width: 110rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
[hidden] { display: none !important; }
pre, td, .name, .detail, #where, dd { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .8125rem; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 3; background: var(--card); padding: .5rem 1rem; }
button, input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .25rem .6rem; }
button { cursor: pointer; }
button:hover, input:hover { border-color: var(--soft); }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1rem; padding: 1.25rem 0 .75rem; }
h1 { margin: 0; font-size: 1.4rem; }
h1 span { color: var(--soft); font-weight: 400; }
h2 { margin: 0 0 .5rem; font-size: 1rem; }
h2 span { color: var(--soft); font-weight: 400; }
h3 { margin: .75rem 0 .25rem; font-size: .875rem; }
#where { color: var(--soft); overflow-wrap: anywhere; }
#connection { margin-left: auto; }
#connection::before { content: ""; display: inline-block; width: .6rem; height: .6rem; border-radius: 50%; margin-right: .4rem; background: currentColor; }
.good { color: var(--good); } .bad { color: var(--bad); } .soft { color: var(--warn); }
#trouble { margin: 0 0 .75rem; padding: .5rem .75rem; border: 1px solid var(--bad); border-radius: .4rem; background: var(--bad-soft); }
#columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 20rem); gap: 1.5rem; align-items: start; }
main, aside section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1rem; }
aside { display: grid; gap: 1rem; }
#filter { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin-bottom: .5rem; }
#filter label { flex: 1 1 14rem; display: flex; gap: .5rem; align-items: center; color: var(--soft); }
#text { flex: 1; min-width: 8rem; color: var(--ink); background: var(--paper); }
#rcodes { display: flex; flex-wrap: wrap; gap: .4rem; min-height: 2.1rem; }
#rcodes button[aria-pressed="false"] { opacity: .55; text-decoration: line-through; }
#found { display: block; margin: .4rem 0; color: var(--soft); font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; color: var(--soft); font-weight: 500; font-size: .8125rem; white-space: nowrap; }
th, td { padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td { white-space: nowrap; }
td.name { white-space: normal; overflow-wrap: anywhere; min-width: 12rem; }
.count { text-align: right; font-variant-numeric: tabular-nums; }
.time, .client { color: var(--soft); }
.rcode { font-weight: 600; }
.fault { background: var(--warn-soft); color: var(--warn); border-radius: .3rem; padding: 0 .35rem; margin-left: .25rem; }
.open { border: 0; background: none; padding: 0; color: var(--focus); text-decoration: underline; font-size: .8125rem; }
ul { list-style: none; margin: 0; padding: 0; max-height: 24rem; overflow: auto; }
li { padding: .35rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
li:first-child { border-top: 0; }
li p { margin: .1rem 0 0 1.6rem; color: var(--soft); font-size: .8125rem; }
li label { display: inline-flex; gap: .5rem; align-items: baseline; cursor: pointer; font-weight: 600; }
.detail { display: block; color: var(--soft); }
#faults .detail { margin-left: 1.6rem; }
.none, kbd { color: var(--soft); }
kbd { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3rem; font-size: .8125rem; }
dialog { border: 1px solid var(--line); border-radius: .6rem; background: var(--card); color: var(--ink); max-width: min(60rem, 92vw); padding: 1rem 1.25rem; }
dialog::backdrop { background: rgb(0 0 0 / .45); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem 1rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: .4rem; padding: .5rem .75rem; margin: 0; overflow: auto; max-height: 16rem; }
.hex { white-space: pre-wrap; overflow-wrap: anywhere; }
dialog form { margin-top: 1rem; display: flex; gap: .5rem; justify-content: flex-end; flex-wrap: wrap; }
#token { flex: 1 1 16rem; }
@media (max-width: 60rem) { #columns { grid-template-columns: minmax(0, 1fr); } body { padding: 0 .75rem 2rem; } }
@media (max-width: 40rem) { .time, .client, .count, .outcome { display: none; } td.name { min-width: 8rem; } }
`;
