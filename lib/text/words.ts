/** Names in a sentence: `a`, `a and b`, `a, b and c`; beyond the limit `a, b, c and 4 more`. */
export function listed(names: readonly string[], limit: number = Number.POSITIVE_INFINITY, word = 'and'): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length > limit) return `${names.slice(0, limit).join(', ')} ${word} ${names.length - limit} more`;
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

/** A number with its noun: `1 record`, `3 records`, `2 addresses`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
}
