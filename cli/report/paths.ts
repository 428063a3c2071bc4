import type { Look } from './look.ts';

/** A path as the pages of a repository know it: with slashes, from the repository's root where that is known. */
export function repositoryPath(path: string, { folder = '', root }: Pick<Look, 'folder' | 'root'>): string {
  const slashed = path.replaceAll('\\', '/');
  if (root !== undefined && slashed.startsWith(`${root}/`)) return slashed.slice(root.length + 1);
  if (/^(?:\/|[A-Za-z]:\/)/u.test(slashed) || slashed.startsWith('<')) return slashed;
  return normalized(`${folder}${slashed}`);
}

/** A relative path without `.` and without `..` where a folder stands before it. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** A path as a URI reference (RFC 3986 section 4.2); absolute paths become `file:` URIs. */
export function uriOf(path: string): string {
  const encoded = path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[!'()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`))
    .join('/');
  if (encoded.startsWith('/')) return `file://${encoded}`;
  // A drive letter; in other relative paths a colon is escaped and cannot be taken for a scheme.
  return /^[A-Za-z]%3A\//u.test(encoded) ? `file:///${encoded.replace('%3A', ':')}` : encoded;
}
