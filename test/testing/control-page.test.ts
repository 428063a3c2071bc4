import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningControl, startControl } from '../../lib/net/control.ts';
import { answerControl } from '../../lib/testing/control/api.ts';
import { controlPage, PAGE_POLICY } from '../../lib/testing/control/page.ts';
import { script } from '../../lib/testing/control/page-script.ts';
import { style } from '../../lib/testing/control/page-style.ts';
import { BROWSER, Tab } from './browser.ts';
import { Controlled, TOKEN } from './control-calls.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('base64');

describe('the page', () => {
  const { status, headers, body } = controlPage();

  test('may run its own script and style and nothing else', () => {
    expect(status).toBe(200);
    expect(PAGE_POLICY).toContain(`script-src 'sha256-${hash(script)}';`);
    expect(PAGE_POLICY).toContain(`style-src 'sha256-${hash(style)}';`);
    expect(PAGE_POLICY).not.toMatch(/unsafe|\*|http/u);
    expect(headers).toMatchObject({
      'content-security-policy': PAGE_POLICY,
      'content-type': 'text/html; charset=utf-8',
    });
  });

  test('asks nobody else and makes no markup', () => {
    const text = String(body);
    expect(text.match(/\b(?:src|href)="(?!#|data:,")[^"]*"/gu)).toBeNull();
    expect(text).not.toMatch(/https?:/u);
    expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|\son\w+="|\sstyle="/u);
  });

  test('is shown without a token, to own hosts alone', async () => {
    const controlled = new Controlled();
    const get = async (host: string): Promise<number> =>
      (
        await answerControl(
          {
            method: 'GET',
            target: '/?x',
            headers: { host },
            body: new Uint8Array(),
            client: { address: '::1', port: 1 },
            signal: new AbortController().signal,
          },
          controlled.context,
          { address: '127.0.0.1', token: TOKEN },
          new Map([['/', controlPage]]),
        )
      ).status;
    expect([await get('localhost'), await get('evil.example')]).toEqual([200, 403]);
  });
});

if (BROWSER === undefined) console.log('the page is not opened in a browser: no Chromium is installed');

