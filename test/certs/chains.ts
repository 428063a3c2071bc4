import type { Certificate } from '../../lib/certs/path-member.ts';
import { certificateOf, type Extension, ext, general, makeDer, type Wish } from './maker.ts';

/** Root, two CA certificates and a leaf, before they are signed. */
export interface Chain {
  readonly root: Wish;
  readonly upper: Wish;
  readonly lower: Wish;
  readonly leaf: Wish;
  /** More certificates to be given beside the chain. */
  readonly extra?: readonly Wish[];
  /** Certificates that are not handed over. */
  readonly withheld?: readonly ('upper' | 'lower')[];
}

/** The names of the four certificates of a chain. */
export type Place = 'root' | 'upper' | 'lower' | 'leaf';

/** Where the clock of these tests stands. */
export const now: number = Date.parse('2026-11-22T12:00:00Z');

export const serverAuth = '1.3.6.1.5.5.7.3.1';
export const clientAuth = '1.3.6.1.5.5.7.3.2';

const authority = { from: '260101000000Z', to: '360101000000Z', version: 3 } as const;
const signing = [ext.basic(true), ext.keyUsage('keyCertSign')];

/** A chain without a fault: server and client, mx1.example.net. */
export const soundChain: Chain = {
  root: {
    ...authority,
    subject: 'O=Example/CN=Root',
    issuer: 'O=Example/CN=Root',
    key: 1,
    signer: 1,
    serial: 1,
    extensions: [...signing, ext.subjectKey(1)],
  },
  upper: {
    ...authority,
    subject: 'O=Example/CN=Upper',
    issuer: 'O=Example/CN=Root',
    key: 2,
    signer: 1,
    serial: 2,
    extensions: [...signing, ext.subjectKey(2), ext.authorityKey(1)],
  },
  lower: {
    ...authority,
    subject: 'O=Example/CN=Lower',
    issuer: 'O=Example/CN=Upper',
    key: 3,
    signer: 2,
    serial: 3,
    extensions: [...signing, ext.subjectKey(3), ext.authorityKey(2)],
  },
  leaf: {
    from: '261001000000Z',
    to: '270401000000Z',
    version: 3,
    subject: 'O=Example/CN=mx1.example.net',
    issuer: 'O=Example/CN=Lower',
    key: 4,
    signer: 3,
    serial: 4,
    extensions: [
      ext.basic(false),
      ext.keyUsage('digitalSignature'),
      ext.subjectKey(4),
      ext.authorityKey(3),
      ext.purposes(serverAuth, clientAuth),
      ext.names(general.dns('mx1.example.net')),
    ],
  },
};

/** One change of a chain. */
export type Change = (chain: Chain) => Chain;

/** Sets or adds extensions of one certificate. */
export function put(place: Place, ...extensions: readonly Extension[]): Change {
  return (chain) => {
    const replaced = new Set(extensions.map(({ id }) => id));
    const kept = chain[place].extensions.filter(({ id }) => !replaced.has(id));
    return { ...chain, [place]: { ...chain[place], extensions: [...kept, ...extensions] } };
  };
}

/** Takes extensions of one certificate away. */
export function drop(place: Place, ...ids: readonly string[]): Change {
  return (chain) => {
    const extensions = chain[place].extensions.filter(({ id }) => !ids.includes(id));
    return { ...chain, [place]: { ...chain[place], extensions } };
  };
}

/** Changes other parts of one certificate. */
export function set(place: Place, parts: Partial<Wish>): Change {
  return (chain) => ({ ...chain, [place]: { ...chain[place], ...parts } });
}

/** One change after the other. */
export function both(...changes: readonly Change[]): Change {
  return (chain) => changes.reduce((changed, change) => change(changed), chain);
}

/** The certificates of a chain. */
export interface MadeChain {
  readonly leaf: Certificate;
  readonly others: readonly Certificate[];
  readonly root: Certificate;
}

/** Signs a chain. */
export function makeChain(chain: Chain): MadeChain {
  const handed = (['upper', 'lower'] as const).filter((place) => chain.withheld?.includes(place) !== true);
  const others = [...handed.map((place) => chain[place]), ...(chain.extra ?? [])];
  const [leaf, root] = [chain.leaf, chain.root].map((wish) => certificateOf(makeDer(wish)));
  return { leaf: leaf!, others: others.map((wish) => certificateOf(makeDer(wish))), root: root! };
}
