import { folderOf, zone } from './run.ts';

/** Octets that no format can take as they are: markup, ends of sections, escapes, controls, and broken UTF-8. */
const PIECES: readonly string[] = [
  '<script>alert`1`</script>',
  '</script><!--<img/src=x/onerror=document.title=1>',
  ']]>',
  '&amp&#0&lt',
  `'"`,
  '{0}[text](1)',
  '::error::x%0A',
  '\u001b[31m\u0007\u0001\u0085',
  '\u2028\u202e\ufeff',
  '\ufffe\u{1f600}',
  '##[error]x',
];

/** Octets of a zone in which every line is faulty and holds one of the pieces; findings quote them. */
function hostileZone(): Uint8Array {
  const lines = PIECES.map((piece, index) => `h${index} ${piece} 192.0.2.1\nh${index} A "${piece}"\n`);
  const text = new TextEncoder().encode(`${zone()}${lines.join('')}`);
  const broken = Uint8Array.of(0x62, 0x20, 0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x20, 0x78, 0x0a);
  return Buffer.concat([text, broken]);
}

/** The name of a zone file that is itself hostile. */
export const HOSTILE_NAME = 'a]]>&"\'<b>,:%.zone';

/** A folder with a hostile zone in a file with a hostile name, and a file that cannot be read as a zone. */
export function hostileFolder(): ReturnType<typeof folderOf> {
  return folderOf({ [HOSTILE_NAME]: hostileZone(), 'unknown.txt': 'www 60 IN A 192.0.2.1\n' });
}
