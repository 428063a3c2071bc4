import type { Example } from '../../rule.ts';

/** A zone signed from 15 November to 15 December 2026, with a chain of NSEC records. */
export const SIGNED: readonly string[] = [
  '$TTL 3600',
  '@ SOA ns1.example.org. hostmaster.example.org. 2026112001 7200 3600 1209600 3600',
  '@ RRSIG SOA 15 2 3600 20261215000000 20261115000000 60795 example.net. aeaKvHRURWumuvnyr14pYXHcvlSq+s0leR0X2v6H+SboCxRQMBBGn3dVHTTQ1Ffz5rGLcmg9msjVHMSDR6JZCQ==',
  '@ NS ns1.example.org.',
  '@ NS ns2.example.org.',
  '@ RRSIG NS 15 2 3600 20261215000000 20261115000000 60795 example.net. FboKv/4Ma01KR6SFNx/d/eyCjc7hqdz9kk0V/A3t7gmkmqDDuEq/KeTKT3MxtqJbtRKPxl5rQ8eHS53TWMF/Cg==',
  'mx A 192.0.2.10',
  'mx RRSIG A 15 3 3600 20261215000000 20261115000000 60795 example.net. ZC3jP0FM5ZZMo/qJjPQHmxVCdyXZ/R+LEEohWrUvh+2ZflKTyPX6UdGrBmUF6TK/DGCAxGiqL3gK+Wd9sa5+Cg==',
  '@ DNSKEY 257 3 15 iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=',
  '@ RRSIG DNSKEY 15 2 3600 20261215000000 20261115000000 60795 example.net. bMcmxiOALPlL47WeFnLsIrdYRkDo1AVY1rvwM3jQWPWyGUmGjoLnW13eUFQNR6cB7rWHZZT8MjjoZdPG+FatBA==',
  '@ NSEC mx.example.net. NS SOA RRSIG NSEC DNSKEY',
  '@ RRSIG NSEC 15 2 3600 20261215000000 20261115000000 60795 example.net. Mc+DnJV+i4Q1RGmTtfmVHTQC/Km0VjiC5BHg0FCK7ptmxRJ9e3LV7jf8/LYx2Iq5E82JemoIO4b0aRMW74q4DA==',
  'mx NSEC example.net. A RRSIG NSEC',
  'mx RRSIG NSEC 15 3 3600 20261215000000 20261115000000 60795 example.net. 1J41i6DKdYJDGMGAH5kAK4mgm1s7FgmWvCS99jPPJbAX6+q7qE4y8Rq48tLBsghmeX+B2z0xpb1kWkVrVLBfAg==',
];

/** The same zone with a chain of NSEC3 records. */
export const HASHED: readonly string[] = [
  '$TTL 3600',
  '@ SOA ns1.example.org. hostmaster.example.org. 2026112001 7200 3600 1209600 3600',
  '@ RRSIG SOA 15 2 3600 20261215000000 20261115000000 60795 example.net. aeaKvHRURWumuvnyr14pYXHcvlSq+s0leR0X2v6H+SboCxRQMBBGn3dVHTTQ1Ffz5rGLcmg9msjVHMSDR6JZCQ==',
  '@ NS ns1.example.org.',
  '@ NS ns2.example.org.',
  '@ RRSIG NS 15 2 3600 20261215000000 20261115000000 60795 example.net. FboKv/4Ma01KR6SFNx/d/eyCjc7hqdz9kk0V/A3t7gmkmqDDuEq/KeTKT3MxtqJbtRKPxl5rQ8eHS53TWMF/Cg==',
  'mx A 192.0.2.10',
  'mx RRSIG A 15 3 3600 20261215000000 20261115000000 60795 example.net. ZC3jP0FM5ZZMo/qJjPQHmxVCdyXZ/R+LEEohWrUvh+2ZflKTyPX6UdGrBmUF6TK/DGCAxGiqL3gK+Wd9sa5+Cg==',
  '@ DNSKEY 257 3 15 iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=',
  '@ RRSIG DNSKEY 15 2 3600 20261215000000 20261115000000 60795 example.net. bMcmxiOALPlL47WeFnLsIrdYRkDo1AVY1rvwM3jQWPWyGUmGjoLnW13eUFQNR6cB7rWHZZT8MjjoZdPG+FatBA==',
  '@ NSEC3PARAM 1 0 0 -',
  '@ RRSIG NSEC3PARAM 15 2 3600 20261215000000 20261115000000 60795 example.net. Y62Zgy4q9NGgA2N3ogysPvhHTYvrUCW1I04j7uOjdjp90nDr9vbJDQEQdSAzrabfUaKteL8zYs92Znc+vbOqAA==',
  '590oi0a68snphg1korvtonulu70lcrtg NSEC3 1 0 0 - 93j57bnunnk7b6rcofljbhj4mkp5bpjh A RRSIG',
  '590oi0a68snphg1korvtonulu70lcrtg RRSIG NSEC3 15 3 3600 20261215000000 20261115000000 60795 example.net. rkrNqYBzzjpH4Bzi3mhD1e9BVVWg8iwmXyvNjwqTAYB6sBx94xVk4/XOBIp6m5OBnjEuQsFBNbmfM5bn6JYkCA==',
  '93j57bnunnk7b6rcofljbhj4mkp5bpjh NSEC3 1 0 0 - 590oi0a68snphg1korvtonulu70lcrtg NS SOA RRSIG DNSKEY NSEC3PARAM',
  '93j57bnunnk7b6rcofljbhj4mkp5bpjh RRSIG NSEC3 15 3 3600 20261215000000 20261115000000 60795 example.net. 8ESUAwE4IdvI+nvD2pHZAhqTNXq35rwX4ExfynwYWdsH04oK7OM9Wx58QYLF1qoUw5WGb0Qk/TBHELhDI15yCQ==',
];

/** The hashes of example.net and mx.example.net. */
export const APEX_HASH = '93j57bnunnk7b6rcofljbhj4mkp5bpjh';
export const MX_HASH = '590oi0a68snphg1korvtonulu70lcrtg';

/** Changes of lines by how they begin: `$&` in the new line stands for the old one; the empty string takes it out. */
export type LineChanges = Readonly<Record<string, string>>;

/** An example that is the signed zone with some lines changed and `also` behind it. */
export function signedExample(changes: LineChanges = {}, also = ''): Example {
  return changed(SIGNED, changes, also);
}

/** An example that is the zone signed with NSEC3, with some lines changed and `also` behind it. */
export function hashedExample(changes: LineChanges = {}, also = ''): Example {
  return changed(HASHED, changes, also);
}

function changed(lines: readonly string[], changes: LineChanges, also: string): Example {
  const zone = lines.flatMap((line) => {
    const [, change] = Object.entries(changes).find(([start]) => line.startsWith(start)) ?? [];
    if (change === undefined) return [line];
    return change === '' ? [] : [change.replaceAll('$&', () => line)];
  });
  return { whole: true, zone: `${zone.join('\n')}\n${also}` };
}

/** The change of a line that must carry the finding of an example. */
export const EXPECT = '$& ; expect';
