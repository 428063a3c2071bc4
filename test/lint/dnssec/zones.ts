import { keyDigest } from '../../../lib/dnssec/digests.ts';
import { printRdata } from '../../../lib/rr/codec.ts';
import { TYPE } from '../../../lib/rr/types.ts';
import {
  type Chain,
  dsText,
  hashOf,
  KEY,
  ORIGIN,
  type TestKey,
  type Twists,
  testKey,
  withChain,
  withSignatures,
  zoneOf,
} from '../../dnssec/signer.ts';

/** A zone with one fault, correctly signed all the same, and what is found in it. */
export interface Case {
  readonly about: string;
  readonly zone: () => string;
  /** Which of BIND and Knot DNS refuse it: `B`, `K`, `BK` or none. */
  readonly refusedBy: '' | 'B' | 'K' | 'BK';
  /** The rules that find something, without the `dnssec-` before them, those of the default profile only. */
  readonly finds: readonly string[];
  /** Why the profile `load` is silent though a server refuses. */
  readonly notLoad?: string;
}

const BASE = `$TTL 3600
@ SOA ns1 hostmaster 2026112001 7200 3600 1209600 3600
@ NS ns1
@ NS ns2.example.org.
@ MX 10 mx1
@ TYPE265 \\# 20 000a046f757431076578616d706c65036e657400
ns1 A 192.0.2.1
mx1 A 192.0.2.10
out1 A 192.0.2.20
WWW CNAME mx1
*.wild TXT "any"
a.b.ent TXT "deep"
signed NS ns1.signed
signed DS 12345 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ns1.signed A 192.0.2.30
unsigned NS ns1.unsigned
ns1.unsigned A 192.0.2.31
plain NS ns.example.org.
x.y.plain2 NS ns.example.org.
d DNAME example.org.
`;

const NSEC3: Chain = { kind: 'nsec3' };
const OPT_OUT: Chain = { kind: 'nsec3', optOut: true, leaveOut: true };

const KSK = testKey(1, 257);
const ZSK = testKey(2, 256);
const PAIR: readonly TestKey[] = [KSK, ZSK];

/** The zone with NSEC; `edit` changes what is signed. */
function nsec(edit: (text: string) => string = same, twists: Twists = {}): string {
  return withSignatures(edit(withChain(BASE)), twists);
}

function nsec3(edit: (text: string) => string = same, chain = NSEC3, twists: Twists = {}): string {
  return withSignatures(edit(withChain(BASE, chain)), twists);
}

/** Signed by a key for keys and another one for the rest. */
function pair(twists: Twists, keys: readonly TestKey[] = PAIR): string {
  return withSignatures(withChain(BASE, { kind: 'nsec' }, keys), twists, keys);
}

function same(text: string): string {
  return text;
}

/** Changes the line that begins so; the empty string takes it out. A beginning that no line has is a mistake. */
function line(start: string, to: string): (text: string) => string {
  return (text) => {
    const lines = text.split('\n');
    const at = lines.findIndex((one) => one.startsWith(start));
    if (at < 0) throw new Error(`no line begins with ${start}`);
    const before = lines[at] ?? '';
    const after = to.replaceAll('$&', () => before);
    return [...lines.slice(0, at), ...(after === '' ? [] : [after]), ...lines.slice(at + 1)].join('\n');
  };
}

function both(...edits: readonly ((text: string) => string)[]): (text: string) => string {
  return (text) => edits.reduce((now, edit) => edit(now), text);
}

function add(lines: string): (text: string) => string {
  return (text) => `${text}${lines}\n`;
}

/** Takes the NSEC3 of a name out of the chain and closes the gap. */
function withoutHash(hash: string): (text: string) => string {
  return (text) => {
    const next = new RegExp(`^${hash} NSEC3 1 \\d 0 - (\\S+)`, 'm').exec(text)?.[1] ?? '';
    return line(`${hash} NSEC3`, '')(text).replace(` - ${hash}`, ` - ${next}`);
  };
}

const DATES = { inception: '20260101000000', expiration: '20260201000000' };
const LATER = { inception: '20270101000000', expiration: '20270201000000' };

