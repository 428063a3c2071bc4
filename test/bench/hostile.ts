/** A kind of input made to be slow to read, in any size. */
export interface Hostile {
  readonly name: string;
  /** Text repeated up to the wanted size, between `head` and `tail`. */
  readonly repeat: string;
  readonly head?: string;
  readonly tail?: string;
}

const APEX = '$TTL 3600\n@ IN SOA ns1 hostmaster 1 3600 900 1209600 3600\n@ IN NS ns1\nns1 IN A 192.0.2.1\n';

/** Every kind of hostile input that the bench shows to grow no faster than its size. */
export const HOSTILE: readonly Hostile[] = [
  { name: 'nested parentheses', repeat: '(((((((( ', head: 'a IN TXT ', tail: '\n' },
  { name: 'only (', repeat: '(' },
  { name: 'only )', repeat: ')' },
  { name: 'only ( by lines', repeat: '(\n' },
  { name: 'backslashes in a name', repeat: '\\\\', tail: ' IN A 192.0.2.1\n' },
  { name: 'backslashes in a string', repeat: '\\\\', head: 'a IN TXT ', tail: '\n' },
  { name: 'escapes \\000', repeat: '\\000', head: 'a IN TXT "', tail: '"\n' },
  { name: 'one quoted string', repeat: 'a', head: 'a IN TXT "', tail: '"\n' },
  { name: 'one unclosed quote', repeat: 'a b ', head: 'a IN TXT "' },
  {
    name: 'unclosed quotes',
    repeat: 'a IN TXT "unclosed and long enough to be told from others, with a word or two more\n',
  },
  { name: 'unclosed parentheses', repeat: 'a IN MX ( 10 mail\n' },
  { name: 'unclosed in turn', repeat: 'a IN TXT ( "one\nb IN TXT ) two"\n' },
  { name: 'hexadecimal digits', repeat: '0123456789abcdef', head: 'a IN TYPE65280 \\# 65535 ', tail: '\n' },
  { name: 'hexadecimal words', repeat: '0f ', head: 'a IN TYPE65280 \\# 65535 ', tail: '\n' },
  { name: 'base64 digits', repeat: 'QUJD', head: 'a IN DNSKEY 257 3 13 ', tail: '\n' },
  { name: 'one line of words', repeat: 'a ', tail: '\n' },
  { name: 'one name', repeat: 'a', tail: ' IN A 192.0.2.1\n' },
  { name: 'one name of labels', repeat: 'a.', tail: ' IN A 192.0.2.1\n' },
  { name: 'one comment', repeat: 'a;', head: '; ', tail: '\n' },
  { name: 'blank lines', repeat: '\n' },
  { name: 'blanks', repeat: ' \t' },
  { name: '$ORIGIN lines', repeat: '$ORIGIN a.example.\n' },
  { name: '$TTL lines', repeat: '$TTL 1h\n' },
  { name: 'relative $ORIGIN', repeat: '$ORIGIN a\n' },
  { name: 'unknown directives', repeat: '$NONE 1\n' },
  { name: 'unknown types', repeat: 'a IN MXX 10 b\n' },
  { name: 'numbers out of range', repeat: 'a 3600 IN MX 70000 b\n' },
  { name: 'small $GENERATE', repeat: '$GENERATE 1-1 a$ A 192.0.2.1\n' },
  { name: 'one $GENERATE text', repeat: '$', head: '$GENERATE 1-2 a$ TXT "', tail: '"\n' },
  { name: 'same record', repeat: 'a IN A 192.0.2.1\n' },
  { name: 'same name, other data', repeat: 'a IN TXT "#"\n' },
  { name: 'names of 127 labels', repeat: `${'a.'.repeat(118)}# IN A 192.0.2.1\n` },
  { name: 'NUL octets', repeat: '\0' },
  { name: 'octets 255', repeat: '\xff' },
  { name: 'carriage returns', repeat: '\r' },
  { name: 'NSEC of all types', repeat: 'TYPE65535 TYPE1 TYPE256 ', head: 'a IN NSEC b ', tail: '\n' },
  { name: 'SVCB parameters', repeat: 'key65000=a ', head: 'a IN SVCB 1 b ', tail: '\n' },
  { name: 'APL items', repeat: '1:192.0.2.0/24 ', head: 'a IN APL ', tail: '\n' },
];

/** The input in about `size` octets, below the apex of a zone; each `#` in the repeated text becomes a number. */
export function hostileText({ repeat, head = '', tail = '' }: Hostile, size: number): Buffer {
  const start = APEX + head;
  const space = Math.max(0, size - start.length - tail.length);
  if (!repeat.includes('#')) {
    const body = Buffer.alloc(space - (space % repeat.length), repeat, 'latin1');
    return Buffer.concat([Buffer.from(start, 'latin1'), body, Buffer.from(tail, 'latin1')]);
  }
  const pieces: string[] = [];
  for (let length = 0, index = 0; length < space; index += 1) {
    const piece = repeat.replace('#', index.toString(36).padStart(6, '0'));
    pieces.push(piece);
    length += piece.length;
  }
  return Buffer.from(start + pieces.join('') + tail, 'latin1');
}
