import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';

/** A user by name or number. */
type Id = string | number;

/** Whom a server becomes once its ports are open. */
export interface RunAs {
  /** As the command line says it. */
  readonly text: string;
  readonly user: Id;
  readonly group: Id;
}

/** What of a process tells and changes its user; systems without users have none of it. */
export interface UserOfProcess {
  getuid?(): number;
  initgroups?(user: Id, extra: Id): void;
  setgroups?(groups: readonly Id[]): void;
  setgid?(group: Id): void;
  setuid?(user: Id): void;
}

/** Where the group of a user is found. */
const USERS = '/etc/passwd';

/** Reads `NAME` or `NAME:GROUP`, names or numbers; throws UsageError when this process cannot become that user. */
export function runAsOf(text: string, io: Io, system: UserOfProcess = process): RunAs {
  const [, name, groupName] = /^([^:\s]+)(?::([^:\s]+))?$/u.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`--user ${text}: it is NAME or NAME:GROUP`);
  if (system.getuid === undefined) throw new UsageError(`--user ${text}: this system has no users to change to`);
  if (system.getuid() !== 0) throw new UsageError(`--user ${text}: only root can become another user`);
  if (groupName !== undefined) return { text, user: idOf(name), group: idOf(groupName) };
  const group = groupOf(name, io);
  if (group === undefined)
    throw new UsageError(`--user ${text}: ${USERS} has no such user; one of elsewhere is written NAME:GROUP`);
  return { text, user: idOf(name), group };
}

/** Becomes a user for good, the groups first as only root may change them; throws UsageError. */
export function become({ text, user, group }: RunAs, system: UserOfProcess = process): void {
  try {
    joinGroups(user, group, system);
    system.setgid?.(group);
    system.setuid?.(user);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_UNKNOWN_CREDENTIAL')
      throw new UsageError(`--user ${text}: there is no such ${message.startsWith('Group') ? 'group' : 'user'}`);
    throw new UsageError(`--user ${text}: the system does not permit it (${message})`);
  }
}

/** A number that no user has is in its one group alone. */
function joinGroups(user: Id, group: Id, system: UserOfProcess): void {
  try {
    system.initgroups?.(user, group);
  } catch (error) {
    if (typeof user === 'string' || !String((error as Error).message).startsWith('User')) throw error;
    system.setgroups?.([group]);
  }
}

function idOf(text: string): Id {
  return /^\d+$/u.test(text) ? Number(text) : text;
}

/** The group that a user has at log-in. */
function groupOf(user: string, io: Io): number | undefined {
  try {
    const lines = Buffer.from(io.readFile(USERS)).toString('latin1').split('\n');
    const fields = lines.map((line) => line.split(':')).find(([name, , uid]) => name === user || uid === user);
    return fields === undefined ? undefined : Number(fields[3]);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
