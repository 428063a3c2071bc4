import { eachType } from '../../dnssec/bitmaps.ts';
import { hashOfOwner, nextHashAt } from '../../dnssec/nsec3.ts';
import { type SignatureFields, signatureOver } from '../../dnssec/sign-set.ts';
import { readSignature, SIGNER_AT } from '../../dnssec/signatures.ts';
import { type SigningKey, strangerTo } from '../../dnssec/signing-key.ts';
import { putWindows } from '../../rr/kinds-dnssec.ts';
import { concatNames, equalNames, nameLength } from '../../rr/name.ts';
import { TYPE } from '../../rr/types.ts';
import { ByteSink } from '../../text/sink.ts';
import { type ResourceRecord, SECTIONS } from '../../wire/message.ts';
import type { ActionKind } from './action-kind.ts';
import type { Draft, OpenMessage } from './draft.ts';
import type { FaultAction } from './fault.ts';

type Break = NonNullable<FaultAction['dnssec']>;

/** Seconds in a week: more than validators forgive. */
const WEEK = 7 * 86_400;

/** Octets of RRSIG RDATA (RFC 4034 §3.1). */
const EXPIRATION_AT = 8;
const INCEPTION_AT = 12;
const KEY_TAG_AT = 16;

/** What becomes of one signature; `key` is the one that has made it, where the server has it. */
type SignatureChange = (signature: OpenSignature) => Uint8Array;

/** A signature with what it is about. */
interface OpenSignature {
  readonly rdata: Uint8Array;
  readonly fields: SignatureFields;
  /** Seconds since 1970. */
  readonly now: number;
  /** Makes it anew; undefined when the server does not have the key or not the whole RRset. */
  readonly again: ((fields: SignatureFields, key?: SigningKey) => Uint8Array) | undefined;
  readonly key: SigningKey | undefined;
}

/** DNSSEC broken in one of the ways that validators tell apart (RFC 4035 §5). */
export const dnssecAction: ActionKind<Break> = {
  needs: () => 'dnssec',
  later: (given) => given,
  edit(given, path, problems) {
    const breaks = breaksOf();
    const how = problems.word(path, given, Object.keys(breaks) as Break[]);
    if (how === undefined) return undefined;
    const act = breaks[how];
    return (draft) => draft.edit((message) => act(message, draft));
  },
};

/** The ways with what they do; what one of them remembers is remembered for one fault. */
const breaksOf = (): Readonly<Record<Break, (message: OpenMessage, draft: Draft) => void>> => ({
  expired: signaturesChanged(timed(-3 * WEEK, -WEEK)),
  'not-yet-valid': signaturesChanged(timed(WEEK, 3 * WEEK)),
  'wrong-key': signaturesChanged(byStrangers()),
  corrupt: signaturesChanged(({ rdata }) =>
    changed(rdata, (copy) => copy.setUint8(copy.byteLength - 1, copy.getUint8(copy.byteLength - 1) ^ 1)),
  ),
  'missing-signature': (message) => {
    for (const section of SECTIONS) message[section] = message[section].filter(({ type }) => type !== TYPE.RRSIG);
  },
  'missing-denial': (message) => {
    message.authority = message.authority.filter((record) => !denies(record));
  },
  'wrong-denial': provesNothing,
});

/** Times from now on, everything else being right where the key is at hand. */
function timed(from: number, to: number): SignatureChange {
  return ({ rdata, fields, now, again }) => {
    const [inception, expiration] = [now + from, now + to];
    if (again !== undefined) return again({ ...fields, inception, expiration });
    return changed(rdata, (copy) => {
      copy.setUint32(EXPIRATION_AT, expiration);
      copy.setUint32(INCEPTION_AT, inception);
    });
  };
}

/** Signatures of keys that the zone does not have; without its own keys their tags alone say so. */
function byStrangers(): SignatureChange {
  const strangers = new WeakMap<SigningKey, SigningKey>();
  return ({ rdata, fields, again, key }) => {
    if (again === undefined || key === undefined)
      return changed(rdata, (copy) => copy.setUint16(KEY_TAG_AT, copy.getUint16(KEY_TAG_AT) ^ 0xffff));
    const stranger = strangers.get(key) ?? strangerTo(key);
    strangers.set(key, stranger);
    return again(fields, stranger);
  };
}

