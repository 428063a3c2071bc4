import { isHostName } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { SERVICE_PORTS } from './generate-domain.ts';
import { bareText } from './generate-names.ts';
import type { SpecValue } from './generate-yaml.ts';
import { type NumbersAndHost, under, type ZoneLook } from './generate-zone-look.ts';

type SpecMap = Record<string, SpecValue>;

/** The settings of a mail domain as a spec says them, as far as its records tell. */
export function settingsOf(look: ZoneLook, domain: Uint8Array): SpecMap {
  const receives = ranked(look, look.hosts(domain, TYPE.MX, 1));
  const sends = ranked(look, look.hosts(domain, TYPE.CLIENTMX, 1));
  const all: Record<string, SpecValue | undefined> = {
    receives,
    sends,
    smtpTls: smtpTls(look, domain, receives),
    spf: spf(look, domain, sends),
    dkim: dkim(look, domain),
    dmarc: dmarc(look, domain),
    bimi: bimi(look, domain),
    mtaSts: mtaSts(look, domain),
    tlsReports: tlsReports(look, domain),
    caa: caa(look, domain),
    services: services(look, domain),
    ...automatic(look, domain),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as SpecMap;
}

function ranked(look: ZoneLook, all: readonly NumbersAndHost[]): SpecValue | undefined {
  if (all.length === 0) return undefined;
  if (all.some(({ host }) => host.length === 1))
    return all.length === 1 && all[0]?.numbers[0] === 0 ? 'none' : undefined;
  if (all.some(({ host }) => !isHostName(host))) return undefined;
  const sorted = [...all].sort((a, b) => (a.numbers[0] ?? 0) - (b.numbers[0] ?? 0));
  const isUsual = sorted.every(({ numbers }, index) => numbers[0] === (index + 1) * 10);
  if (isUsual) return sorted.map(({ host }) => look.short(host));
  return sorted.map(({ host, numbers }) => ({ host: look.short(host), preference: numbers[0] ?? 0 }));
}

const PRESETS: readonly (readonly [string, readonly number[]])[] = [
  ['starttls', [25]],
  ['implicit', [842]],
  ['implicit+backup', [842, 25]],
];

function smtpTls(look: ZoneLook, domain: Uint8Array, receives: SpecValue | undefined): SpecValue | undefined {
  const all = look.hosts(under('_smtp-tls._tcp', domain), TYPE.SRV, 3);
  if (all.length === 0 || all.some(({ host }) => !isHostName(host))) return undefined;
  const sorted = [...all].sort((a, b) => (a.numbers[0] ?? 0) - (b.numbers[0] ?? 0));
  const rows = sorted.map(({ numbers: [priority = 0, weight = 0, port = 0], host }) => {
    return { host: look.short(host), port, priority, weight };
  });
  const isPlain = Array.isArray(receives) && receives.every((each) => typeof each === 'string');
  for (const [preset, ports] of isPlain ? PRESETS : []) {
    const wanted = ports.flatMap((port) => (receives as readonly string[]).map((host) => ({ host, port })));
    const first = rows[0]?.priority ?? 0;
    const step = rows.length > 1 ? (rows[1]?.priority ?? 0) - first : 1;
    const fits =
      rows.length === wanted.length &&
      step > 0 &&
      rows.every(({ host, port, priority, weight }, index) => {
        const want = wanted[index];
        return host === want?.host && port === want.port && priority === first + step * index && weight === 0;
      });
    if (fits) return first === 0 && step === 1 ? preset : { preset, first, step };
  }
  return rows.map(({ host, port, priority, weight }) => ({
    host,
    port,
    ...(priority === 0 ? {} : { priority }),
    ...(weight === 0 ? {} : { weight }),
  }));
}

/** The one text of a kind; of several, which is wrong in the zone, none. */
function only(texts: readonly string[]): string | undefined {
  return texts.length === 1 ? texts[0] : undefined;
}

function spf(look: ZoneLook, domain: Uint8Array, sends: SpecValue | undefined): SpecValue | undefined {
  const text = only(look.texts(domain, 'spf1'));
  const hosts = look.hosts(domain, TYPE.CLIENTMX, 1).filter(({ host }) => host.length > 1);
  if (text === undefined || sends === undefined) return text;
  const words = [...hosts]
    .sort((a, b) => (a.numbers[0] ?? 0) - (b.numbers[0] ?? 0))
    .map(({ host }) => `a:${bareText(host).toLowerCase()}`);
  for (const [name, all] of [
    ['fail', '-all'],
    ['softfail', '~all'],
  ] as const) {
    if (text === ['v=spf1', ...words, all].join(' ')) return name;
  }
  return text;
}

function dkim(look: ZoneLook, domain: Uint8Array): SpecValue | undefined {
  const selectors: [string, SpecValue][] = [];
  const selectorOf = (owner: Uint8Array): string | undefined => {
    const suffix = `._domainkey.${bareText(domain)}`.toLowerCase();
    const text = bareText(owner).toLowerCase();
    return text.endsWith(suffix) ? text.slice(0, -suffix.length) : undefined;
  };
  for (const owner of look.owners(TYPE.TXT)) {
    const selector = selectorOf(owner);
    const text = only(look.texts(owner, 'DKIM1'));
    if (selector === undefined || text === undefined) continue;
    const key = /^v=DKIM1; k=(?:rsa|ed25519); p=([A-Za-z0-9+/=]{40,})$/.exec(text)?.[1];
    selectors.push([selector, text === 'v=DKIM1; p=' ? { revoked: true } : (key ?? text)]);
  }
  for (const owner of look.owners(TYPE.CNAME)) {
    const selector = selectorOf(owner);
    const target = look.at(owner, TYPE.CNAME)[0];
    if (selector !== undefined && target !== undefined)
      selectors.push([selector, { cname: bareText(target).toLowerCase() }]);
  }
  return selectors.length === 0 ? undefined : Object.fromEntries(selectors);
}

function dmarc(look: ZoneLook, domain: Uint8Array): SpecValue | undefined {
  const text = only(look.texts(under('_dmarc', domain), 'DMARC1'));
  const [, policy, reports] =
    /^v=DMARC1; p=(none|quarantine|reject)(?:; rua=mailto:([\w.+-]+@[\w.-]+))?$/.exec(text ?? '') ?? [];
  if (text === undefined || policy === undefined) return text;
  return reports === undefined ? policy : { policy, reports: reports };
}

function bimi(look: ZoneLook, domain: Uint8Array): SpecValue | undefined {
  const text = only(look.texts(under('default._bimi', domain), 'BIMI1'));
  const [, location, evidence] = /^v=BIMI1; l=([^\s;]*);(?: a=([^\s;]*);)?$/.exec(text ?? '') ?? [];
  if (location === undefined) return undefined;
  if (location === '') return evidence === '' ? 'declined' : undefined;
  return evidence === undefined ? location : { location, evidence };
}

function mtaSts(look: ZoneLook, domain: Uint8Array): SpecValue | undefined {
  const text = only(look.texts(under('_mta-sts', domain), 'STSv1'));
  const id = /^v=STSv1; id=([A-Za-z0-9]{1,32})$/.exec(text ?? '')?.[1];
  if (id === undefined) return undefined;
  const host = look.at(under('mta-sts', domain), TYPE.CNAME)[0];
  // What the policy says is not in the zone; this mode refuses no mail.
  return { mode: 'testing', ...(host === undefined ? {} : { host: look.short(host) }), id };
}

function tlsReports(look: ZoneLook, domain: Uint8Array): SpecValue | undefined {
  const text = only(look.texts(under('_smtp._tls', domain), 'TLSRPTv1'));
  const uris = /^v=TLSRPTv1; rua=([^\s;]+)$/.exec(text ?? '')?.[1]?.split(',');
  if (uris === undefined) return undefined;
  const all = uris.map((uri) => uri.replace(/^mailto:/, ''));
  return all.length === 1 ? all[0] : all;
}

function caa(look: ZoneLook, domain: Uint8Array): SpecValue | undefined {
  const tags: Record<string, string[]> = {};
  for (const rdata of look.at(domain, TYPE.CAA)) {
    const length = rdata[1] ?? 0;
    const tag = Buffer.from(rdata.subarray(2, 2 + length)).toString('latin1');
    const value = Buffer.from(rdata.subarray(2 + length)).toString('latin1');
    const known = ['issue', 'issuewild', 'issuemail', 'issuevmc', 'iodef', 'contactemail', 'contactphone'];
    if (rdata[0] !== 0 || !known.includes(tag)) continue;
    const said = tag === 'iodef' ? value.replace(/^mailto:/, '') : value === ';' ? 'none' : value;
    tags[tag] = [...(tags[tag] ?? []), said];
  }
  const members = Object.entries(tags).map(
    ([tag, values]) => [tag, values.length === 1 ? (values[0] ?? '') : values] as const,
  );
  const [first] = members;
  if (first === undefined) return undefined;
  return members.length === 1 && first[0] === 'issue' ? first[1] : Object.fromEntries(members);
}

function services(look: ZoneLook, domain: Uint8Array): SpecValue | undefined {
  const found: [string, SpecValue][] = [];
  for (const [service, usual] of SERVICE_PORTS) {
    const all = look.hosts(under(`_${service}._tcp`, domain), TYPE.SRV, 3);
    if (all.length === 0) continue;
    if (all.length === 1 && all[0]?.host.length === 1) {
      if (all[0].numbers.every((each) => each === 0)) found.push([service, 'none']);
      continue;
    }
    if (all.some(({ host }) => !isHostName(host))) continue;
    const items = all.map(({ host, numbers: [priority = 0, weight = 0, port = 0] }): SpecValue => {
      const own = { ...(port !== usual && { port }), ...(priority > 0 && { priority }), ...(weight > 0 && { weight }) };
      return Object.keys(own).length === 0 ? look.short(host) : { host: look.short(host), ...own };
    });
    found.push([service, items.length === 1 ? (items[0] ?? 'none') : items]);
  }
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function automatic(look: ZoneLook, domain: Uint8Array): Record<string, SpecValue | undefined> {
  const alias = look.at(under('autoconfig', domain), TYPE.CNAME)[0];
  const discover = look.hosts(under('_autodiscover._tcp', domain), TYPE.SRV, 3);
  const [first] = discover;
  const isUsual = discover.length === 1 && first?.numbers.join() === '0,0,443' && isHostName(first.host);
  return {
    autoconfig: alias === undefined || !isHostName(alias) ? undefined : look.short(alias),
    autodiscover: isUsual && first !== undefined ? look.short(first.host) : undefined,
  };
}
