/** A server's answer to a ClientHello of TLS 1.2 or earlier, as far as it came. */
export interface ServerFlight {
  /** Version and suite that the server chose; undefined when it sent no ServerHello. */
  readonly hello?: { readonly version: number; readonly suite: number };
  /** Certificates in the order they were sent, each in DER; undefined when no Certificate message came. */
  readonly certificates?: readonly Uint8Array[];
  /** The server asks for a client certificate (RFC 5246 §7.4.4); acceptable CAs as DER names, empty for any. */
  readonly request?: { readonly authorities: readonly Uint8Array[] };
  /** ServerHelloDone came, so what is not here was not sent. */
  readonly complete: boolean;
  readonly end: FlightEnd | undefined;
}

/** Why nothing more is read. */
export type FlightEnd =
  | { readonly kind: 'done' }
  /** A fatal alert with its number (RFC 8446 §6). */
  | { readonly kind: 'alert'; readonly description: number }
  /** The first octets are no TLS record; each is one character of `start`. */
  | { readonly kind: 'not-tls'; readonly start: string }
  | { readonly kind: 'broken'; readonly detail: string };

const longestRecord = 16_384 + 2048;
const longestMessage = 262_144;
/** Records of one octet each would make joining them slow. */
const mostRecords = 256;
const serverHello = 2;
const certificate = 11;
const certificateRequest = 13;
const serverHelloDone = 14;

/** Puts a server's first flight together from octets as they come; it never throws and holds at most a quarter of a megabyte. */
export class FlightReader {
  private records: Uint8Array = new Uint8Array();
  private messages: Uint8Array = new Uint8Array();
  private count = 0;
  private flight: ServerFlight = { complete: false, end: undefined };

  get result(): ServerFlight {
    return this.flight;
  }

  push(octets: Uint8Array): void {
    if (this.flight.end !== undefined) return;
    this.records = join(this.records, octets);
    while (this.flight.end === undefined && this.readRecord());
  }

  private readRecord(): boolean {
    const { records } = this;
    if (records.length === 0) return false;
    const [type = 0, major = 3] = records;
    if (type < 20 || type > 24 || major !== 3) {
      this.finish({ kind: 'not-tls', start: String.fromCharCode(...records.subarray(0, 60)) });
      return false;
    }
    if (records.length < 5) return false;
    const length = uint(records, 3, 2);
    if (length > longestRecord || length === 0) {
      this.breakOff(`a record of ${length} octets`);
      return false;
    }
    if (records.length < 5 + length) return false;
    if (++this.count > mostRecords) {
      this.breakOff(`more than ${mostRecords} records`);
      return false;
    }
    const data = records.subarray(5, 5 + length);
    this.records = records.subarray(5 + length);
    if (type === 22) this.readMessages(data);
    else if (type === 21) this.readAlert(data);
    else this.breakOff(`a record of type ${type} inside the handshake`);
    return true;
  }

  private readAlert(data: Uint8Array): void {
    // A warning such as unrecognized_name does not end the handshake.
    if (data[0] === 1 && data[1] !== 0) return;
    this.finish({ kind: 'alert', description: data[1] ?? 0 });
  }

  private readMessages(data: Uint8Array): void {
    this.messages = join(this.messages, data);
    while (this.flight.end === undefined && this.messages.length >= 4) {
      const length = uint(this.messages, 1, 3);
      if (length > longestMessage) this.breakOff(`a message of ${length} octets`);
      if (this.messages.length < 4 + length) return;
      const body = this.messages.subarray(4, 4 + length);
      const type = this.messages[0] ?? 0;
      this.messages = this.messages.subarray(4 + length);
      this.readMessage(type, body);
    }
  }

  private readMessage(type: number, body: Uint8Array): void {
    const { hello } = this.flight;
    if (type === serverHello) this.readHello(body);
    else if (hello === undefined) this.breakOff(`message ${type} before ServerHello`);
    else if (type === certificate) this.readCertificates(body);
    else if (type === certificateRequest) this.readRequest(body, hello.version);
    else if (type === serverHelloDone) {
      this.add({ complete: true });
      this.finish({ kind: 'done' });
    }
  }

  private readHello(body: Uint8Array): void {
    const suiteAt = 35 + (body[34] ?? 0);
    if (this.flight.hello !== undefined || body.length < suiteAt + 3)
      this.breakOff('a ServerHello that cannot be read');
    else this.add({ hello: { version: uint(body, 0, 2), suite: uint(body, suiteAt, 2) } });
  }

  private readCertificates(body: Uint8Array): void {
    const certificates = vectorsIn(body.subarray(3), 3);
    if (certificates === undefined) this.breakOff('a list of certificates that breaks off');
    else this.add({ certificates });
  }

  private readRequest(body: Uint8Array, version: number): void {
    const authorities = authoritiesIn(body, version);
    if (authorities === undefined) this.breakOff('a CertificateRequest that breaks off');
    else this.add({ request: { authorities } });
  }

  private breakOff(detail: string): void {
    this.finish({ kind: 'broken', detail });
  }

  private add(part: Partial<ServerFlight>): void {
    this.flight = { ...this.flight, ...part };
  }

  private finish(end: FlightEnd): void {
    this.add({ end });
  }
}

function authoritiesIn(body: Uint8Array, version: number): Uint8Array[] | undefined {
  let at = 1 + (body[0] ?? 0);
  if (version >= 0x0303) at += 2 + uint(body, at, 2);
  const length = uint(body, at, 2);
  return body.length < at + 2 + length ? undefined : vectorsIn(body.subarray(at + 2, at + 2 + length), 2);
}

/** Splits octets into parts that each stand behind their length. */
function vectorsIn(octets: Uint8Array, size: number): Uint8Array[] | undefined {
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < octets.length) {
    const length = uint(octets, at, size);
    const start = at + size;
    if (start + length > octets.length) return undefined;
    parts.push(octets.subarray(start, start + length));
    at = start + length;
  }
  return parts;
}

function uint(octets: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = 0; index < size; index++) value = value * 256 + (octets[at + index] ?? 0);
  return value;
}

function join(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const joined = new Uint8Array(one.length + other.length);
  joined.set(one);
  joined.set(other, one.length);
  return joined;
}

const alerts: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  22: 'record_overflow',
  40: 'handshake_failure',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  109: 'missing_extension',
  110: 'unsupported_extension',
  112: 'unrecognized_name',
  116: 'certificate_required',
  120: 'no_application_protocol',
};

/** The name of an alert (RFC 8446 §6), or its number. */
export function alertName(description: number): string {
  return alerts[description] ?? `alert ${description}`;
}