const origin = zoneOf(BASE).origin;
const KEY_TEXT = printRdata(TYPE.CDNSKEY, KEY.dnskey);
const CDS = `@ CDS ${dsText(KEY, 2, keyDigest(origin, KEY.dnskey, 2) ?? new Uint8Array(0))}`;
const OTHER_KEY = testKey(9, 257);
const OTHER_TEXT = printRdata(TYPE.CDNSKEY, OTHER_KEY.dnskey);
const AB = 'ab'.repeat(32);

const MX1 = hashOf('mx1');
const PLAIN = hashOf('plain');
const LONE = '2t7b4g4vsa5smi47k61mv5bv1a22bojr';

/** A key put in beside those that sign; Knot DNS takes a lone SEP key for one that signs everything, but not one of two. */
function withKey(key: TestKey): string {
  return withSignatures(
    withChain(`${BASE}@ DNSKEY ${printRdata(TYPE.DNSKEY, key.dnskey)}\n`, { kind: 'nsec' }, PAIR),
    {},
    PAIR,
  );
}

/** Records put in before the zone is signed. */
function withRecords(lines: string, twists: Twists = {}, chain?: Chain): string {
  return withSignatures(withChain(`${BASE}${lines}\n`, chain), twists);
}

const good: readonly Case[] = [
  { about: 'NSEC', zone: () => nsec(), refusedBy: '', finds: [] },
  { about: 'NSEC3', zone: () => nsec3(), refusedBy: '', finds: [] },
  { about: 'two keys', zone: () => pair({}), refusedBy: '', finds: [] },
  { about: 'opt-out', zone: () => nsec3(same, OPT_OUT), refusedBy: '', finds: [] },
  {
    about: 'opt-out with nothing left out',
    zone: () => nsec3(same, { ...OPT_OUT, leaveOut: false }),
    refusedBy: '',
    finds: [],
  },
  {
    about: 'NSEC3 owners in capitals',
    zone: () => nsec3().replace(`${MX1} NSEC3`, `${MX1.toUpperCase()} NSEC3`),
    refusedBy: '',
    finds: [],
  },
  {
    about: 'a next name in capitals',
    zone: () => nsec(line('unsigned NSEC', 'unsigned NSEC *.WILD NS RRSIG NSEC')),
    refusedBy: '',
    finds: [],
  },
  {
    about: 'data hidden by a delegation',
    zone: () => withRecords('plain TXT hidden\nbelow.plain TXT hidden'),
    refusedBy: '',
    finds: [],
  },
  {
    about: 'CDS and CDNSKEY of the key',
    zone: () => withRecords(`${CDS}\n@ CDNSKEY ${KEY_TEXT}`),
    refusedBy: '',
    finds: [],
  },
  {
    about: 'CDS and CDNSKEY that ask for removal',
    zone: () => withRecords('@ CDS 0 0 0 00\n@ CDNSKEY 0 3 0 AA=='),
    refusedBy: '',
    finds: [],
  },
  {
    about: 'a revoked key',
    zone: () => withKey(testKey(3, 385)),
    refusedBy: '',
    finds: ['dnskey-flags'],
  },
];

