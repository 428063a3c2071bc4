/** The code of an error of the system, empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'this is a folder, not a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the disk',
  EFBIG: 'the file grows larger than is allowed',
  EDQUOT: 'the disk quota is used up',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk reports an error',
  EBADF: 'it is closed',
  ERR_INVALID_ARG_VALUE: 'no file can have such a name',
};

/** Why something failed, as a clause. */
export function reason(error: unknown): string {
  const code = codeOf(error);
  return REASONS[code] ?? (code === '' ? String(error) : `it cannot be used (${code})`);
}

/** What is wrong with a file that has more octets than are read. */
export function tooLarge(limit: number): string {
  const size = limit >= 2 ** 30 ? `${Math.round(limit / 2 ** 30)} GiB` : `${Math.round(limit / 2 ** 20)} MiB`;
  return `the file is larger than ${size}, the most that is read`;
}

/** Permission bits of a file's mode; Windows has access lists instead, of which Node makes up bits that mean nothing. */
export function permissionBits(mode: number | undefined): number | undefined {
  return process.platform === 'win32' || mode === undefined ? undefined : mode & 0o7777;
}
