/** The script of the page. It puts text into the page as text only, so that no name or fault can become markup. */
export const script: string = String.raw`
'use strict';
const $ = (id) => document.getElementById(id);
const MOST_KEPT = 2000;
const MOST_SHOWN = 300;
const state = { token: '', queries: [], last: 0, total: 0, rcodes: new Map(), off: new Set(), text: '', paused: false,
  missed: 0, faults: new Map(), zones: new Map(), dirty: false, leave: undefined, wait: 500 };

/** An element with attributes and children; children that are no elements become text. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined));
  return element;
}

const number = (count) => count.toLocaleString('en-US');
const plural = (count, word) => number(count) + ' ' + word + (count === 1 ? '' : 's');

/** The token of the address is for this window alone and does not stay in its address line. */
function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    sessionStorage.setItem('token', given);
    history.replaceState(null, '', location.pathname);
  }
  state.token = sessionStorage.getItem('token') || '';
}

async function call(method, path, body, signal) {
  const headers = { authorization: 'Bearer ' + state.token };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(path, { method, headers, signal, body: body && JSON.stringify(body) });
  if (response.status === 401) askForToken();
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  throw new Error(told.error ? told.error.message : 'the server answered ' + response.status);
}

const read = async (path) => (await call('GET', path)).json();

function askForToken() {
  if (!$('access').open) $('access').showModal();
}

function say(text, bad) {
  $('connection').textContent = text;
  $('connection').className = bad ? 'bad' : 'good';
}

function tell(error) {
  $('trouble').textContent = error === undefined ? '' : error.message;
  $('trouble').hidden = error === undefined;
}

const attempt = (act) => act().then(() => tell(), tell);

function takeQuery(query) {
  if (query.number <= state.last) return;
  state.last = query.number;
  const rcode = query.rcode || 'no reply';
  state.rcodes.set(rcode, (state.rcodes.get(rcode) || 0) + 1);
  state.total += 1;
  if (state.paused) state.missed += 1;
  state.queries.push(query);
  if (state.queries.length > 2 * MOST_KEPT) state.queries = state.queries.slice(-MOST_KEPT);
  refresh();
}

function takeZone(zone) {
  if (zone.change === 'removed') state.zones.delete(zone.name);
  else state.zones.set(zone.name, zone);
  drawZones();
}

function takeFault(fault) {
  if (fault.change === 'removed') state.faults.delete(fault.id);
  else state.faults.set(fault.id, fault);
  drawFaults();
}

const TAKE = { query: takeQuery, zone: takeZone, fault: takeFault, skipped: ({ queries }) => {
  state.total += queries;
  tell(new Error(plural(queries, 'query').replace('querys', 'queries') + ' came too fast to be shown'));
} };

/** One event of a stream: its name and its data. */
function takeEvent(text) {
  let name = 'message';
  let data = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('event: ')) name = line.slice(7);
    if (line.startsWith('data: ')) data += line.slice(6);
  }
  if (data !== '' && TAKE[name]) TAKE[name](JSON.parse(data));
}

/** Follows from before what is there is read, so that nothing falls between the two. */
async function follow(signal) {
  const response = await call('GET', '/v1/events', undefined, signal);
  await load();
  say('live');
  state.wait = 500;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    events.forEach(takeEvent);
  }
}

async function loadFaults() {
  const { faults } = await read('/v1/faults');
  state.faults = new Map(faults.map((fault) => [fault.id, fault]));
  drawFaults();
}

async function load() {
  const [status, zones, queries] = await Promise.all(
    ['/v1/status', '/v1/zones', '/v1/queries?limit=1000&since=' + state.last].map(read));
  await loadFaults();
  state.zones = new Map(zones.zones.map((zone) => [zone.name, zone]));
  // A server that has started again counts from one.
  if (status.queries.total < state.last) Object.assign(state, { last: 0, queries: [] });
  $('where').textContent = status.version + ' at ' + status.listeners.map((each) =>
    (each.address.includes(':') ? '[' + each.address + ']' : each.address) + ':' + each.port + ' ' +
    each.transport.toUpperCase()).join(', ');
  queries.queries.forEach(takeQuery);
  drawZones();
  refresh();
}

async function run() {
  for (;;) {
    const leaving = new AbortController();
    state.leave = () => leaving.abort();
    try {
      say('connecting');
      await follow(leaving.signal);
      say('the server has ended the connection', true);
    } catch (error) {
      say(error.name === 'AbortError' ? 'connecting' : error.message, true);
    }
    await new Promise((resolve) => {
      state.leave = resolve;
      setTimeout(resolve, state.wait);
    });
    state.wait = Math.min(2 * state.wait, 10000);
  }
}

function fits(query) {
  const rcode = query.rcode || 'no reply';
  if (state.off.has(rcode)) return false;
  if (state.text === '') return true;
  const words = [query.name, query.type, rcode, query.client, query.transport, query.outcome, ...query.faults];
  return state.text.split(/\s+/).every((part) => words.some((word) => (word || '').toLowerCase().includes(part)));
}

/** Drawing is done at most a few times a second, however many queries come. */
function refresh() {
  if (state.dirty) return;
  state.dirty = true;
  setTimeout(() => {
    state.dirty = false;
    drawCounts();
    if (!state.paused) drawQueries();
  }, 150);
}

function drawCounts() {
  const rcodes = [...state.rcodes].sort((a, b) => b[1] - a[1]);
  const focused = document.activeElement && document.activeElement.dataset.rcode;
  $('rcodes').replaceChildren(...rcodes.map(([rcode, count]) => {
    const toggle = () => {
      if (!state.off.delete(rcode)) state.off.add(rcode);
      drawCounts();
      drawQueries();
    };
    const kind = rcode === 'NOERROR' ? 'good' : rcode === 'NXDOMAIN' ? 'soft' : 'bad';
    const button = make('button', { type: 'button', class: kind, 'data-rcode': rcode,
      'aria-pressed': String(!state.off.has(rcode)), onclick: toggle }, rcode + ' ', make('b', {}, number(count)));
    return button;
  }));
  if (focused !== undefined) {
    const again = [...$('rcodes').children].find((each) => each.dataset.rcode === focused);
    if (again) again.focus();
  }
  $('pause').textContent = state.paused ? 'Go on' + (state.missed ? ' (' + number(state.missed) + ' new)' : '') : 'Pause';
  $('pause').setAttribute('aria-pressed', String(state.paused));
}

function row(query) {
  const faults = query.faults.map((id) => make('span', { class: 'fault' }, make('bdi', {}, id)));
  const rcode = query.rcode || 'no reply';
  const kind = rcode === 'NOERROR' ? 'good' : rcode === 'NXDOMAIN' ? 'soft' : 'bad';
  const open = make('button', { type: 'button', class: 'open', 'data-number': String(query.number),
    'aria-label': 'query ' + query.number, onclick: () => attempt(() => show(query.number)) }, String(query.number));
  return make('tr', {},
    make('td', {}, open),
    make('td', { class: 'time' }, query.time.slice(11, 23)),
    make('td', { class: 'name' }, make('bdi', {}, query.name === undefined ? '(no question)' : query.name)),
    make('td', {}, query.type || ''),
    make('td', {}, make('span', { class: 'rcode ' + kind }, rcode),
      query.aa || query.rcode === undefined ? '' : ' not aa', query.tc ? ' tc' : '', ' ', faults),
    make('td', { class: 'outcome' }, query.outcome),
    make('td', { class: 'client' }, query.client + ' ' + query.transport),
    make('td', { class: 'count' }, query.answerSize + ' B'),
    make('td', { class: 'count' }, query.ms.toFixed(1)));
}

function drawQueries() {
  const focused = document.activeElement && document.activeElement.dataset.number;
  const found = state.queries.filter(fits);
  const shown = found.slice(-MOST_SHOWN).reverse();
  $('rows').replaceChildren(...shown.map(row));
  if (focused !== undefined) {
    const again = document.querySelector('[data-number="' + CSS.escape(focused) + '"]');
    if (again) again.focus();
  }
  const of = found.length === state.queries.length ? '' : ' of ' + number(state.queries.length);
  $('found').textContent = state.queries.length === 0 ? 'No query yet.' :
    (found.length > shown.length ? 'The last ' + number(shown.length) + ' of ' + number(found.length) : number(found.length) + of) +
    (found.length === 1 && of === '' ? ' query' : ' queries') + '; ' + number(state.total) + ' since this page follows.';
}

function drawZones() {
  const zones = [...state.zones.values()];
  $('zone-count').textContent = number(zones.length);
  $('zones').replaceChildren(...zones.slice(0, 500).map((zone) => make('li', {},
    make('span', { class: 'name' }, make('bdi', {}, zone.name)),
    make('span', { class: 'detail' }, 'serial ' + zone.serial + ', ' + plural(zone.records, 'record')))));
  if (zones.length === 0) $('zones').append(make('li', { class: 'none' }, 'No zone is served.'));
  if (zones.length > 500) $('zones').append(make('li', { class: 'none' }, 'and ' + number(zones.length - 500) + ' more'));
}

function drawFaults() {
  const focused = document.activeElement && document.activeElement.dataset.fault;
  const faults = [...state.faults.values()];
  $('fault-count').textContent = number(faults.length);
  $('faults').replaceChildren(...faults.map(({ id, enabled, matched, hit, fault }) => {
    const box = make('input', { type: 'checkbox', role: 'switch', 'data-fault': id, onchange: () => attempt(async () => {
      const path = '/v1/faults/' + encodeURIComponent(id);
      takeFault(await (await call('PATCH', path, { enabled: box.checked })).json());
      // Whoever switches it at the same moment may have the last word.
      setTimeout(() => attempt(loadFaults), 500);
    }) });
    box.checked = enabled;
    return make('li', {}, make('label', {}, box, make('bdi', {}, id)),
      make('span', { class: 'detail' }, 'hit ' + number(hit) + ' of ' + number(matched)),
      fault.description ? make('p', {}, make('bdi', {}, fault.description)) : undefined);
  }));
  if (faults.length === 0) $('faults').append(make('li', { class: 'none' }, 'There is no fault.'));
  const again = focused === undefined ? undefined : [...document.querySelectorAll('[data-fault]')].find(
    (each) => each.dataset.fault === focused);
  if (again) again.focus();
}

async function show(which) {
  const query = await read('/v1/queries/' + which);
  const section = (name) => query[name] && query[name].length > 0 ? [make('h3', {}, name), make('pre', {}, query[name].join('\n'))] : [];
  const plain = Object.entries(query).filter(([name]) => !['answer', 'authority', 'additional', 'query', 'response'].includes(name));
  $('detail').replaceChildren(
    make('h2', { tabindex: '-1', autofocus: '' }, 'Query ' + query.number),
    make('dl', {}, plain.flatMap(([name, value]) => [make('dt', {}, name),
      make('dd', {}, make('bdi', {}, typeof value === 'object' ? JSON.stringify(value) : String(value)))])),
    ...['answer', 'authority', 'additional'].flatMap(section),
    make('h3', {}, 'octets of the query'), make('pre', { class: 'hex' }, query.query),
    ...(query.response ? [make('h3', {}, 'octets of the answer'), make('pre', { class: 'hex' }, query.response)] : []),
    make('form', { method: 'dialog' }, make('button', {}, 'Close')));
  $('detail').showModal();
}

function pause() {
  state.paused = !state.paused;
  state.missed = 0;
  drawCounts();
  drawQueries();
}

function clearAll() {
  Object.assign(state, { queries: [], total: 0, missed: 0 });
  state.rcodes.clear();
  drawCounts();
  drawQueries();
}

function listen() {
  $('filter').addEventListener('submit', (event) => event.preventDefault());
  $('text').addEventListener('input', () => {
    state.text = $('text').value.trim().toLowerCase();
    drawQueries();
  });
  $('pause').addEventListener('click', pause);
  $('clear').addEventListener('click', clearAll);
  $('reset').addEventListener('click', () => attempt(async () => {
    await call('POST', '/v1/reset');
    clearAll();
  }));
  $('access').addEventListener('close', () => {
    state.token = $('token').value.trim();
    sessionStorage.setItem('token', state.token);
    if (state.leave) state.leave();
  });
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== 'checkbox';
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape' && event.target === $('text')) $('text').blur();
    if (typing) return;
    const act = { '/': () => $('text').focus(), p: pause, c: clearAll }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

takeToken();
listen();
void run();
`;
