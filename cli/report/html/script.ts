/** The script of the page. It puts text into the page as text only, so that nothing in a zone can become markup. */
export const script: string = String.raw`
'use strict';
const $ = (id) => document.getElementById(id);
const findings = JSON.parse($('findings').textContent);
const run = JSON.parse($('run').textContent);
const SEVERITIES = ['error', 'warning', 'info'];
const CHUNK = 50;
const state = { off: new Set(), rule: '', zone: '', text: '', order: '' };
let shown = findings;
let drawn = 0;

/** An element with attributes and children; children that are no elements become text. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'onclick') element.addEventListener('click', value);
    else if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined));
  return element;
}

const number = (count) => count.toLocaleString('en-US');

function tally(key) {
  const rows = new Map();
  for (const one of findings) {
    const row = rows.get(one[key]) ?? { value: one[key], count: 0, severity: one.severity };
    row.count += 1;
    if (SEVERITIES.indexOf(one.severity) < SEVERITIES.indexOf(row.severity)) row.severity = one.severity;
    rows.set(one[key], row);
  }
  return [...rows.values()].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

const rules = tally('rule');
const zones = tally('zone');

function fillFilters() {
  for (const severity of SEVERITIES) {
    const count = findings.filter((one) => one.severity === severity).length;
    const words = number(count) + ' ' + severity + (count === 1 ? '' : 's');
    const toggle = () => {
      if (!state.off.delete(severity)) state.off.add(severity);
      update();
    };
    const button = make('button', { type: 'button', class: severity, 'data-severity': severity, onclick: toggle }, words);
    button.disabled = count === 0;
    $('severities').append(button);
  }
  fillSelect('rule', rules, 'every rule');
  fillSelect('zone', zones, 'every zone');
  fillList('rule', rules);
  fillList('zone', zones);
}

function fillSelect(key, rows, all) {
  const sorted = [...rows].sort((a, b) => (a.value < b.value ? -1 : 1));
  $(key).append(make('option', { value: '' }, all));
  for (const row of sorted) $(key).append(make('option', { value: row.value }, row.value + ' (' + number(row.count) + ')'));
  $(key).addEventListener('change', () => choose(key, $(key).value));
}

const LISTED = 100;

function fillList(key, rows) {
  const list = $('by-' + key).querySelector('ol');
  for (const row of rows.slice(0, LISTED)) {
    const toggle = () => choose(key, state[key] === row.value ? '' : row.value);
    const sign = make('span', { class: 'sign ' + row.severity, title: 'worst: ' + row.severity }, row.severity[0].toUpperCase());
    const button = make('button', { type: 'button', onclick: toggle }, sign, make('span', {}, row.value), make('span', { class: 'number' }, number(row.count)));
    button.value = row.value;
    list.append(make('li', {}, button));
  }
  if (rows.length > LISTED) list.append(make('li', { class: 'more' }, 'and ' + number(rows.length - LISTED) + ' more in the menu above'));
  if (rows.length === 0) $('by-' + key).hidden = true;
  if (matchMedia('(max-width: 60rem)').matches) $('by-' + key).open = false;
}

function choose(key, value) {
  state[key] = value;
  update();
}

function haystack(one) {
  one.haystack ??= [one.message, one.rule, one.file + ':' + one.line, one.subject, one.zone, ...one.related.map((each) => each.message), ...one.frame.map((row) => row[1])]
    .join('\n')
    .toLowerCase();
  return one.haystack;
}

const weight = (one) => SEVERITIES.indexOf(one.severity);
const byRule = (a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
const ORDERS = { severity: (a, b) => weight(a) - weight(b), rule: byRule };

function update() {
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  shown = findings.filter(
    (one) =>
      !state.off.has(one.severity) &&
      (state.rule === '' || one.rule === state.rule) &&
      (state.zone === '' || one.zone === state.zone) &&
      words.every((word) => haystack(one).includes(word)),
  );
  if (state.order !== '') shown.sort(ORDERS[state.order]);
  $('order').value = state.order;
  for (const button of $('severities').children) button.setAttribute('aria-pressed', String(!state.off.has(button.dataset.severity)));
  for (const key of ['rule', 'zone']) {
    $(key).value = state[key];
    for (const button of $('by-' + key).querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.value === state[key]));
  }
  if ($('text').value !== state.text) $('text').value = state.text;
  $('count').textContent = shown.length === findings.length
    ? number(findings.length) + (findings.length === 1 ? ' finding' : ' findings')
    : number(shown.length) + ' of ' + number(findings.length) + ' findings';
  $('clear').disabled = shown.length === findings.length && !filtered();
  $('list').replaceChildren();
  drawn = 0;
  if (shown.length === 0) {
    const words = findings.length === 0 ? 'There is nothing to mend.' : 'No finding fits the filter.';
    $('list').append(make('p', { class: 'nothing' }, words));
  }
  more();
  remember();
}

const filtered = () => state.order !== '' || state.off.size > 0 || state.rule !== '' || state.zone !== '' || state.text !== '';

function clear() {
  state.off.clear();
  state.rule = state.zone = state.text = state.order = '';
  update();
}

const KEPT = ['rule', 'zone', 'text', 'order'];

/** The filter stands in the address, so that it can be sent to somebody. */
function remember() {
  const words = new URLSearchParams();
  for (const key of KEPT) if (state[key] !== '') words.set(key, state[key]);
  if (state.off.size > 0) words.set('without', [...state.off].join(' '));
  const hash = words.toString();
  if (hash !== location.hash.slice(1)) history.replaceState(null, '', hash === '' ? location.pathname + location.search : '#' + hash);
}

function recall() {
  const words = new URLSearchParams(location.hash.slice(1));
  for (const key of KEPT) state[key] = words.get(key) ?? '';
  if (!Object.hasOwn(ORDERS, state.order)) state.order = '';
  state.off = new Set((words.get('without') ?? '').split(' ').filter((word) => SEVERITIES.includes(word)));
}

/** Draws the next findings, a chunk at a time: a page of ten thousand opens as fast as one of ten. */
function more(count = CHUNK) {
  const part = document.createDocumentFragment();
  const end = Math.min(shown.length, drawn + count);
  for (; drawn < end; drawn++) {
    const one = shown[drawn];
    const [title, rest] = heading(one);
    const [before] = drawn === 0 ? [] : heading(shown[drawn - 1]);
    if (title !== before) part.append(make('h2', {}, title, ' ', make('span', {}, rest)));
    part.append(card(one));
  }
  const places = part.querySelectorAll('mark.main');
  $('list').append(part);
  // Paper shows all of a frame.
  if (count <= CHUNK) uncover(places);
}

/** Scrolls frames that are too narrow to where their place is; all are measured before the first is scrolled. */
function uncover(places) {
  const measured = [...places].map((place) => {
    const frame = place.closest('.frame');
    return { frame, left: place.offsetLeft, beyond: place.offsetLeft + place.offsetWidth - frame.clientWidth };
  });
  for (const { frame, left, beyond } of measured) if (beyond > 0) frame.scrollLeft = Math.min(left - 60, beyond + 40);
}

/** What stands above a run of findings. */
function heading(one) {
  if (state.order === 'severity') return [one.severity + 's', ''];
  if (state.order === 'rule') return [one.rule, ''];
  return [one.from.length > 0 ? one.from[one.from.length - 1].replace(/:\d+$/, '') : one.file, one.zone];
}

function card(one) {
  const explain = () => explainRule(one.rule);
  const related = one.related.flatMap((each) => [
    make('p', {}, make('span', { class: 'place' }, place(each)), ': ' + each.message, trail(each)),
    frame(each.frame),
  ]);
  const fixes = one.fixes.flatMap((fix) => [
    make('p', { class: 'fix' }, make('b', {}, fix.safe ? 'Safe fix: ' : 'Fix: '), fix.title),
    fix.line === '' ? undefined : make('pre', { class: 'frame after' }, make('div', {}, make('span', { class: 'number' }, '+'), make('span', { class: 'text' }, fix.line))),
  ]);
  const help = run.rules[one.rule]?.help;
  return make('article', { class: one.severity, tabindex: '-1' },
    make('h3', {}, make('span', { class: 'badge ' + one.severity }, one.severity), one.message),
    make('div', { class: 'meta' },
      make('span', { class: 'place' }, place(one)),
      make('button', { type: 'button', class: 'id', title: 'What the rule means', onclick: explain }, one.rule),
      one.subject === '' ? undefined : make('span', {}, one.subject),
      trail(one)),
    frame(one.frame),
    related,
    help === undefined ? undefined : make('p', {}, make('b', {}, 'What to do: '), help),
    fixes,
    one.source === '' ? undefined : make('p', { class: 'soft' }, one.source));
}

const place = (one) => one.file + ':' + one.line + ':' + one.column;

function trail(one) {
  return one.from.length === 0 ? undefined : make('span', { class: 'soft' }, ' included from ' + one.from.join(', '));
}

function frame(rows) {
  if (rows.length === 0) return undefined;
  const lines = unindented(rows).map(([count, text, marks], index) => {
    const labels = marks.filter((mark) => mark[3] !== '').map((mark) => make('span', { class: 'label' }, mark[3]));
    const classes = [marks.some((mark) => mark[2]) ? 'here' : '', count < 0 && index > 0 ? 'gap' : ''].join(' ').trim();
    return make('div', classes === '' ? {} : { class: classes },
      make('span', { class: 'number' }, String(Math.abs(count))),
      make('span', { class: 'text' }, marked(text, marks)), labels);
  });
  return make('pre', { class: 'frame', tabindex: '0' }, lines);
}

/** Rows without the blanks that all of them begin with. */
function unindented(rows) {
  const indents = rows.filter(([, text]) => text.trim() !== '').map(([, text]) => /^ */.exec(text)[0].length);
  const marks = rows.flatMap(([, , each]) => each.map(([from]) => from));
  const indent = Math.min(...indents, ...marks);
  if (!(indent > 2 && indent < Infinity)) return rows;
  return rows.map(([count, text, each]) => [count, text.slice(indent), each.map(([from, to, ...rest]) => [from - indent, to - indent, ...rest])]);
}

/** The text of a line with its marks; where marks overlap the one of the finding wins. */
function marked(text, marks) {
  const cuts = new Set([0, text.length]);
  for (const [from, to] of marks) cuts.add(from).add(to);
  const points = [...cuts].sort((a, b) => a - b);
  const pieces = [];
  for (const [index, from] of points.entries()) {
    for (const mark of marks) if (mark[0] === from && mark[1] === from) pieces.push(make('mark', mark[2] ? { class: 'main' } : {}));
    const to = points[index + 1];
    if (to === undefined) break;
    const around = marks.filter((mark) => mark[0] <= from && mark[1] >= to && mark[0] < mark[1]);
    const piece = text.slice(from, to);
    if (around.length === 0) pieces.push(piece);
    else pieces.push(make('mark', around.some((mark) => mark[2]) ? { class: 'main' } : {}, piece));
  }
  return pieces;
}

function explainRule(id) {
  const rule = run.rules[id];
  if (rule === undefined) return;
  const section = (title, ...content) => (content.length === 0 ? [] : [make('h3', {}, title), ...content]);
  const code = (lines) => make('pre', {}, lines.join('\n'));
  const source = ({ words, link }) => {
    const [, name, rest = ''] = /^(.*?)(: .*)?$/s.exec(words);
    return make('li', {}, link === undefined ? words : make('a', { href: link, rel: 'noreferrer' }, name), link === undefined ? '' : rest);
  };
  const option = (row) => make('li', {}, make('code', {}, row.name), ': ' + row.what + ' (default ' + row.default + '; ' + row.bounds + ')');
  $('explanation').replaceChildren(
    make('header', {},
      make('h2', { id: 'explained' }, make('span', { class: 'badge ' + rule.level }, rule.level), rule.id),
      make('button', { type: 'button', onclick: () => $('explanation').close() }, 'Close')),
    make('p', {}, rule.what),
    make('p', { class: 'soft' }, 'Group ' + rule.group + '; profiles: ' + (rule.profiles.join(', ') || 'none')),
    ...section('Why', make('p', {}, rule.why)),
    ...section('What to do', make('p', {}, rule.help), ...(rule.fix === undefined ? [] : [make('p', {}, 'The fix is ' + rule.fix.words.replaceAll('${'`'}', ''))])),
    ...section('Bad', code(rule.bad)),
    ...section('Good', code(rule.good)),
    ...(rule.options.length === 0 ? [] : section('Options', make('ul', {}, rule.options.map(option)), code([rule.optionsConfig]))),
    ...(rule.sources.length === 0 ? [] : section('Sources', make('ul', {}, rule.sources.map(source)))),
    ...section('Switch it off', code([rule.off.comment]), code([rule.off.config]), code([rule.off.command])));
  $('explanation').showModal();
  $('explanation').scrollTop = 0;
}

