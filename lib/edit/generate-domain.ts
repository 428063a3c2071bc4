import { ROOT } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { bareText, type SpecNames } from './generate-names.ts';
import { addAlias, type DomainContext, type DomainReading, type RankedHosts } from './generate-reading.ts';
import { readBimi, readCaa, readDkim, readDmarc, readMtaSts, readSpf, readTlsReports } from './generate-texts.ts';
import { isMap, itemsAt, memberAt, membersAt, numberAt, type Placed, textAt } from './generate-values.ts';
import { exchangeRdata, serviceRdata } from './generate-wire.ts';

const SMTP = 25;
const SMTP_TLS = 842;

/** Reads the settings of one domain and adds its records. */
export function readDomain(
  domain: Uint8Array,
  setting: (name: string) => Placed | undefined,
  context: DomainContext,
): void {
  const receives = rankedHosts(setting('receives'), context.names);
  const sends = rankedHosts(setting('sends'), context.names);
  const reading: DomainReading = { ...context, domain, receives, sends, setting };
  addExchanges(reading);
  addServices(reading);
  for (const read of [readSpf, readDkim, readDmarc, readBimi, readMtaSts, readTlsReports, readCaa]) read(reading);
  addUserServices(reading);
  addAutomatic(reading);
}

function rankedHosts(at: Placed | undefined, names: SpecNames): RankedHosts | undefined {
  if (at === undefined) return undefined;
  if (at.value === 'none') return 'none';
  const found = itemsAt(at).flatMap((each, index) => {
    const hostAt = isMap(each.value) ? memberAt(each, 'host') : each;
    const host = hostAt && names.host(hostAt);
    const rank = numberAt(memberAt(each, 'preference')) ?? (index + 1) * 10;
    return host === undefined ? [] : [{ at: each, host, rank }];
  });
  names.noteRepeats(found.map(({ at: each, host }) => ({ at: each, name: host })));
  return found;
}

/** MX (RFC 5321 §5.1, RFC 7505) and Client MX, which looks the same (draft-chuang §1.2.1). */
function addExchanges({ domain, receives, sends, setting, draft, served, sending }: DomainReading): void {
  const name = bareText(domain);
  const [taking, giving] = [setting('receives'), setting('sends')];
  if (taking !== undefined && receives === 'none')
    draft.add(taking, `${name} takes no mail.`, domain, TYPE.MX, exchangeRdata(0, ROOT));
  else if (receives !== undefined && receives !== 'none') {
    for (const { at, host, rank } of receives) {
      draft.add(at, `Where mail for ${name} goes.`, domain, TYPE.MX, exchangeRdata(rank, host));
      serve(served, host, SMTP);
    }
  }
  if (giving !== undefined && sends === 'none')
    draft.add(giving, `${name} sends no mail.`, domain, TYPE.CLIENTMX, exchangeRdata(0, ROOT));
  else if (sends !== undefined && sends !== 'none') {
    const comment = `Hosts that send mail for ${name}, and the names of their client certificates.`;
    for (const { at, host, rank } of sends) {
      draft.add(at, comment, domain, TYPE.CLIENTMX, exchangeRdata(rank, host));
      sending.set(bareText(host), host);
    }
  }
}

function serve(served: DomainContext['served'], host: Uint8Array, port: number): void {
  const key = bareText(host);
  const known = served.get(key) ?? { host, ports: new Set<number>() };
  known.ports.add(port);
  served.set(key, known);
}

/** The ports of each preset, those behind all hosts of those before last (draft-nurpmeso §3.1 to §3.3). */
const PRESETS: ReadonlyMap<string, readonly number[]> = new Map([
  ['starttls', [SMTP]],
  ['implicit', [SMTP_TLS]],
  ['implicit+backup', [SMTP_TLS, SMTP]],
]);

