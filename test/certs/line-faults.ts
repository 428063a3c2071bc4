import type { PathFaultCode } from '../../lib/certs/path-faults.ts';
import { der } from './cases.ts';
import { clientAuth, serverAuth } from './chains.ts';
import { dropAt, host, type Line, type LineChange, pooled, putAt, setAt, utcTime, withholdAt } from './line.ts';
import { type Extension, ext, general, type Wish } from './maker.ts';

/** One thing broken at one place of a path. */
export interface LineFault {
  readonly label: string;
  /** The certificate that is changed, 0 the leaf. */
  readonly place: number;
  /** What of it is changed; two changes of one part of one certificate undo each other. */
  readonly part: string;
  readonly change: LineChange;
  /** The fault that validatePath has to report, as code@place. */
  readonly expected: string;
}

type Maker = (place: number, length: number, now: number) => Omit<LineFault, 'label' | 'place'> | undefined;

const codeSigning = '1.3.6.1.5.5.7.3.3';
const hour = 3_600_000;

function fault(part: string, change: LineChange, code: PathFaultCode, at: number): Omit<LineFault, 'label' | 'place'> {
  return { part, change, expected: `${code}@${at}` };
}

const issuer = (place: number): boolean => place > 0;
const signed = (place: number, length: number): boolean => place < length - 1;

/** Every kind of fault; undefined where a place cannot have it. */
const makers: Readonly<Record<string, Maker>> = {
  expired: (at, _, now) => fault('validity', setAt(at, { to: utcTime(now - hour) }), 'expired', at),
  'not yet valid': (at, _, now) => fault('validity', setAt(at, { from: utcTime(now + hour) }), 'not-yet-valid', at),
  forged: (at, length) =>
    signed(at, length) ? fault('signature', setAt(at, { forged: true }), 'signature-invalid', at) : undefined,
  'signed by a stranger': (at, length) =>
    signed(at, length) ? fault('signature', setAt(at, { signer: pooled(50) }), 'signature-invalid', at) : undefined,
  'no CA': (at) => (issuer(at) ? fault('basic', putAt(at, ext.basic(false)), 'not-a-ca', at) : undefined),
  'no basicConstraints': (at) => (issuer(at) ? fault('basic', dropAt(at, '2.5.29.19'), 'not-a-ca', at) : undefined),
  'pathLen too small': (at) =>
    at > 1 ? fault('basic', putAt(at, ext.basic(true, at - 2)), 'path-length-exceeded', at) : undefined,
  'no keyCertSign': (at) =>
    issuer(at) ? fault('usage', putAt(at, ext.keyUsage('digitalSignature')), 'key-usage-cert-sign', at) : undefined,
  'keyUsage not for TLS': (at) =>
    at === 0 ? fault('usage', putAt(0, ext.keyUsage('nonRepudiation')), 'key-usage-role', 0) : undefined,
  'extKeyUsage of code': (at) => fault('purposes', putAt(at, ext.purposes(codeSigning)), 'extended-key-usage', at),
  'unknown critical extension': (at) =>
    fault('unknown', putAt(at, { id: '1.2.3.4', critical: true, value: der(5) }), 'critical-extension', at),
  'name not permitted': (at) =>
    issuer(at)
      ? fault('constraints', putAt(at, ext.constraints([general.dns('example.org')])), 'name-not-permitted', 0)
      : undefined,
  'name excluded': (at) =>
    issuer(at)
      ? fault('constraints', putAt(at, ext.constraints([], [general.dns('example.net')])), 'name-excluded', 0)
      : undefined,
  'broken nameConstraints': (at) =>
    issuer(at)
      ? fault('constraints', putAt(at, { id: '2.5.29.30', critical: true, value: der(5) }), 'extension-unreadable', at)
      : undefined,
  'authority key of another': (at, length) =>
    signed(at, length)
      ? fault('identifier', putAt(at, ext.authorityKey(77)), 'key-identifier-mismatch', at)
      : undefined,
  'another host': (at) =>
    at === 0 ? fault('names', putAt(0, ext.names(general.dns('mx9.example.net'))), 'name-mismatch', 0) : undefined,
  missing: (at, length) => {
    if (at === 0 && length > 1) return undefined;
    if (length === 1) return fault('given', withholdAt(0), 'self-signed', 0);
    return fault('given', withholdAt(at), 'issuer-missing', at - 1);
  },
};

/** Every single fault of a path of this many certificates. */
export function faultsOf(length: number, now: number): LineFault[] {
  const found: LineFault[] = [];
  for (const [kind, make] of Object.entries(makers)) {
    for (let place = 0; place < length; place++) {
      const made = make(place, length, now);
      if (made !== undefined) found.push({ label: `${kind} at ${place} of ${length}`, place, ...made });
    }
  }
  return found;
}

/** Whether two faults can stand side by side: not in the same part, and both to be seen though the path may end early. */
export function standTogether(one: HarmlessChange, other: HarmlessChange): boolean {
  if (one.place === other.place && one.part === other.part) return false;
  return isSeen(one, other) && isSeen(other, one);
}

/** Links to an issuer that is not there cannot be checked, nor what stands above it. */
function isSeen({ place, part }: HarmlessChange, cut: HarmlessChange): boolean {
  const upTo = part === 'signature' || part === 'identifier' ? place + 1 : place;
  return cut.part !== 'given' || cut.place === 0 || upTo < cut.place;
}

