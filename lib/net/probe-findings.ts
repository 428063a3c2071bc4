import { certificateObservations } from './probe-certificate.ts';
import type { Observation, ProbeSeverity } from './probe-observation.ts';
import type { ProbedPlace } from './probe-place.ts';
import { sayFailure, sayReply } from './probe-words.ts';

/** What looking at one rule gives, before rule and requirements are added. */
type Look =
  | { readonly state: 'holds' | 'unknown'; readonly message: string }
  | { readonly state: 'fault'; readonly severity: ProbeSeverity; readonly message: string };

/** A live rule: what it is about, and how it looks at a place; undefined where it does not apply. */
interface ProbeRule {
  readonly rule: string;
  readonly requirements: readonly string[];
  look(place: ProbedPlace): Look | undefined;
}

/** Says that all is well, that nothing could be learned, or that something is wrong. */
const holds = (message: string): Look => ({ state: 'holds', message });
const unknown = (message: string): Look => ({ state: 'unknown', message });
const fault = (severity: ProbeSeverity, message: string): Look => ({ state: 'fault', severity, message });

const STARTTLS = 'STARTTLS';
const hasStarttls = ({ keywords }: ProbedPlace['result']['clear']): boolean =>
  keywords.some(({ keyword }) => keyword === STARTTLS);
const speaksClear = ({ wanted, result }: ProbedPlace): boolean => wanted === 'implicit' && result.speaks === 'clear';

