/** What a mail host uses a certificate for: taking mail (server) or sending it (client). */
export type CertificateRole = 'server' | 'client';

/** Every role word, in the order help texts name them. */
export const certificateRoles: readonly CertificateRole[] = ['server', 'client'];

/** A word after the colon that is no role, with the role it most likely means. */
export interface UnknownRole {
  readonly word: string;
  readonly suggestion: CertificateRole | undefined;
}

/**
 * Both readings of `FILE[:server|client[,…]]`. When `split` exists and has no unknown word it is meant;
 * with unknown words the file `whole` is meant if it exists, and otherwise a role is misspelt.
 */
export interface RoleArgument {
  /** The argument read as a file name and nothing else. */
  readonly whole: string;
  /** The argument cut at its last colon, when what follows can be meant as roles. */
  readonly split?: {
    readonly file: string;
    readonly roles: readonly CertificateRole[];
    readonly unknown: readonly UnknownRole[];
  };
}

/** Reads the argument of `--cert`; a colon followed by a path separator or a dot belongs to the file name. */
export function parseRoleSuffix(argument: string): RoleArgument {
  const colon = argument.lastIndexOf(':');
  const suffix = argument.slice(colon + 1);
  if (colon < 1 || /[/\\.]/.test(suffix)) return { whole: argument };
  const roles = new Set<CertificateRole>();
  const unknown: UnknownRole[] = [];
  for (const word of suffix.split(',').map((text) => text.trim())) {
    const role = certificateRoles.find((known) => known === word.toLowerCase());
    if (role === undefined) unknown.push({ word, suggestion: nearestRole(word.toLowerCase()) });
    else roles.add(role);
  }
  return { whole: argument, split: { file: argument.slice(0, colon), roles: [...roles], unknown } };
}

/** The sentence about role words nobody knows, for an argument whose whole text names no file. */
export function describeUnknownRoles(unknown: readonly UnknownRole[]): string {
  return unknown
    .map(({ word, suggestion }) => {
      const known = certificateRoles.join(' or ');
      if (word === '') return `a role is missing after ':' or ',': write ${known}`;
      const hint = suggestion === undefined ? `the roles are ${known}` : `did you mean '${suggestion}'?`;
      return `unknown role '${word.slice(0, 40)}': ${hint}`;
    })
    .join('; ');
}

function nearestRole(word: string): CertificateRole | undefined {
  if (word === '' || word.length > 12) return undefined;
  return certificateRoles.find((role) => role.startsWith(word) || editDistance(word, role) <= 2);
}

/** Insertions, deletions, replacements and swaps of neighbours from one word to the other. */
function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swap = swapped ? rows[i - 2]![j - 2]! + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost, swap));
    }
    rows.push(row);
  }
  return rows[from.length]![to.length]!;
}