function changed(rdata: Uint8Array, change: (copy: DataView) => void): Uint8Array {
  const copy = rdata.slice();
  change(new DataView(copy.buffer));
  return copy;
}

function signaturesChanged(change: SignatureChange): (message: OpenMessage, draft: Draft) => void {
  return (message, draft) => {
    for (const section of SECTIONS) {
      const records = message[section];
      message[section] = records.map((record) => {
        if (!isSignature(record)) return record;
        return { ...record, rdata: change(opened(record, records, draft)) };
      });
    }
  };
}

/** Whether a record is a signature that has its fields. */
function isSignature({ type, rdata }: ResourceRecord): boolean {
  return type === TYPE.RRSIG && rdata.length > SIGNER_AT && nameLength(rdata, SIGNER_AT) > 0;
}

function opened(record: ResourceRecord, records: readonly ResourceRecord[], { zones, exchange }: Draft): OpenSignature {
  const { rdata } = record;
  const signature = readSignature(rdata);
  const { typeCovered: type, keyTag, algorithm, inception, expiration, labels, originalTtl: ttl } = signature;
  const signer = rdata.subarray(SIGNER_AT, SIGNER_AT + nameLength(rdata, SIGNER_AT));
  const key = zones.zone(signer)?.keys.find((each) => each.tag === keyTag && each.algorithm === algorithm);
  const rdatas = records
    .filter((each) => each.type === type && equalNames(each.name, record.name))
    .map((each) => each.rdata);
  const set = { owner: record.name, type, class: record.class, ttl, rdatas };
  const again =
    key === undefined || rdatas.length === 0
      ? undefined
      : (fields: SignatureFields, by: SigningKey = key): Uint8Array => signatureOver(set, fields, by);
  const now = Math.floor(exchange.now / 1000);
  return { rdata, fields: { signer, inception, expiration, labels }, now, again, key };
}

function isDenial(type: number): boolean {
  return type === TYPE.NSEC || type === TYPE.NSEC3;
}

/** Whether a record denies, or signs what does. */
function denies(record: ResourceRecord): boolean {
  return isDenial(record.type) || (isSignature(record) && isDenial(readSignature(record.rdata).typeCovered));
}

/** Denials that lie around no name and list the type that was asked for; signed again where the key is at hand. */
function provesNothing(message: OpenMessage, draft: Draft): void {
  const asked = message.questions[0]?.type ?? 0;
  const records = message.authority.map((record) =>
    isDenial(record.type) ? { ...record, rdata: idleDenial(record, asked) } : record,
  );
  message.authority = records.map((record) => {
    if (!isSignature(record) || !denies(record)) return record;
    const { rdata, fields, again } = opened(record, records, draft);
    return { ...record, rdata: again?.(fields) ?? rdata };
  });
}

function idleDenial({ type, name, rdata }: ResourceRecord, asked: number): Uint8Array {
  const at = type === TYPE.NSEC ? nameLength(rdata, 0) : nextHashAt(rdata) + (rdata[nextHashAt(rdata) - 1] ?? 0);
  const out = new ByteSink(rdata.length + 64);
  if (type === TYPE.NSEC) out.put(concatNames(FIRST_CHILD, name) ?? name);
  else {
    const next = hashOfOwner(name) ?? new Uint8Array(0);
    out.put(rdata.subarray(0, nextHashAt(rdata)));
    out.put(increased(next));
  }
  const types = new Set([asked]);
  eachType(rdata, at, rdata.length, (each) => void types.add(each));
  // At a delegation it is the DS that is denied.
  if (types.has(TYPE.NS) && !types.has(TYPE.SOA)) types.add(TYPE.DS);
  putWindows(
    [...types].sort((a, b) => a - b),
    out,
  );
  return out.slice();
}

/** The label that makes of a name the next one there can be (RFC 4470 §4). */
const FIRST_CHILD: Uint8Array = Uint8Array.of(1, 0, 0);

/** The number that follows one, all ones being followed by zero. */
function increased(octets: Uint8Array): Uint8Array {
  const copy = octets.slice();
  for (let at = copy.length - 1; at >= 0; at--) {
    copy[at] = ((copy[at] ?? 0) + 1) & 255;
    if (copy[at] !== 0) break;
  }
  return copy;
}
