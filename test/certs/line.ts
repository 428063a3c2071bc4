import type { KeyObject } from 'node:crypto';
import type { Certificate } from '../../lib/certs/path-member.ts';
import { clientAuth, serverAuth } from './chains.ts';
import { certificateOf, type Extension, ext, general, keyPool, makeDer, type Wish } from './maker.ts';

/** A path of any length before it is signed: the leaf first, the root last. */
export interface Line {
  readonly wishes: readonly Wish[];
  /** Places of certificates that are not handed over, the root's when nobody trusts it. */
  readonly withheld: ReadonlySet<number>;
  /** More certificates to be given beside it. */
  readonly extra: readonly Wish[];
}

/** A signed path; `trusted` are the certificates of the trust store. */
export interface SignedLine {
  readonly leaf: Certificate;
  readonly leafKey: KeyObject;
  readonly others: readonly Certificate[];
  readonly trusted: readonly Certificate[];
}

/** One change of the certificate at a place. */
export type LineChange = (line: Line) => Line;

/** Keys that every path of a test file shares; by place, and free numbers from 50 on. */
export const pooled: (number: number) => KeyObject = keyPool();

/** The host that the leaves of sound paths name. */
export const host = 'mx1.example.net';

const day = 86_400_000;

/** A time as certificates write it until 2049. */
export function utcTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/^..|[-:T]|\.\d+/g, '');
}

/** A sound path of this many certificates around a time; `tag` keeps its CAs apart from those of other paths. */
export function soundLine(length: number, tag: string, now: number): Line {
  const subject = (place: number): string => `O=Line ${tag}/CN=${place === 0 ? host : `CA ${place}`}`;
  const wishes = Array.from({ length }, (_, place): Wish => {
    const above = Math.min(place + 1, length - 1);
    const identifiers = [ext.subjectKey(place), ...(above === place ? [] : [ext.authorityKey(above)])];
    const leaf = [
      ext.basic(false),
      ext.keyUsage('digitalSignature'),
      ext.purposes(serverAuth, clientAuth),
      ext.names(general.dns(host)),
    ];
    return {
      subject: subject(place),
      issuer: subject(above),
      key: pooled(place),
      signer: pooled(above),
      serial: place + 1,
      from: utcTime(now - 100 * day),
      to: utcTime(now + 200 * day),
      version: 3,
      extensions: [...(place === 0 ? leaf : [ext.basic(true), ext.keyUsage('keyCertSign')]), ...identifiers],
    };
  });
  return { wishes, withheld: new Set(), extra: [] };
}

/** Changes parts of the certificate at a place. */
export function setAt(place: number, parts: Partial<Wish>): LineChange {
  return (line) => ({ ...line, wishes: line.wishes.map((wish, at) => (at === place ? { ...wish, ...parts } : wish)) });
}

/** Sets or adds extensions of the certificate at a place. */
export function putAt(place: number, ...extensions: readonly Extension[]): LineChange {
  const ids = extensions.map(({ id }) => id);
  return (line) => {
    const kept = line.wishes[place]!.extensions.filter(({ id }) => !ids.includes(id));
    return setAt(place, { extensions: [...kept, ...extensions] })(line);
  };
}

/** Takes extensions of the certificate at a place away. */
export function dropAt(place: number, ...ids: readonly string[]): LineChange {
  return (line) =>
    setAt(place, { extensions: line.wishes[place]!.extensions.filter(({ id }) => !ids.includes(id)) })(line);
}

/** Does not hand over the certificate at a place. */
export function withholdAt(place: number): LineChange {
  return (line) => ({ ...line, withheld: new Set([...line.withheld, place]) });
}

/** One change after the other. */
export function allOf(...made: readonly LineChange[]): LineChange {
  return (line) => made.reduce((changed, change) => change(changed), line);
}

/** Signs a path. */
export function signLine({ wishes, withheld, extra }: Line): SignedLine {
  const made = wishes.map((wish) => certificateOf(makeDer(wish)));
  const last = made.length - 1;
  const beside = extra.map((wish) => certificateOf(makeDer(wish)));
  const between = made.filter((_, place) => place > 0 && place < last && !withheld.has(place));
  return {
    leaf: made[0]!,
    leafKey: wishes[0]!.key as KeyObject,
    others: [...between, ...beside],
    trusted: withheld.has(last) ? [] : [made[last]!],
  };
}