/** SRV of SMTP with TLS (draft-nurpmeso §2). */
function addServices(reading: DomainReading): void {
  const { domain, setting, names, draft, served, receives } = reading;
  const at = setting('smtpTls');
  const owner = at && names.below(at, '_smtp-tls._tcp', domain);
  if (at === undefined || owner === undefined) return;
  const comment = `SMTP servers of ${bareText(domain)} that speak TLS, for senders that look for them before MX.`;
  const add = (place: Placed, host: Uint8Array, port: number, priority: number, weight: number): void => {
    draft.add(place, comment, owner, TYPE.SRV, serviceRdata(priority, weight, port, host));
    serve(served, host, port);
  };
  if (Array.isArray(at.value)) {
    for (const each of itemsAt(at)) {
      const hostAt = memberAt(each, 'host');
      const host = hostAt && names.host(hostAt);
      const port = numberAt(memberAt(each, 'port'));
      const [priority = 0, weight = 0] = ['priority', 'weight'].map((name) => numberAt(memberAt(each, name)));
      if (host !== undefined && port !== undefined) add(each, host, port, priority, weight);
    }
    return;
  }
  const ports = PRESETS.get(textAt(at) ?? textAt(memberAt(at, 'preset')) ?? '') ?? [];
  if (receives === undefined || receives === 'none') {
    names.complain(at, 'announces the hosts in "receives", and there are none; name them, or leave it out');
    return;
  }
  const [first, step] = [numberAt(memberAt(at, 'first')) ?? 0, numberAt(memberAt(at, 'step')) ?? 1];
  const ranks = [...new Set(receives.map(({ rank }) => rank))].sort((a, b) => a - b);
  for (const [round, port] of ports.entries()) {
    for (const { host, rank } of [...receives].sort((a, b) => a.rank - b.rank)) {
      const priority = first + step * (round * ranks.length + ranks.indexOf(rank));
      if (priority > 0xffff) names.complain(at, `gives priorities above 65535; write a smaller "first" or "step"`);
      else add(at, host, port, priority, 0);
    }
  }
}

/** Ports of the services of mail users (RFC 8314 §7.3, RFC 5804 §1.8, RFC 8620 §2.2). */
export const SERVICE_PORTS: ReadonlyMap<string, number> = new Map([
  ['submissions', 465],
  ['submission', 587],
  ['imaps', 993],
  ['imap', 143],
  ['pop3s', 995],
  ['pop3', 110],
  ['sieve', 4190],
  ['jmap', 443],
]);

/** SRV for the programs of mail users (RFC 6186). */
function addUserServices({ domain, setting, names, draft, mentioned }: DomainReading): void {
  const at = setting('services');
  if (at === undefined) return;
  const comment = `What the mail programs of the users of ${bareText(domain)} connect to.`;
  for (const service of membersAt(at)) {
    const usual = SERVICE_PORTS.get(service.name);
    const owner = usual === undefined ? undefined : names.below(service, `_${service.name}._tcp`, domain);
    if (owner === undefined || usual === undefined) continue;
    if (service.value === 'none') draft.add(service, comment, owner, TYPE.SRV, serviceRdata(0, 0, 0, ROOT));
    else {
      for (const each of itemsAt(service)) {
        const hostAt = isMap(each.value) ? memberAt(each, 'host') : each;
        const host = hostAt && names.host(hostAt);
        if (host === undefined) continue;
        const [priority = 0, weight = 0] = ['priority', 'weight'].map((name) => numberAt(memberAt(each, name)));
        const port = numberAt(memberAt(each, 'port')) ?? usual;
        draft.add(each, comment, owner, TYPE.SRV, serviceRdata(priority, weight, port, host));
        mentioned.set(bareText(host), host);
      }
    }
  }
}

/** Where mail programs find their settings. */
function addAutomatic(reading: DomainReading): void {
  const { domain, setting, names, draft, mentioned } = reading;
  const comment = `Where mail programs find their settings for ${bareText(domain)}.`;
  const autoconfig = setting('autoconfig');
  if (autoconfig !== undefined) addAlias(reading, autoconfig, 'autoconfig', comment);
  const autodiscover = setting('autodiscover');
  const host = autodiscover && names.host(autodiscover);
  const owner = autodiscover && names.below(autodiscover, '_autodiscover._tcp', domain);
  if (autodiscover === undefined || host === undefined || owner === undefined) return;
  draft.add(autodiscover, comment, owner, TYPE.SRV, serviceRdata(0, 0, 443, host));
  mentioned.set(bareText(host), host);
}
