import { RCODE } from '../wire/codes.ts';
import { BADSIG, checkTsig, readTsig, signMessage, tsigErrorText, tsigPlace } from '../wire/tsig.ts';
import { type TsigKey, TsigKeys } from '../wire/tsig-keys.ts';

/** A query with its signature, and the judge of responses to it. */
export interface SignedQuery {
  readonly octets: Uint8Array;
  /** Why octets are not the signed response, as the end of "sent …"; undefined when they are. */
  refuses(bytes: Uint8Array): string | undefined;
  /** What the signature of an accepted response says: `verified`, or the error of the server. */
  verdict(): string;
}

/**
 * Signs a query with a key. Responses have to be signed with it too (RFC 8945 §5.3); only that the server does not know the
 * key, or finds the signature wrong, may be told without (§5.3.2).
 */
export function signedQuery(query: Uint8Array, key: TsigKey, now: () => number): SignedQuery {
  const { bytes: octets, mac } = signMessage(query, key, { now: now() });
  const keys = new TsigKeys([key]);
  let verdict = 'unsigned';
  return {
    octets,
    refuses(bytes) {
      const place = tsigPlace(bytes);
      const tsig = typeof place === 'object' ? readTsig(bytes, place.start) : undefined;
      if (tsig !== undefined && tsig.mac.length === 0 && (tsig.error === BADSIG || tsig.error === RCODE.BADKEY)) {
        verdict = tsigErrorText(tsig.error);
        return undefined;
      }
      const checked = checkTsig(bytes, keys, now(), { prior: mac });
      if (checked.kind === 'unsigned') return 'a response without signature';
      if (checked.kind === 'malformed') return 'a response with a malformed signature';
      if (checked.kind === 'refused')
        return `a response whose signature is not right (${tsigErrorText(checked.error)})`;
      verdict = checked.tsig.error === 0 ? 'verified' : tsigErrorText(checked.tsig.error);
      return undefined;
    },
    verdict: () => verdict,
  };
}
