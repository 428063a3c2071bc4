/** The style of the page: light and dark, wide and narrow, screen and paper. */
export const style = `
:root {
  color-scheme: light;
  --paper: #f7f8fa; --card: #ffffff; --ink: #1b1f26; --soft: #5b6472; --line: #dde1e7; --code: #f3f5f8; --link: #0b57b0;
  --error: #b3201f; --error-soft: #fde7e6; --warning: #7a5200; --warning-soft: #fff1d0; --info: #1a5fa8;
  --info-soft: #e3effc; --related: #5a3fb0; --related-soft: #ece7fb; --good: #1c6b34; --focus: #0b57b0;
}
:root[data-theme="dark"] {
  color-scheme: dark;
  --paper: #12151a; --card: #1a1e25; --ink: #e5e8ed; --soft: #9aa4b2; --line: #2d343f; --code: #14181e; --link: #7db5ff;
  --error: #ff8a84; --error-soft: #43201f; --warning: #eebb58; --warning-soft: #3b2e10; --info: #86bcff;
  --info-soft: #18304d; --related: #c0aeff; --related-soft: #2c2450; --good: #7fd398; --focus: #7db5ff;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 5rem; }
body {
  margin: 0 auto; padding: 0 1.5rem 4rem; max-width: 96rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
[hidden] { display: none !important; }
code, pre, .place, .id, dt { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 3; background: var(--card); padding: .5rem 1rem; }
button, select, input {
  font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .4rem;
  padding: .3rem .6rem; min-height: 2.25rem;
}
button, select { cursor: pointer; }
button:hover, select:hover, input:hover { border-color: var(--soft); }
header { display: grid; grid-template-columns: 1fr auto; align-items: start; padding: 1.5rem 0 1rem; }
header h1 { margin: 0; font-size: 1.5rem; line-height: 1.3; letter-spacing: -.01em; }
header h1 span { color: var(--soft); font-weight: 400; }
header p { margin: 0; grid-column: 1 / -1; color: var(--soft); }
header #found { margin-top: .25rem; color: var(--ink); font-size: 1.1rem; }
#theme { grid-column: 2; grid-row: 1; white-space: nowrap; }
#failures, .note { border: 1px solid var(--error); border-radius: .5rem; background: var(--error-soft); padding: .75rem 1rem; margin: 0 0 1rem; }
#failures summary { font-weight: 600; cursor: pointer; }
#failures ul { margin: .25rem 0 0; padding-left: 1.2rem; overflow: auto; overflow-wrap: anywhere; max-height: 20rem; }
#filter {
  position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center;
  padding: .75rem 0; background: var(--paper); border-bottom: 1px solid var(--line); margin-bottom: 1rem;
}
#filter label { display: inline-flex; align-items: center; gap: .4rem; color: var(--soft); }
#filter input { width: 12.5rem; color: var(--ink); }
#filter select { width: 11rem; color: var(--ink); text-overflow: ellipsis; }
#severities { display: inline-flex; gap: .4rem; }
#severities button { font-weight: 600; }
#severities button:disabled { opacity: .55; cursor: default; }
#severities button[aria-pressed="false"] { opacity: .55; text-decoration: line-through; font-weight: 400; }
#severities .error { color: var(--error); background: var(--error-soft); border-color: transparent; }
#severities .warning { color: var(--warning); background: var(--warning-soft); border-color: transparent; }
#severities .info { color: var(--info); background: var(--info-soft); border-color: transparent; }
#above { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .25rem 1rem; margin-bottom: .5rem; }
#above label { display: inline-flex; align-items: center; gap: .4rem; color: var(--soft); font-size: .875rem; }
#above select { color: var(--ink); min-height: 2rem; padding: .15rem .4rem; }
#count { font-weight: 600; font-variant-numeric: tabular-nums; }
#columns { display: grid; grid-template-columns: minmax(0, 17rem) minmax(0, 1fr); gap: 2rem; align-items: start; }
aside { position: sticky; top: 4.75rem; max-height: calc(100vh - 5.5rem); overflow: auto; font-size: .875rem; }
aside summary { font-weight: 600; padding: .25rem 0; cursor: pointer; }
aside ol { list-style: none; margin: 0 0 1rem; padding: 0; }
aside li button {
  display: grid; grid-template-columns: auto 1fr auto; gap: .5rem; width: 100%; min-height: 0; text-align: left; border: 0;
  border-radius: .3rem; background: none; padding: .2rem .4rem; overflow-wrap: anywhere;
}
aside li button:hover { background: var(--card); }
aside li button[aria-pressed="true"] { background: var(--info-soft); font-weight: 600; }
aside li .number { font-variant-numeric: tabular-nums; color: var(--soft); }
aside li .sign { font-weight: 700; width: 1.1em; text-align: center; }
aside li .error { color: var(--error); }
aside li .warning { color: var(--warning); }
aside li .info { color: var(--info); }
aside .more { color: var(--soft); padding: .2rem .4rem; }
aside dl { display: grid; grid-template-columns: auto 1fr; gap: .2rem .75rem; margin: 0; padding: 0 .4rem; color: var(--soft); }
dd { margin: 0; }
#list:focus { outline: none; }
#list h2 { font-size: 1rem; margin: 1.75rem 0 .75rem; overflow-wrap: anywhere; }
#list h2:first-child { margin-top: 0; }
#list h2 span { color: var(--soft); font-weight: 400; }
article {
  background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--line); border-radius: .5rem;
  padding: .8rem 1rem; margin: 0 0 .8rem;
}
article.error { border-left-color: var(--error); }
article.warning { border-left-color: var(--warning); }
article.info { border-left-color: var(--info); }
article:focus { outline: 2px solid var(--focus); outline-offset: 1px; }
article h3 { margin: 0; font-size: 1rem; font-weight: 600; overflow-wrap: anywhere; }
.badge {
  display: inline-block; font-size: .75rem; font-weight: 700; border-radius: .3rem; padding: .05rem .45rem;
  margin-right: .5rem; vertical-align: .08rem;
}
.badge.error { color: var(--error); background: var(--error-soft); }
.badge.warning { color: var(--warning); background: var(--warning-soft); }
.badge.info { color: var(--info); background: var(--info-soft); }
.meta { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: .2rem 0 0; font-size: .875rem; color: var(--soft); overflow-wrap: anywhere; }
.meta > * { min-width: 0; }
.id { background: none; border: 0; padding: 0; min-height: 0; color: var(--link); text-decoration: underline; font-size: inherit; overflow-wrap: anywhere; text-align: left; }
.frame {
  margin: .6rem 0 0; padding: .45rem 0; background: var(--code); border: 1px solid var(--line); border-radius: .4rem;
  display: grid; grid-template-columns: minmax(max-content, 1fr); overflow-x: auto; font-size: .8125rem; line-height: 1.55;
}
.frame div { display: flex; padding-right: 1rem; background: var(--code); }
.frame .number { flex: none; position: sticky; left: 0; background: inherit; width: 4.2em; padding-right: 1em; text-align: right; color: var(--soft); user-select: none; }
.frame .text { white-space: pre; }
.frame .here { background: color-mix(in srgb, var(--card) 70%, var(--code)); }
.frame .gap { border-top: 1px dashed var(--line); }
mark { color: inherit; background: var(--related-soft); border-bottom: 2px dotted var(--related); padding-bottom: 1px; }
mark.main { border-bottom: 2px solid; font-weight: 600; }
.error mark.main { background: var(--error-soft); border-color: var(--error); }
.warning mark.main { background: var(--warning-soft); border-color: var(--warning); }
.info mark.main { background: var(--info-soft); border-color: var(--info); }
mark:empty { padding-left: .6ch; }
.label { color: var(--related); font-style: italic; padding-left: 1.5ch; }
article p { margin: .6rem 0 0; overflow-wrap: anywhere; }
article p b { font-weight: 600; }
.fix b { color: var(--good); }
.after { color: var(--good); }
.soft { color: var(--soft); font-size: .875rem; }
.nothing { text-align: center; padding: 4rem 1rem; color: var(--soft); }
dialog {
  width: min(52rem, calc(100vw - 2rem)); max-height: calc(100vh - 3rem); padding: 1.25rem 1.5rem 1.5rem; overflow: auto;
  border: 1px solid var(--line); border-radius: .7rem; background: var(--card); color: var(--ink);
}
dialog::backdrop { background: rgb(0 0 0 / .45); }
dialog header { padding: 0; position: sticky; top: -1.25rem; background: var(--card); padding: .25rem 0; }
dialog h2 { margin: 0; font-size: 1.2rem; overflow-wrap: anywhere; }
dialog h3 { margin: 1.1rem 0 .25rem; font-size: 1rem; }
dialog p, dialog ul { margin: .25rem 0; }
dialog li { overflow-wrap: anywhere; }
dialog pre { margin: .25rem 0; padding: .6rem .8rem; overflow-x: auto; background: var(--code); border: 1px solid var(--line); border-radius: .4rem; font-size: .8125rem; }
@media (max-width: 60rem) {
  body { padding: 0 1rem 3rem; }
  #columns { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
  aside { position: static; max-height: none; }
  aside ol { max-height: 16rem; overflow: auto; }
  #keys { display: none; }
}
@media (max-width: 40rem) {
  html { scroll-padding-top: 1rem; }
  header { padding-top: 1rem; }
  #filter { position: static; display: grid; grid-template-columns: 1fr; gap: .5rem; }
  #filter label { display: grid; grid-template-columns: 3rem 1fr; }
  #filter input, #filter select { width: 100%; max-width: none; }
  #severities { display: grid; grid-template-columns: repeat(3, 1fr); }
  #severities button { padding: .3rem .2rem; }
  article { padding: .7rem .75rem; }
  .frame .number { width: 3.2em; padding-right: .7em; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  :root { --paper: #fff; --card: #fff; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  #filter, aside, #theme, .skip, dialog, #above label { display: none; }
  #columns { display: block; }
  article { break-inside: avoid; }
  .frame { display: block; overflow: visible; }
  .frame .text { white-space: pre-wrap; overflow-wrap: anywhere; }
}
`;
