/** A glob ready for use: whether a path (with `/`, relative to the folder the glob counts from) fits. */
export type Matcher = (path: string) => boolean;

/** Alternatives that the braces of one glob may mean. */
const MOST_ALTERNATIVES = 64;
const LONGEST = 1024;

/**
 * What is wrong with a glob over paths, undefined when it is in order. `*` and `?` stand for characters of one name, `[a-z]` and `[!a-z]`
 * for one of some, `{a,b}` for one of some texts, a name `**` for any folders. A glob without `/` fits names in every folder, one that
 * ends in `/` everything in the folder.
 */
export function globFault(glob: string): string | undefined {
  if (glob === '') return 'is empty';
  if (glob.startsWith('!')) return 'begins with "!", which has no meaning here: what is not listed does not fit anyway';
  if (glob.includes('\\')) return 'has a backslash: folders are separated by "/"';
  if (/^(?:\/|[A-Za-z]:)/u.test(glob)) return 'is absolute: it has to count from the folder of the configuration';
  if (glob.split('/').includes('..')) return 'leads out of the folder of the configuration by ".."';
  return patternFault(glob);
}

/** What is wrong with a pattern that has no `/` to separate anything, such as one over zone names. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > LONGEST) return `is longer than ${LONGEST} characters`;
  const alternatives = expand(pattern);
  if (typeof alternatives === 'string') return alternatives;
  return alternatives.some((each) => /\[[^\]]*$/u.test(each.replace(/\[!?\]?[^\]]*\]/gu, '')))
    ? 'has a "[" without its "]"'
    : undefined;
}

/** Makes a glob over paths ready for use; matching takes time in proportion to the lengths of glob and path at most. */
export function pathMatcher(glob: string): Matcher {
  const below = glob.endsWith('/') ? `${glob}**` : glob;
  const anchored = below.replace(/^(?:\.\/)+/u, '');
  const alternatives = alternativesOf(anchored.includes('/') ? anchored : `**/${anchored}`);
  // What ends in folders means what is in them.
  const compiled = alternatives.map((each) =>
    each
      .replace(/(^|\/)\*\*$/u, '$1**/*')
      .split('/')
      .map((name) => (name === '**' ? undefined : /[*?[]/u.test(name) ? signsOf(name) : name)),
  );
  return (path) => {
    const names = path.split('/');
    return compiled.some((pattern) => fits<Name, string>(pattern, names, fitsOneName, undefined));
  };
}

/** Makes a pattern over whole names ready for use: `*` stands for any characters, dots included. */
export function nameMatcher(pattern: string): Matcher {
  const compiled = alternativesOf(pattern.toLowerCase()).map(signsOf);
  return (name) => {
    const signs = charactersOf(name.toLowerCase());
    return compiled.some((each) => fitsName(each, signs));
  };
}

/** One sign of a pattern: any run of characters, or a test of one. */
type Sign = typeof ANY_RUN | ((character: string) => boolean);

const ANY_RUN = 'any run';

/** Folders, one name as it stands, or the signs of one. */
type Name = undefined | string | readonly Sign[];

function fitsOneName(pattern: string | readonly Sign[], name: string): boolean {
  return typeof pattern === 'string' ? pattern === name : fitsName(pattern, charactersOf(name));
}

function fitsName(pattern: readonly Sign[], name: ArrayLike<string>): boolean {
  return fits<Sign, string>(pattern, name, (sign, character) => sign !== ANY_RUN && sign(character), ANY_RUN);
}

/** Whether things fit a pattern in which `run` stands for any number of them; goes back to the latest run only, which is enough. */
function fits<P, T>(
  pattern: readonly P[],
  things: ArrayLike<T>,
  fitsOne: (part: Exclude<P, undefined>, thing: T) => boolean,
  run: P,
): boolean {
  let part = 0;
  let at = 0;
  let runAt = -1;
  let runEnd = 0;
  while (at < things.length) {
    const wanted = pattern[part];
    if (part < pattern.length && wanted === run) {
      runAt = part++;
      runEnd = at;
    } else if (part < pattern.length && fitsOne(wanted as Exclude<P, undefined>, things[at] as T)) {
      part++;
      at++;
    } else if (runAt >= 0) {
      part = runAt + 1;
      at = ++runEnd;
    } else return false;
  }
  while (part < pattern.length && pattern[part] === run) part++;
  return part === pattern.length;
}

/** Plain text is a list of its characters as it stands. */
function charactersOf(text: string): ArrayLike<string> {
  return /\P{ASCII}/u.test(text) ? [...text] : text;
}

function signsOf(pattern: string): Sign[] {
  const signs: Sign[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    const close = character === '[' ? classEnd(characters, at) : -1;
    if (character === '*') {
      if (signs.at(-1) !== ANY_RUN) signs.push(ANY_RUN);
    } else if (character === '?') signs.push(() => true);
    else if (close > 0) {
      signs.push(oneOf(characters.slice(at + 1, close)));
      at = close;
    } else signs.push((each) => each === character);
  }
  return signs;
}

/** The bracket that closes a class; one that follows its beginning is a member. */
function classEnd(characters: readonly string[], open: number): number {
  const first = characters[open + 1] === '!' ? open + 2 : open + 1;
  return characters.indexOf(']', first + 1);
}

function oneOf(members: readonly string[]): (character: string) => boolean {
  const negated = members[0] === '!';
  const list = negated ? members.slice(1) : members;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < list.length; at++) {
    const from = list[at] ?? '';
    const isRange = list[at + 1] === '-' && at + 2 < list.length;
    ranges.push([from, isRange ? (list[at + 2] ?? from) : from]);
    if (isRange) at += 2;
  }
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== negated;
}

function alternativesOf(pattern: string): readonly string[] {
  const expanded = expand(pattern);
  return typeof expanded === 'string' ? [] : expanded;
}

/** The patterns without braces that one with braces means, or what is wrong with it. */
function expand(pattern: string): readonly string[] | string {
  const done: string[] = [];
  const open = [pattern];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const end = next.indexOf('}');
    const start = end < 0 ? next.indexOf('{') : next.lastIndexOf('{', end);
    if (start < 0 && end < 0) done.push(next);
    else if (start < 0 || end < 0) return `has a "${end < 0 ? '{' : '}'}" without its "${end < 0 ? '}' : '{'}"`;
    else {
      const [before, after] = [next.slice(0, start), next.slice(end + 1)];
      open.push(
        ...next
          .slice(start + 1, end)
          .split(',')
          .map((each) => before + each + after),
      );
    }
    if (done.length + open.length > MOST_ALTERNATIVES) return `means more than ${MOST_ALTERNATIVES} globs`;
  }
  return [...new Set(done)];
}
