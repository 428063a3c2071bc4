/** How many of all signatures share a fault, for the end of a sentence about one of them; empty when it is the only one. */
export function among(count: number, all: number, what: string): string {
  if (count <= 1) return '';
  return count === all ? `; all ${all} signatures ${what}` : `; ${count} of ${all} signatures ${what}`;
}
