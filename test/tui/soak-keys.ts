import { KEYS } from '../../cli/tui/model/keys.ts';
import type { Random } from '../bench/random.ts';

/** What a terminal sends for keys that have a name. */
const SENT: Readonly<Record<string, string>> = {
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  'shift-tab': '\x1b[Z',
  'ctrl-up': '\x1b[1;5A',
  'ctrl-down': '\x1b[1;5B',
  'ctrl-left': '\x1b[1;5D',
  'ctrl-right': '\x1b[1;5C',
  insert: '\x1b[2~',
  delete: '\x1b[3~',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
  f1: '\x1bOP',
  enter: '\r',
  tab: '\t',
  escape: '\x1b',
  backspace: '\x7f',
  'ctrl-space': '\0',
};

/** Keys that end the process or give the terminal away: a shell would have to be there. */
const LEFT_OUT: ReadonlySet<string> = new Set(['ctrl-z']);

function sent(key: string): string {
  const named = SENT[key];
  if (named !== undefined) return named;
  if (key.startsWith('ctrl-')) return String.fromCharCode(key.charCodeAt(5) - 0x60);
  if (key.startsWith('alt-')) return `\x1b${sent(key.slice(4))}`;
  return key;
}

/** Every key of the table. */
const ALL: readonly string[] = [...new Set(KEYS.flatMap(({ keys }) => keys))].filter((key) => !LEFT_OUT.has(key));

const WORDS = [
  'mx1',
  'A',
  'MX',
  '192.0.2.77',
  '2001:db8::7',
  'example.net.',
  '300',
  '1h',
  '"a b"',
  'bücher',
  '日本',
  '\u{1f600}',
  'e\u0301',
  '; x',
  '(',
  '@',
  '*',
  't:mx',
  '!x',
  '^ns',
  '',
  'TYPE265',
  '/ns/host/',
];

const PALETTE = [
  'goto 5',
  'goto mx1',
  'add A',
  'add MX',
  'filter ns',
  'type MX',
  'all',
  'sort owner',
  'sort file',
  'ttl 60',
  'replace /192/193/',
  'delete',
  'undo',
  'redo',
  'fix-all',
  'w',
  'w!',
  'mail',
  'diff',
  'help',
  'fold-all',
  'set serial off',
  'set serial on',
  'serial',
  'comment',
  'duplicate',
  'reload',
  'merge',
  'editor',
  'explain mx-target-cname',
  'nonsense',
];

const PASTES = [
  'new A 192.0.2.50\nnew AAAA 2001:db8::50\n',
  'bad A 192.0.2.500\n',
  'x',
  'long TXT "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789"\r\n',
  '\x1b[31mred\tA\t192.0.2.1\n',
  '日本 TXT "\u{1f600}"\n',
];

/** What somebody who does not know what they do types next. */
export function randomInput(random: Random): string {
  const one = <T>(from: readonly T[]): T => from[random.below(from.length)] as T;
  const kind = random.below(100);
  if (kind < 55) return sent(one(ALL));
  if (kind < 70) return sent(one(['j', 'k', 'down', 'up', 'pagedown', 'G', 'g', 'enter', 'escape', 'tab', 'u', 'd']));
  if (kind < 80) return one(WORDS);
  if (kind < 90) return `:${one(PALETTE)}\r`;
  if (kind < 94) return `\x1b[200~${one(PASTES)}\x1b[201~`;
  if (kind < 96) return one(['\x1b[I', '\x1b[O']);
  // Escape that is a key must not become part of the next.
  return one(['\x1b', '\x1b[', '\x1b[99~', '\x1b]0;x\x07', '\x1b[<0;1;1M']);
}