const signatures: readonly Case[] = [
  { about: 'no signature', zone: () => nsec(same, { 'mx1 A': [] }), refusedBy: 'K', finds: ['rrsig-missing'] },
  {
    about: 'no signature over a DS',
    zone: () => nsec(same, { 'signed DS': [] }),
    refusedBy: 'K',
    finds: ['rrsig-missing'],
  },
  {
    about: 'no signature over an NSEC3',
    zone: () => nsec3(same, NSEC3, { [`${MX1} NSEC3`]: [] }),
    refusedBy: 'K',
    finds: ['rrsig-missing'],
  },
  {
    about: 'no signature at a whole name',
    zone: () => nsec(same, { 'mx1 A': [], 'mx1 NSEC': [] }),
    refusedBy: 'K',
    finds: ['rrsig-missing'],
  },
  { about: 'no signature over the SOA', zone: () => nsec(same, { '@ SOA': [] }), refusedBy: '', finds: ['partial'] },
  {
    about: 'no DNSKEY',
    zone: () => nsec(both(line('@ DNSKEY', ''), line('@ NSEC', '@ NSEC d NS SOA MX RRSIG NSEC TYPE265'))),
    refusedBy: 'K',
    finds: ['dnskey-missing'],
  },
  {
    about: 'an expired signature',
    zone: () => nsec(same, { 'mx1 A': [DATES] }),
    refusedBy: 'K',
    finds: ['rrsig-expired'],
  },
  {
    about: 'an expired signature beside a valid one',
    zone: () => nsec(same, { 'mx1 A': [DATES, {}] }),
    refusedBy: 'K',
    finds: ['rrsig-expired'],
  },
  {
    about: 'an expired one of an unknown key',
    zone: () => nsec(same, { 'mx1 A': [{ ...DATES, tag: 1 }, {}] }),
    refusedBy: '',
    finds: [],
  },
  {
    about: 'an expired one of the other kind of key',
    zone: () => pair({ 'mx1 A': [{ ...DATES, key: KSK }, { key: ZSK }] }),
    refusedBy: '',
    finds: [],
  },
  {
    about: 'an expired signature over the keys',
    zone: () => pair({ '@ DNSKEY': [{ ...DATES, key: KSK }] }),
    refusedBy: 'K',
    finds: ['rrsig-expired'],
  },
  {
    about: 'a signature of the future',
    zone: () => nsec(same, { 'mx1 A': [LATER] }),
    refusedBy: 'K',
    finds: ['rrsig-not-yet-valid'],
  },
  {
    about: 'an unknown key',
    zone: () => nsec(same, { 'mx1 A': [{ tag: 1 }] }),
    refusedBy: 'K',
    finds: ['rrsig-key-unknown'],
  },
  {
    about: 'an unknown key beside the known one',
    zone: () => nsec(same, { 'mx1 A': [{ tag: 1 }, {}] }),
    refusedBy: '',
    finds: [],
  },
  {
    about: 'keys signed by the other key',
    zone: () => pair({ '@ DNSKEY': [{ key: ZSK }] }),
    refusedBy: 'K',
    finds: ['rrsig-key-unknown'],
  },
  {
    about: 'records signed by the key of keys',
    zone: () => pair({ 'mx1 A': [{ key: KSK }] }),
    refusedBy: 'K',
    finds: [],
    notLoad: 'validators take it',
  },
  { about: 'no key with the SEP flag', zone: () => pair({}, [ZSK]), refusedBy: 'K', finds: ['no-sep'] },
  {
    about: 'too many labels',
    zone: () => nsec(same, { 'mx1 A': [{ labels: 4 }] }),
    refusedBy: '',
    finds: ['rrsig-labels'],
  },
  {
    about: 'the asterisk as a label',
    zone: () => nsec(same, { '*.wild TXT': [{ labels: 4 }] }),
    refusedBy: '',
    finds: ['rrsig-labels'],
  },
  {
    about: 'too few labels',
    zone: () => nsec(same, { 'mx1 A': [{ labels: 2 }] }),
    refusedBy: 'K',
    finds: ['rrsig-labels'],
    notLoad: 'too many labels are not refused',
  },
  {
    about: 'another zone as signer',
    zone: () => nsec(same, { 'mx1 A': [{ signer: 'example.org.' }] }),
    refusedBy: '',
    finds: ['rrsig-signer'],
  },
  {
    about: 'a lower original TTL',
    zone: () => nsec(same, { 'mx1 A': [{ originalTtl: 300 }] }),
    refusedBy: 'K',
    finds: ['rrsig-orig-ttl'],
  },
  {
    about: 'a higher original TTL beside the right one',
    zone: () => nsec(same, { 'mx1 A': [{ originalTtl: 86400 }, {}] }),
    refusedBy: 'K',
    finds: ['rrsig-orig-ttl'],
  },
  {
    about: 'a signature over a type that is gone',
    zone: () => line('mx1 TXT', '')(withSignatures(`${withChain(BASE)}mx1 TXT x\n`)),
    refusedBy: '',
    finds: ['rrsig-for-absent-type'],
  },
  {
    about: 'a signature at a name that is gone',
    zone: () => line('gone TXT', '')(withSignatures(`${withChain(BASE)}gone TXT x\n`)),
    refusedBy: 'K',
    finds: ['nsec-chain', 'rrsig-for-absent-type'],
  },
  {
    about: 'a signature over glue',
    zone: () => nsec(same, { 'ns1.signed A': [{}] }),
    refusedBy: 'K',
    finds: ['rrsig-on-glue-or-occluded'],
  },
  {
    about: 'a signature of an unknown key over glue',
    zone: () => nsec3(same, NSEC3, { 'ns1.signed A': [{ tag: 1 }] }),
    refusedBy: 'K',
    finds: ['rrsig-on-glue-or-occluded'],
  },
  {
    about: 'a signature over NS of a delegation',
    zone: () => nsec(same, { 'plain NS': [{}] }),
    refusedBy: 'K',
    finds: ['rrsig-on-glue-or-occluded'],
  },
];