const THEMES = ['auto', 'light', 'dark'];
const dark = matchMedia('(prefers-color-scheme: dark)');
let theme = 'auto';

function dress() {
  const wanted = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
  document.documentElement.dataset.theme = wanted;
  $('theme').textContent = 'Colours: ' + theme;
}

function nextTheme() {
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  try {
    localStorage.setItem('zonewright-theme', theme);
  } catch {
    // A page opened from a file may not keep anything.
  }
  dress();
}

function step(by) {
  const cards = $('list').querySelectorAll('article');
  const at = [...cards].indexOf(document.activeElement?.closest('article'));
  const next = at < 0 ? (by > 0 ? 0 : cards.length - 1) : at + by;
  if (next >= cards.length && drawn < shown.length) more();
  const target = $('list').querySelectorAll('article')[Math.max(0, next)];
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: 'nearest' });
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  '/': () => $('text').select(),
  x: () => document.activeElement?.closest('article')?.querySelector('.id').click(),
  c: clear,
  t: nextTheme,
  1: () => $('severities').children[0].click(),
  2: () => $('severities').children[1].click(),
  3: () => $('severities').children[2].click(),
};

document.addEventListener('keydown', (event) => {
  const field = event.target.closest?.('input, select, textarea');
  if (event.key === 'Escape' && field === $('text')) {
    choose('text', '');
    $('list').focus();
  }
  if (field || $('explanation').open || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

$('found').textContent = run.found;
$('checked').textContent = run.checked;
document.querySelector('h1').title = 'zonewright ' + run.version;
$('failures').hidden = run.failures.length === 0;
$('failures').open = run.failures.length <= 5;
$('failures').firstElementChild.textContent = number(run.failures.length) + (run.failures.length === 1 ? ' file was' : ' files were') + ' not checked';
for (const failure of run.failures) $('failures').lastElementChild.append(make('li', {}, (failure.skipped ? 'skipped: ' : '') + failure.message));
$('filter').hidden = $('above').hidden = document.querySelector('aside').hidden = findings.length === 0;
if (findings.length === 0) $('columns').style.display = 'block';
$('order').addEventListener('change', () => choose('order', $('order').value));
$('filter').addEventListener('submit', (event) => event.preventDefault());
let typing = 0;
$('text').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => choose('text', $('text').value), 120);
});
$('clear').addEventListener('click', clear);
$('theme').addEventListener('click', nextTheme);
$('explanation').addEventListener('click', (event) => event.target === $('explanation') && $('explanation').close());
dark.addEventListener('change', dress);
try {
  theme = THEMES.find((each) => each === localStorage.getItem('zonewright-theme')) ?? 'auto';
} catch {
  theme = 'auto';
}
dress();
fillFilters();
recall();
update();
addEventListener('hashchange', () => { recall(); update(); });
addEventListener('beforeprint', () => {
  document.documentElement.dataset.theme = 'light';
  more(shown.length);
});
addEventListener('afterprint', dress);
const end = make('div', {});
$('columns').after(end);
new IntersectionObserver((entries) => entries[0].isIntersecting && drawn < shown.length && more(), { rootMargin: '1500px' }).observe(end);
addEventListener('scroll', () => { if (drawn < shown.length && end.getBoundingClientRect().top < innerHeight + 1500) more(); }, { passive: true });
`;