describe.skipIf(BROWSER === undefined)('in a browser', () => {
  const controlled = new Controlled();
  let running: RunningControl;
  let tab: Tab;

  beforeAll(async () => {
    const rules = { address: '127.0.0.1', token: TOKEN };
    const pages = new Map([['/', controlPage]]);
    running = await startControl({
      address: '127.0.0.1',
      port: 0,
      handle: (request) => answerControl(request, controlled.context, rules, pages),
    });
    await controlled.call('POST /v1/faults', {
      id: 'mx-fails',
      description: '<img src=x onerror=alert(1)><b>bold</b>',
      match: { type: 'MX' },
      action: { rcode: 'SERVFAIL' },
    });
    await controlled.ask('www.example.net. A');
    tab = await Tab.open(`http://127.0.0.1:${running.port}/#token=${TOKEN}`);
  }, 60_000);
  afterAll(async () => {
    await tab?.[Symbol.asyncDispose]();
    await running?.close();
  });

  const rows = 'document.querySelectorAll("#rows tr")';

  test('shows what was asked before and what is asked now', async () => {
    await tab.until(`${rows}.length === 1`);
    await controlled.ask('\\<script\\>alert\\(1\\)\\</script\\>.example.net. A');
    await controlled.ask('example.net. MX');
    await tab.until(`${rows}.length === 3`);
    const [newest, before] = await tab.value<string[]>(`[...${rows}].map((each) => each.innerText)`);
    expect(newest).toMatch(/example\.net\.\s+MX\s+SERVFAIL/u);
    expect(newest).toContain('mx-fails');
    expect(await tab.value('document.getElementById("faults").innerText')).toContain(
      '<img src=x onerror=alert(1)><b>bold</b>',
    );
    expect(before).toContain('<script>alert\\(1\\)</script>.example.net.');
    expect(before).toContain('NXDOMAIN');
    expect(await tab.value('document.querySelectorAll("img, #rows script, #faults b").length')).toBe(0);
    expect(
      (await tab.value<string>('document.getElementById("rcodes").innerText'))
        .split(/\n/u)
        .map((each) => each.trim())
        .sort(),
    ).toEqual(['NOERROR 1', 'NXDOMAIN 1', 'SERVFAIL 1']);
  }, 60_000);

  test('keeps the token out of the address', async () => {
    expect(await tab.value('location.href')).toBe(`http://127.0.0.1:${running.port}/`);
    expect(await tab.value('sessionStorage.getItem("token")')).toBe(TOKEN);
  }, 60_000);

  test('filters by what is typed and by response codes', async () => {
    await tab.press('/');
    expect(await tab.value('document.activeElement.id')).toBe('text');
    await tab.send('Input.insertText', { text: 'mx servfail' });
    await tab.until(`${rows}.length === 1`);
    await tab.value(
      '(() => { const text = document.getElementById("text"); text.value = ""; text.dispatchEvent(new Event("input")); text.blur(); })()',
    );
    await tab.until(`${rows}.length === 3`);
    await tab.value('document.querySelector("[data-rcode=NXDOMAIN]").click()');
    await tab.until(`${rows}.length === 2`);
    await tab.value('document.querySelector("[data-rcode=NXDOMAIN]").click()');
  }, 60_000);

  test('switches faults off, and shows those that others switch', async () => {
    await tab.until('document.querySelector("#faults .detail")?.innerText === "hit 1 of 1"');
    await tab.value('document.querySelector("#faults input").click()');
    await tab.until('!document.querySelector("#faults input").checked');
    for (let waits = 0; controlled.server.faults.active && waits < 100; waits++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(controlled.server.faults.list()).toMatchObject([{ enabled: false }]);
    controlled.server.faults.enable('mx-fails', true);
    await tab.until('document.querySelector("#faults input").checked');
  }, 60_000);

  test('shows zones as they change', async () => {
    await controlled.call('PATCH /v1/zones/example.net', { op: 'raise-serial', style: 'counter' });
    await tab.until('document.getElementById("zones").innerText.includes("serial 2026112102")');
    await controlled.call('DELETE /v1/zones/example.net');
    await tab.until('document.getElementById("zones").innerText.includes("No zone is served.")');
    await controlled.call('POST /v1/reset', { zones: true });
    await tab.until('document.getElementById("zones").innerText.includes("serial 2026112101")');
  }, 60_000);

  test('pauses, goes on and clears by keys', async () => {
    await tab.press('p');
    await controlled.ask('www.example.net. AAAA');
    await tab.until('document.getElementById("pause").innerText === "Go on (1 new)"');
    expect(await tab.value(`${rows}.length`)).toBe(3);
    await tab.press('p');
    await tab.until(`${rows}.length === 4`);
    await tab.press('c');
    await tab.until(`${rows}.length === 0`);
  }, 60_000);

  test('tells all of one query', async () => {
    await controlled.ask('www.example.net. A');
    await tab.until(`${rows}.length === 1`);
    await tab.value('document.querySelector(".open").click()');
    await tab.until('document.getElementById("detail").open');
    expect(await tab.value('document.getElementById("detail").innerText')).toContain(
      'www.example.net. 300 IN A 192.0.2.80',
    );
    await tab.value('document.querySelector("#detail form button").click()');
    await tab.until('!document.getElementById("detail").open');
  }, 60_000);

  test('has done nothing that its policy forbids, and no error', () => {
    expect(tab.console).toEqual([]);
  });

  test('asks for the token where none is given', async () => {
    await using other = await Tab.open(`http://127.0.0.1:${running.port}/`);
    await other.until('document.getElementById("access").open');
    await other.value(
      `(() => { document.getElementById("token").value = "${TOKEN}"; document.querySelector("#access button").click(); })()`,
    );
    await other.until('document.getElementById("connection").innerText === "live"');
    expect(await other.value<string>('document.getElementById("zones").innerText')).toContain('example.net.');
  }, 60_000);
});