const nsecs: readonly Case[] = [
  {
    about: 'no NSEC at all',
    zone: () => withSignatures(`${BASE}@ DNSKEY ${KEY_TEXT}\n`),
    refusedBy: 'K',
    finds: ['nsec-chain'],
  },
  { about: 'no NSEC at a name', zone: () => nsec(line('WWW NSEC', '')), refusedBy: 'K', finds: ['nsec-chain'] },
  {
    about: 'a name that came after signing',
    zone: () => nsec(add('new A 192.0.2.9')),
    refusedBy: 'K',
    finds: ['nsec-chain'],
  },
  {
    about: 'a wrong next name',
    zone: () => nsec(line('mx1 NSEC', 'mx1 NSEC out1 A RRSIG NSEC')),
    refusedBy: 'K',
    finds: ['nsec-chain'],
  },
  {
    about: 'a last NSEC that points nowhere',
    zone: () => nsec(line('WWW NSEC', 'WWW NSEC zzz CNAME RRSIG NSEC')),
    refusedBy: 'K',
    finds: ['nsec-chain'],
  },
  {
    about: 'an NSEC that nothing points at',
    zone: () => nsec(add('zz NSEC @ RRSIG NSEC')),
    refusedBy: 'K',
    finds: ['nsec-chain', 'nsec-extra'],
  },
  {
    about: 'an NSEC at an empty non-terminal',
    zone: () => nsec(both(line('d NSEC', 'd NSEC b.ent DNAME RRSIG NSEC'), add('b.ent NSEC a.b.ent RRSIG NSEC'))),
    refusedBy: '',
    finds: ['nsec-extra'],
  },
  {
    about: 'an NSEC at glue',
    zone: () => nsec(add('ns1.signed NSEC unsigned A RRSIG NSEC')),
    refusedBy: 'K',
    finds: ['nsec-chain'],
  },
  {
    about: 'two NSEC at a name',
    zone: () => nsec(line('mx1 NSEC', '$&\nmx1 NSEC ns1 A TXT RRSIG NSEC')),
    refusedBy: 'K',
    finds: ['nsec-chain'],
  },
  {
    about: 'a bitmap without TYPE265',
    zone: () => nsec(line('@ NSEC', '@ NSEC d NS SOA MX RRSIG NSEC DNSKEY')),
    refusedBy: 'K',
    finds: ['nsec-bitmap'],
  },
  {
    about: 'a bitmap with another type',
    zone: () => nsec(line('mx1 NSEC', 'mx1 NSEC ns1 A AAAA RRSIG NSEC')),
    refusedBy: 'K',
    finds: ['nsec-bitmap'],
  },
  {
    about: 'a bitmap with NXNAME',
    zone: () => nsec(line('mx1 NSEC', 'mx1 NSEC ns1 A RRSIG NSEC TYPE128')),
    refusedBy: 'K',
    finds: ['nsec-bitmap'],
  },
  {
    about: 'a bitmap without RRSIG',
    zone: () => nsec(line('mx1 NSEC', 'mx1 NSEC ns1 A NSEC')),
    refusedBy: 'K',
    finds: ['nsec-bitmap'],
  },
  {
    about: 'a bitmap with what a delegation hides',
    zone: () =>
      withSignatures(line('plain NSEC', 'plain NSEC x.y.plain2 NS TXT RRSIG NSEC')(withChain(`${BASE}plain TXT x\n`))),
    refusedBy: 'K',
    finds: ['nsec-bitmap'],
  },
  {
    about: 'a stray NSEC3',
    zone: () => nsec3().replace(/$/, 'mx1 NSEC ns1 A RRSIG NSEC\n'),
    refusedBy: 'K',
    finds: ['nsec-and-nsec3', 'nsec3-bitmap', 'rrsig-missing'],
  },
];

