/** Wrong use or unreadable input: the sentence goes to stderr and the command ends with exit code 2. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}
