/** Operations (RFC 1035 §4.1.1, RFC 1996, RFC 2136, RFC 8490). */
export const OPCODE: Readonly<Record<'QUERY' | 'IQUERY' | 'STATUS' | 'NOTIFY' | 'UPDATE' | 'DSO', number>> = {
  QUERY: 0,
  IQUERY: 1,
  STATUS: 2,
  NOTIFY: 4,
  UPDATE: 5,
  DSO: 6,
};

/** Response codes, the extended ones included (RFC 6895 §2.3); 16 is BADVERS in the header and BADSIG in a TSIG record. */
export const RCODE: Readonly<
  Record<
    | 'NOERROR'
    | 'FORMERR'
    | 'SERVFAIL'
    | 'NXDOMAIN'
    | 'NOTIMP'
    | 'REFUSED'
    | 'YXDOMAIN'
    | 'YXRRSET'
    | 'NXRRSET'
    | 'NOTAUTH'
    | 'NOTZONE'
    | 'DSOTYPENI'
    | 'BADVERS'
    | 'BADKEY'
    | 'BADTIME'
    | 'BADMODE'
    | 'BADNAME'
    | 'BADALG'
    | 'BADTRUNC'
    | 'BADCOOKIE',
    number
  >
> = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  DSOTYPENI: 11,
  BADVERS: 16,
  BADKEY: 17,
  BADTIME: 18,
  BADMODE: 19,
  BADNAME: 20,
  BADALG: 21,
  BADTRUNC: 22,
  BADCOOKIE: 23,
};

const OPCODE_TEXT: ReadonlyMap<number, string> = textOf(OPCODE);
const RCODE_TEXT: ReadonlyMap<number, string> = textOf(RCODE);

function textOf(numbers: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  return new Map(Object.entries(numbers).map(([text, number]) => [number, text]));
}

/** How an operation is written: `QUERY`, or `OPCODE7` for one without a name. */
export function opcodeToText(opcode: number): string {
  return OPCODE_TEXT.get(opcode) ?? `OPCODE${opcode}`;
}

/** How a response code is written: `NXDOMAIN`, or `RCODE12` for one without a name. */
export function rcodeToText(rcode: number): string {
  return RCODE_TEXT.get(rcode) ?? `RCODE${rcode}`;
}