const nsec3s: readonly Case[] = [
  { about: 'no NSEC3 for a name', zone: () => nsec3(withoutHash(MX1)), refusedBy: 'K', finds: ['nsec3-chain'] },
  {
    about: 'an NSEC3 that was taken out',
    zone: () => nsec3(line(`${MX1} NSEC3`, '')),
    refusedBy: 'K',
    finds: ['nsec3-chain'],
  },
  { about: 'no NSEC3 for a delegation', zone: () => nsec3(withoutHash(PLAIN)), refusedBy: 'K', finds: ['nsec3-chain'] },
  {
    about: 'left out without opt-out',
    zone: () => nsec3(same, { kind: 'nsec3', leaveOut: true }),
    refusedBy: 'K',
    finds: ['nsec3-chain'],
  },
  {
    about: 'a wrong next hash',
    zone: () => nsec3((text) => text.replace(new RegExp(`^(${MX1} NSEC3 1 0 0 -) \\S+`, 'm'), `$1 ${LONE}`)),
    refusedBy: 'K',
    finds: ['nsec3-chain'],
  },
  {
    about: 'two NSEC3 at a hash',
    zone: () => nsec3((text) => text.replace(new RegExp(`^${MX1} NSEC3.*$`, 'm'), '$&\n$& TXT')),
    refusedBy: 'K',
    finds: ['nsec3-bitmap', 'nsec3-chain'],
  },
  {
    about: 'an NSEC3 too deep',
    zone: () => nsec3(add(`${LONE}.sub NSEC3 1 0 0 - ${LONE} A`)),
    refusedBy: 'K',
    finds: ['nsec3-chain'],
  },
  {
    about: 'an NSEC3 at no hash',
    zone: () => nsec3(add(`nothash NSEC3 1 0 0 - ${LONE} A`)),
    refusedBy: 'BK',
    finds: ['nsec3-chain', 'nsec3-owner'],
  },
  {
    about: 'the hash of a name that is not there',
    zone: () => line('ghost TXT', '')(withSignatures(withChain(`${BASE}ghost TXT x\n`, NSEC3), { 'ghost TXT': [] })),
    refusedBy: '',
    finds: ['nsec3-extra'],
  },
  {
    about: 'a bitmap without TYPE265',
    zone: () => nsec3((text) => text.replace(/ TYPE265$/m, '')),
    refusedBy: 'K',
    finds: ['nsec3-bitmap'],
  },
  {
    about: 'RRSIG in the bitmap of an unsigned delegation',
    zone: () => nsec3((text) => text.replace(new RegExp(`^${PLAIN} NSEC3.*$`, 'm'), '$& RRSIG')),
    refusedBy: 'K',
    finds: ['nsec3-bitmap'],
  },
  {
    about: 'NSEC3PARAM with other iterations',
    zone: () => nsec3(line('@ NSEC3PARAM', '@ NSEC3PARAM 1 0 5 -')),
    refusedBy: 'K',
    finds: ['nsec3-params', 'nsec3param-mismatch'],
  },
  {
    about: 'an NSEC3 with other parameters',
    zone: () => nsec3(add(`${LONE} NSEC3 1 0 7 - ${LONE} A`)),
    refusedBy: 'K',
    finds: ['nsec3param-mismatch'],
  },
  {
    about: 'NSEC3PARAM beside NSEC',
    zone: () => withRecords('@ NSEC3PARAM 1 0 0 -'),
    refusedBy: 'K',
    finds: ['nsec3param-mismatch'],
  },
  {
    about: 'NSEC3PARAM with opt-out',
    zone: () => nsec3(line('@ NSEC3PARAM', '@ NSEC3PARAM 1 1 0 -')),
    refusedBy: '',
    finds: ['nsec3param-flags'],
  },
  {
    about: 'NSEC3PARAM with an unknown flag',
    zone: () => nsec3(line('@ NSEC3PARAM', '@ NSEC3PARAM 1 2 0 -')),
    refusedBy: 'K',
    finds: ['nsec3param-unusable'],
  },
  {
    about: 'NSEC3PARAM with an unknown hash',
    zone: () => nsec3(line('@ NSEC3PARAM', '@ NSEC3PARAM 2 0 0 -')),
    refusedBy: 'BK',
    finds: ['nsec3param-unusable'],
  },
  {
    about: 'many iterations',
    zone: () => nsec3(same, { kind: 'nsec3', iterations: 500 }),
    refusedBy: '',
    finds: ['nsec3-params'],
  },
  { about: 'a salt', zone: () => nsec3(same, { kind: 'nsec3', salt: 'aabb' }), refusedBy: '', finds: ['nsec3-params'] },
];