/** What can be seen of SMTP and TLS at one place, in the order in which a connection shows it. */
const RULES: readonly ProbeRule[] = [
  {
    rule: 'probe-unreachable',
    requirements: [],
    look({ result: { failure, address, attempts }, companion }) {
      if (failure?.step === 'connect') {
        const tried = attempts.map((each) => `${each.address} ${each.outcome}`).join(', ');
        // Of port 25 beside another port a rule of its own speaks.
        return companion
          ? undefined
          : fault('error', `no connection: ${tried === '' ? 'the host has no address' : tried}`);
      }
      return holds(`connected to ${address} in ${attempts.at(-1)?.milliseconds ?? 0} ms`);
    },
  },
  {
    rule: 'smtp-tls-srv-no-25-companion',
    requirements: ['SRV-2-d'],
    look({ companion, result: { failure } }) {
      if (!companion) return undefined;
      if (failure?.step !== 'connect') return holds('port 25 answers beside the port of the SRV record');
      return fault(
        'warning',
        `${sayFailure(failure)}: an SRV record with another port still promises STARTTLS on port 25; open it, or remove the record`,
      );
    },
  },
  {
    rule: 'probe-smtp-failed',
    requirements: [],
    look({ result: { failure, clear, secure, request } }) {
      if (failure !== undefined) {
        if (failure.step === 'connect' || failure.step === 'handshake') return undefined;
        const ends = ['tls-alert', 'closed', 'reset'].includes(failure.trouble);
        const demands = ends && failure.step.endsWith('in-tls') && request.asked === true;
        const why = demands ? ': it may demand a client certificate; give --client-cert to see' : '';
        return fault('error', `${sayFailure(failure)}${why}`);
      }
      const banner = secure.banner ?? clear.banner;
      if (banner !== undefined && banner.code !== 220)
        return fault('error', `the banner is ${sayReply(banner)}, expected 220: the host takes no mail from here`);
      const ehlo = secure.ehlo ?? clear.ehlo;
      if (ehlo !== undefined && ehlo.code !== 250)
        return fault('error', `EHLO was answered with ${sayReply(ehlo)}, expected 250`);
      return ehlo === undefined ? undefined : holds(`EHLO was answered by ${sayReply(ehlo)}`);
    },
  },
  {
    rule: 'probe-reply-form',
    requirements: [],
    look({ result: { clear, secure } }) {
      const replies = [clear.banner, clear.ehlo, clear.starttls, secure.banner, secure.ehlo, secure.starttls];
      const notes = new Set(replies.flatMap((reply) => reply?.notes ?? []));
      if (notes.size === 0) return undefined;
      return fault('info', `replies are not as RFC 5321 section 4.2 wants them: ${[...notes].join(', ')}`);
    },
  },
  {
    rule: 'smtp-tls-srv-cleartext-host',
    requirements: ['SRV-2-b', 'SRV-2-l'],
    look: (place) => (place.from === 'srv' ? lookAtStarttls(place, 'error') : undefined),
  },
  {
    rule: 'smtp-starttls-missing',
    requirements: ['CMX-1.2.1-g', 'AMB-38'],
    look(place) {
      if (place.from === 'srv') return undefined;
      return lookAtStarttls(place, place.optedIn === false ? 'warning' : 'error');
    },
  },
  {
    rule: 'smtp-tls-srv-implicit-plain',
    requirements: ['SRV-1.1-a', 'SRV-2-d'],
    look(place) {
      if (place.wanted !== 'implicit') return undefined;
      const { speaks, clear } = place.result;
      if (speaks === 'tls') return holds('TLS begins with the first octet');
      if (!speaksClear(place) || hasStarttls(clear) || clear.banner === undefined) return undefined;
      return fault(
        'error',
        `the host speaks clear text first, ${sayReply(clear.banner)}; expected TLS from the first octet: switch Implicit TLS on for this port`,
      );
    },
  },
  {
    rule: 'smtp-tls-srv-starttls-port',
    requirements: ['SRV-2-c', 'SRV-2-d', 'SRV-1.1-a'],
    look(place) {
      if (!speaksClear(place) || !hasStarttls(place.result.clear)) return undefined;
      return fault(
        'error',
        `the host speaks clear text first and offers STARTTLS; a port other than 25 means Implicit TLS: switch Implicit TLS on there, or have the SRV record name port 25`,
      );
    },
  },
  {
    rule: 'probe-tls-failed',
    requirements: ['SRV-2-l', 'CMX-1.2.1-g'],
    look(place) {
      const { failure, tls } = place.result;
      if (tls !== undefined) return holds(`${tls.version} with ${tls.cipher}`);
      if (failure?.step !== 'handshake' || speaksClear(place)) return undefined;
      return fault('error', `${sayFailure(failure)}; expected a TLS handshake that a current client can finish`);
    },
  },
  {
    rule: 'smtp-tls-srv-implicit-announces-starttls',
    requirements: ['SRV-2-f', 'AMB-S28'],
    look({ wanted, result: { speaks, secure } }) {
      if (wanted !== 'implicit' || speaks !== 'tls' || secure.ehlo?.code !== 250) return undefined;
      if (!hasStarttls(secure)) return holds('EHLO inside Implicit TLS does not list STARTTLS');
      return fault('warning', 'EHLO inside Implicit TLS lists STARTTLS; there it should not be offered');
    },
  },
  {
    rule: 'smtp-tls-srv-implicit-starttls-reply',
    requirements: ['SRV-2-g', 'SRV-2-h'],
    look({ wanted, result: { speaks, secure } }) {
      const { starttls: reply, keywords } = secure;
      if (wanted !== 'implicit' || speaks !== 'tls' || reply === undefined) return undefined;
      const enhances = keywords.some(({ keyword }) => keyword === 'ENHANCEDSTATUSCODES');
      const right = reply.code === 554 && (!enhances || reply.enhanced === '5.5.1');
      const expected = enhances ? '554 5.5.1' : '554';
      if (right) return holds(`STARTTLS inside Implicit TLS was answered with ${expected}`);
      return fault(
        'warning',
        `STARTTLS inside Implicit TLS was answered with ${sayReply(reply)}; expected ${expected}${enhances ? ', as the server announces ENHANCEDSTATUSCODES' : ''}`,
      );
    },
  },
  {
    rule: 'server-does-not-request-client-cert',
    requirements: ['CMX-1.2.2-a'],
    look({ optedIn, result: { tls, request } }) {
      if (tls === undefined) return undefined;
      if (request.asked === true) return holds('the server asks for a client certificate');
      if (request.asked === null) return unknown('whether the server asks for a client certificate was not seen');
      return fault(
        optedIn === true ? 'warning' : 'info',
        'the server asks for no client certificate, so it cannot verify senders by mtls; switch the request on, such as smtpd_tls_ask_ccert = yes in Postfix',
      );
    },
  },
  {
    rule: 'tls-version-old',
    requirements: ['SRV-2-m'],
    look({ result: { tls, versions } }) {
      const old = versions.filter(({ what }) => what === 'TLSv1.0' || what === 'TLSv1.1');
      const taken = old.filter(({ outcome }) => outcome === 'accepted').map(({ what }) => what);
      if (tls !== undefined && !/^TLSv1\.[23]$/.test(tls.version))
        return fault('error', `the newest version is ${tls.version}; expected TLS 1.2 or 1.3 (RFC 9325 section 3.1)`);
      if (taken.length > 0)
        return fault(
          'warning',
          `${taken.join(' and ')} ${taken.length === 1 ? 'is' : 'are'} taken; expected TLS 1.2 and newer only (RFC 9325 section 3.1)`,
        );
      if (old.length === 0) return undefined;
      const open = old.filter(({ outcome }) => outcome === 'unknown').map(({ what }) => what);
      if (open.length > 0) return unknown(`whether ${open.join(' and ')} is taken was not seen`);
      return holds('versions before TLS 1.2 are refused');
    },
  },
  {
    rule: 'tls-cipher-weak',
    requirements: ['SRV-2-m'],
    look({ result: { brokenSuites } }) {
      if (brokenSuites === undefined) return undefined;
      const { outcome, detail } = brokenSuites;
      if (outcome === 'accepted')
        return fault('warning', `the cipher suite ${detail} is taken; expected none of RC4, 3DES, DES, export or NULL`);
      if (outcome === 'unknown') return unknown(`whether weak cipher suites are taken was not seen: ${detail}`);
      return holds('RC4, 3DES, DES, export and NULL cipher suites are refused');
    },
  },
  {
    rule: 'probe-server-names',
    requirements: ['SRV-4-h2', 'SRV-5-b'],
    look({ result: { names, tls } }) {
      const others = names.filter(({ outcome }) => outcome === 'other').map(({ sni }) => sni ?? 'none');
      const failed = names.filter(({ outcome }) => outcome === 'failed').map(({ sni }) => sni ?? 'none');
      if (names.length === 0) return undefined;
      const sent = tls?.sni ?? 'none';
      if (others.length > 0) return holds(`server name ${sent} and ${others.join(', ')} bring different certificates`);
      if (failed.length > 0) return unknown(`no handshake with server name ${failed.join(', ')}`);
      return holds(
        `the same certificate whether the server name is ${[sent, ...names.map(({ sni }) => sni ?? 'none')].join(', ')}`,
      );
    },
  },
];

function lookAtStarttls(
  { wanted, result: { clear, failure } }: ProbedPlace,
  severity: ProbeSeverity,
): Look | undefined {
  if (wanted !== 'starttls' || clear.ehlo?.code !== 250) return undefined;
  if (!hasStarttls(clear))
    return fault(
      severity,
      'EHLO does not list STARTTLS; expected it, since mail is not to go in clear text: switch TLS on',
    );
  if (clear.starttls === undefined || failure?.step === 'starttls') return undefined;
  if (clear.starttls.code === 220) return holds('STARTTLS is offered and taken');
  return fault(
    severity,
    `STARTTLS is listed and answered with ${sayReply(clear.starttls)}; expected 220: see whether the server can read its certificate and key`,
  );
}

/** Everything that was seen at a place, judged by the table above and by its certificate. */
export function observe(place: ProbedPlace): readonly Observation[] {
  const seen = RULES.flatMap(({ rule, requirements, look }): Observation[] => {
    const found = look(place);
    return found === undefined ? [] : [{ rule, requirements, ...found }];
  });
  return [...seen, ...certificateObservations(place)];
}
