/** What a terminal sends: a key by its name, text that was pasted, or that its window got or lost the focus. */
export type Input =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'focus'; readonly focused: boolean };

const ESCAPE = '\x1b';
const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** Characters a paste may have; what is more is dropped. */
const LONGEST_PASTE = 16 << 20;

/** A control sequence that nothing ends is given up after so many characters. */
const LONGEST_SEQUENCE = 64;

/** Final characters of control sequences without a number before them. */
const FINALS: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  Z: 'shift-tab',
};

/** Numbers of control sequences that end in `~`. */
const NUMBERS: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

/** Control characters that have a name of their own; all others are `ctrl-` and their letter. */
const CONTROLS: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\0': 'ctrl-space',
};

/**
 * Takes the octets of a terminal apart, whatever the pieces they come in: `a`, `G`, `space` as it is, `enter`, `ctrl-d`,
 * `alt-b`, `up`, `ctrl-up`, `shift-tab`, `escape`. Sequences that mean nothing here are left out.
 */
export class KeyReader {
  private readonly decoder = new TextDecoder('utf-8');
  private held = '';
  private pasted: string | undefined;

  /** Whether an escape character waits for what follows; after a moment of quiet it is the key itself. */
  get waiting(): boolean {
    return this.pasted === undefined && this.held !== '';
  }

  feed(octets: Uint8Array): Input[] {
    this.held += this.decoder.decode(octets, { stream: true });
    return this.take(false);
  }

  /** Nothing came for a moment: what is held back is all there is. */
  quiet(): Input[] {
    return this.pasted === undefined ? this.take(true) : [];
  }

  private take(last: boolean): Input[] {
    const found: Input[] = [];
    while (this.held !== '') {
      if (this.pasted !== undefined) {
        if (!this.takePaste(found)) break;
      } else if (!this.takeOne(found, last)) break;
    }
    return found;
  }

  /** False when the end of the paste has not come. */
  private takePaste(found: Input[]): boolean {
    const end = this.held.indexOf(PASTE_END);
    // The end may have come in part.
    const keep = end < 0 ? Math.max(0, this.held.length - PASTE_END.length + 1) : end;
    const room = LONGEST_PASTE - (this.pasted?.length ?? 0);
    this.pasted += this.held.slice(0, Math.min(keep, room));
    this.held = this.held.slice(end < 0 ? keep : end + PASTE_END.length);
    if (end < 0) return false;
    // Terminals send line ends as carriage returns.
    found.push({ kind: 'paste', text: (this.pasted ?? '').replace(/\r\n?/gu, '\n') });
    this.pasted = undefined;
    return true;
  }

  /** False when more has to come first. */
  private takeOne(found: Input[], last: boolean): boolean {
    const { held } = this;
    if (held[0] !== ESCAPE) {
      const [character = ''] = held;
      this.held = held.slice(character.length);
      found.push(key(nameOf(character)));
      return true;
    }
    if (held.startsWith(PASTE_START)) {
      this.held = held.slice(PASTE_START.length);
      this.pasted = '';
      return true;
    }
    const behind = held.slice(1);
    const [whole] = /^(?:\[[0-9;<=>?]*[ -/]*[@-~]|O[A-Za-z])/u.exec(behind) ?? [];
    if (whole !== undefined) {
      this.held = behind.slice(whole.length);
      const input = sequence(whole.slice(1));
      if (input !== undefined) found.push(input);
      return true;
    }
    const begun = /^(?:\[[0-9;<=>?]*[ -/]*|O)?$/u.test(behind);
    if (begun && !last && held.length < LONGEST_SEQUENCE) return false;
    const [next] = behind;
    const alone = next === undefined || next === ESCAPE;
    this.held = held.slice(alone ? 1 : 1 + next.length);
    found.push(key(alone ? 'escape' : `alt-${nameOf(next)}`));
    return true;
  }
}

function nameOf(character: string): string {
  const named = CONTROLS[character];
  if (named !== undefined) return named;
  const code = character.charCodeAt(0);
  return code < 0x20 ? `ctrl-${String.fromCharCode(code + 0x60)}` : character;
}

/** What a control sequence without its introducer means; undefined when it means nothing here. */
function sequence(text: string): Input | undefined {
  if (text === 'I' || text === 'O') return { kind: 'focus', focused: text === 'I' };
  const final = text.slice(-1);
  const [number = '', modifier = ''] = text.slice(0, -1).split(';');
  const name = final === '~' ? NUMBERS[number] : FINALS[final];
  if (name === undefined) return undefined;
  return key(`${modifiers(Number(modifier || 1) - 1)}${name}`);
}

/** Bits as xterm tells them: shift, alt, control. */
function modifiers(bits: number): string {
  return `${(bits & 4) === 0 ? '' : 'ctrl-'}${(bits & 2) === 0 ? '' : 'alt-'}${(bits & 1) === 0 ? '' : 'shift-'}`;
}

function key(name: string): Input {
  return { kind: 'key', key: name };
}
