import { checkTsig, type Signed, signMessage, type TsigCheck, type TsigContext } from './tsig.ts';
import { type TsigAlgorithm, type TsigKey, TsigKeys } from './tsig-keys.ts';

/** Messages in a row that may be without signature (RFC 8945 §5.3.1). */
const MOST_UNSIGNED = 99;

/** Signs the messages of one answer, each covering the MAC of the one before (RFC 8945 §5.3.1). */
export class TsigSigner {
  private readonly key: TsigKey;
  private readonly algorithm: TsigAlgorithm;
  private context: TsigContext;

  /** `request` is the MAC of what is answered. */
  constructor(key: TsigKey, request: Uint8Array, algorithm: TsigAlgorithm = key.algorithm) {
    this.key = key;
    this.algorithm = algorithm;
    this.context = { prior: request };
  }

  /** The next message, signed at a time in milliseconds. */
  sign(message: Uint8Array, now: number): Uint8Array {
    const { bytes, mac }: Signed = signMessage(message, this.key, { ...this.context, now, algorithm: this.algorithm });
    this.context = { prior: mac, later: true };
    return bytes;
  }
}

/** Checks the messages of one answer as they come; the first and the last have to be signed, and one in a hundred. */
export class TsigStreamCheck {
  private readonly keys: TsigKeys;
  private context: TsigContext;
  private between: Uint8Array[] = [];

  /** `request` is the MAC of what was asked. */
  constructor(key: TsigKey, request: Uint8Array) {
    this.keys = new TsigKeys([key]);
    this.context = { prior: request };
  }

  /** Whether the last message was signed, and so are all before it. */
  get complete(): boolean {
    return this.context.later === true && this.between.length === 0;
  }

  /** What the next message came to; 'unsigned' is right for one whose signature a later one carries. */
  take(bytes: Uint8Array, now: number): TsigCheck {
    const { context, between } = this;
    const checked = checkTsig(bytes, this.keys, now, { ...context, between });
    if (checked.kind === 'valid') {
      this.context = { prior: checked.tsig.mac, later: true };
      this.between = [];
      return checked;
    }
    if (checked.kind !== 'unsigned') return checked;
    if (context.later !== true || between.length === MOST_UNSIGNED) return { kind: 'malformed' };
    between.push(bytes);
    return checked;
  }
}