const keys: readonly Case[] = [
  {
    about: 'a key that is too short',
    zone: () => withRecords('@ DNSKEY 256 3 13 AQIDBA=='),
    refusedBy: 'K',
    finds: ['dnskey-unusable'],
  },
  {
    about: 'another protocol',
    zone: () => withRecords(`@ DNSKEY ${printRdata(TYPE.DNSKEY, testKey(4, 256).dnskey).replace(' 3 ', ' 2 ')}`),
    refusedBy: 'K',
    finds: ['dnskey-unusable'],
  },
  {
    about: 'no zone key',
    zone: () => withKey(testKey(4, 1)),
    refusedBy: 'K',
    finds: ['dnskey-unusable'],
  },
  {
    about: 'reserved flags',
    zone: () => withKey(testKey(4, 261)),
    refusedBy: '',
    finds: ['dnskey-flags'],
  },
  {
    about: 'CDS of another algorithm',
    zone: () => withRecords(`@ CDS 1 13 2 ${AB}\n@ CDNSKEY ${KEY_TEXT}`),
    refusedBy: 'BK',
    finds: ['cds-cdnskey-inconsistent'],
  },
  {
    about: 'CDS with another digest',
    zone: () => withRecords(`@ CDS ${KEY.tag} 15 2 ${AB}\n@ CDNSKEY ${KEY_TEXT}`),
    refusedBy: 'K',
    finds: ['cds-key-mismatch'],
  },
  {
    about: 'CDNSKEY of a key that is none',
    zone: () => withRecords(`${CDS}\n@ CDNSKEY ${KEY_TEXT}\n@ CDNSKEY ${OTHER_TEXT}`),
    refusedBy: 'K',
    finds: ['cds-key-mismatch'],
  },
  {
    about: 'CDS asks for removal, CDNSKEY does not',
    zone: () => withRecords(`@ CDS 0 0 0 00\n@ CDNSKEY ${KEY_TEXT}`),
    refusedBy: 'K',
    finds: ['cds-key-mismatch'],
  },
  {
    about: 'removal beside a key',
    zone: () => withRecords(`@ CDS 0 0 0 00\n${CDS}\n@ CDNSKEY 0 3 0 AA==\n@ CDNSKEY ${KEY_TEXT}`),
    refusedBy: 'BK',
    finds: ['cds-cdnskey-inconsistent'],
  },
  {
    about: 'DS at no delegation',
    zone: () => withRecords(`mx1 DS 1 13 2 ${AB}`),
    refusedBy: '',
    finds: ['ds-without-ns'],
  },
  {
    about: 'NSEC3PARAM at another name',
    zone: () => withRecords('mx1 NSEC3PARAM 1 0 0 -'),
    refusedBy: '',
    finds: ['dnskey-not-apex'],
  },
];

/** All cases; each has a name of its own. */
export const CASES: readonly Case[] = [...good, ...signatures, ...nsecs, ...nsec3s, ...keys];

/** The text of a zone for a server: with its origin. */
export function fileText(text: string): string {
  return `$ORIGIN ${ORIGIN}\n${text}`;
}