/** One change that leaves a path sound. */
export type HarmlessChange = Pick<LineFault, 'label' | 'place' | 'part' | 'change'>;

type HarmlessMaker = (
  place: number,
  length: number,
  now: number,
) => readonly [part: string, change: LineChange] | undefined;

const atIssuer =
  (make: HarmlessMaker): HarmlessMaker =>
  (place, length, now) =>
    issuer(place) ? make(place, length, now) : undefined;
const atLeaf =
  (part: string, ...extensions: readonly Extension[]): HarmlessMaker =>
  (place) =>
    place === 0 ? [part, putAt(0, ...extensions)] : undefined;
const more = (...names: readonly Uint8Array[]): Extension => ext.names(general.dns(host), ...names);

/** Every kind of change that breaks nothing; undefined where a place cannot have it. */
const harmless: Readonly<Record<string, HarmlessMaker>> = {
  'begins this second': (at, _, now) => ['validity', setAt(at, { from: utcTime(now) })],
  'ends in an hour': (at, _, now) => ['validity', setAt(at, { to: utcTime(now + hour) })],
  'without end': (at) => ['validity', setAt(at, { to: '99991231235959Z' })],
  'root forged, which nobody checks': (at, length) =>
    at === length - 1 && length > 1 ? ['signature', setAt(at, { forged: true })] : undefined,
  'pathLen just large enough': atIssuer((at) => ['basic', putAt(at, ext.basic(true, at - 1))]),
  'pathLen larger than needed': atIssuer((at) => ['basic', putAt(at, ext.basic(true, 5))]),
  'basicConstraints not critical': atIssuer((at) => ['basic', putAt(at, ext.basic(true, undefined, false))]),
  'no basicConstraints': (at, length) => (at === 0 && length > 1 ? ['basic', dropAt(0, '2.5.29.19')] : undefined),
  'no keyUsage': (at) => ['usage', dropAt(at, '2.5.29.15')],
  'more keyUsage': atIssuer((at) => ['usage', putAt(at, ext.keyUsage('digitalSignature', 'keyCertSign'))]),
  keyAgreement: atLeaf('usage', ext.keyUsage('keyAgreement')),
  'no extKeyUsage': (at) => (at === 0 ? ['purposes', dropAt(at, '2.5.29.37')] : undefined),
  'extKeyUsage of both roles': (at) => ['purposes', putAt(at, ext.purposes(serverAuth, clientAuth))],
  'critical extKeyUsage': (at) => ['purposes', putAt(at, { ...ext.purposes(clientAuth, serverAuth), critical: true })],
  'more purposes': (at) => ['purposes', putAt(at, ext.purposes(codeSigning, serverAuth, clientAuth))],
  'unknown extension': (at) => ['unknown', putAt(at, { id: '1.2.3.4', value: der(5) })],
  'name permitted': atIssuer((at) => ['constraints', putAt(at, ext.constraints([general.dns('example.net')]))]),
  'name permitted in one of two ways': atIssuer((at) => [
    'constraints',
    putAt(at, ext.constraints([general.dns('example.org'), general.dns(host)])),
  ]),
  'other name excluded': atIssuer((at) => [
    'constraints',
    putAt(at, ext.constraints([], [general.dns('example.org')])),
  ]),
  'addresses constrained and none named': atIssuer((at) => [
    'constraints',
    putAt(at, ext.constraints([general.ip(192, 0, 2, 0, 255, 255, 255, 0)])),
  ]),
  'no authorityKeyIdentifier': (at) => ['identifier', dropAt(at, '2.5.29.35')],
  'no subjectKeyIdentifier': (at) => ['own identifier', dropAt(at, '2.5.29.14')],
  'more names': atLeaf('names', more(general.dns(`a.${host}`), general.email('a@example.net'))),
  'host in capitals': atLeaf('names', ext.names(general.dns(host.toUpperCase()))),
  'no subjectAltName': (at) => (at === 0 ? ['names', dropAt(0, '2.5.29.17')] : undefined),
  'a policy': (at) => ['policies', putAt(at, ext.policies('1.2.3.1'))],
  'an expired twin beside it': (at, length, now) =>
    issuer(at) && at < length - 1
      ? ['beside', (line) => twin(line, at, { to: utcTime(now - hour), serial: 101 })]
      : undefined,
  'a namesake with another key beside it': (at, length) =>
    issuer(at) && at < length - 1
      ? [
          'beside',
          (line) => twin(line, at, { key: pooled(51), extensions: [ext.basic(true), ext.subjectKey(51)], serial: 102 }),
        ]
      : undefined,
  'root beside the path': (at, length) =>
    at === length - 1 && at > 0 ? ['beside', (line) => twin(line, at, {})] : undefined,
};

function twin(line: Line, place: number, parts: Partial<Wish>): Line {
  return { ...line, extra: [{ ...line.wishes[place]!, ...parts }, ...line.extra] };
}

/** Every harmless change of a path of this many certificates. */
export function harmlessOf(length: number, now: number): HarmlessChange[] {
  const found: HarmlessChange[] = [];
  for (const [kind, make] of Object.entries(harmless)) {
    for (let place = 0; place < length; place++) {
      const made = make(place, length, now);
      if (made === undefined) continue;
      found.push({ label: `${kind} at ${place} of ${length}`, place, part: made[0], change: made[1] });
    }
  }
  return found;
}
