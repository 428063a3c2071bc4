import { describe, expect, test } from 'vitest';
import { describeUnknownRoles, parseRoleSuffix } from '../../lib/certs/roles.ts';

describe('parseRoleSuffix', () => {
  test.each<[string, string, string[]]>([
    ['mx1.pem:server', 'mx1.pem', ['server']],
    ['out1.pem:client', 'out1.pem', ['client']],
    ['a.pem:server,client', 'a.pem', ['server', 'client']],
    ['a.pem:client, SERVER', 'a.pem', ['client', 'server']],
    ['a.pem:server,server', 'a.pem', ['server']],
    ['/srv/mail:25/a.pem:server', '/srv/mail:25/a.pem', ['server']],
    ['C:\\certs\\a.pem:client', 'C:\\certs\\a.pem', ['client']],
    ['host:server:client', 'host:server', ['client']],
  ])('%s', (argument, file, roles) => {
    expect(parseRoleSuffix(argument)).toEqual({ whole: argument, split: { file, roles, unknown: [] } });
  });

  test.each(['mx1.pem', '/srv/mail:25/a.pem', 'C:\\certs\\a.pem', 'C:a.pem', ':server', 'a.pem:b.pem', ''])(
    '%j is a file name and nothing else',
    (argument) => {
      expect(parseRoleSuffix(argument)).toEqual({ whole: argument });
    },
  );

  test.each<[string, string]>([
    ['a.pem:sever', "unknown role 'sever': did you mean 'server'?"],
    ['a.pem:Cleint', "unknown role 'Cleint': did you mean 'client'?"],
    ['a.pem:serv', "unknown role 'serv': did you mean 'server'?"],
    ['a.pem:both', "unknown role 'both': the roles are server or client"],
    ['a.pem:server,clinet', "unknown role 'clinet': did you mean 'client'?"],
    ['a.pem:', "a role is missing after ':' or ',': write server or client"],
    ['a.pem:server,', "a role is missing after ':' or ',': write server or client"],
    ['a.pem:x,y', "unknown role 'x': the roles are server or client; unknown role 'y': the roles are server or client"],
  ])('%s keeps both readings', (argument, sentence) => {
    const { whole, split } = parseRoleSuffix(argument);
    expect(whole).toBe(argument);
    expect(split?.file).toBe('a.pem');
    expect(describeUnknownRoles(split?.unknown ?? [])).toBe(sentence);
  });
});
