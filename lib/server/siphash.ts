/** Half of a 64-bit number each, upper before lower, as the state words v0 to v3 of SipHash stand here. */
type State = Int32Array;

/** SipHash-2-4 of octets under a key of 16 (Aumasson and Bernstein 2012), the 8 octets in little-endian order. */
export function sipHash24(key: Uint8Array, octets: Uint8Array): Uint8Array {
  const [k0Low, k0High, k1Low, k1High] = [word(key, 0), word(key, 4), word(key, 8), word(key, 12)];
  const state = Int32Array.of(
    k0High ^ 0x736f6d65,
    k0Low ^ 0x70736575,
    k1High ^ 0x646f7261,
    k1Low ^ 0x6e646f6d,
    k0High ^ 0x6c796765,
    k0Low ^ 0x6e657261,
    k1High ^ 0x74656462,
    k1Low ^ 0x79746573,
  );
  const whole = octets.length - (octets.length % 8);
  for (let at = 0; at < whole; at += 8) absorb(state, word(octets, at + 4), word(octets, at));
  // Octets behind the end read as zero; the length stands in the last one.
  absorb(state, word(octets, whole + 4) | (octets.length << 24), word(octets, whole));
  state[5] = (state[5] as number) ^ 0xff;
  for (let round = 0; round < 4; round++) sipRound(state);
  const out = new Uint8Array(8);
  const view = new DataView(out.buffer);
  view.setInt32(0, (state[1] as number) ^ (state[3] as number) ^ (state[5] as number) ^ (state[7] as number), true);
  view.setInt32(4, (state[0] as number) ^ (state[2] as number) ^ (state[4] as number) ^ (state[6] as number), true);
  return out;
}

function word(octets: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = octets.subarray(at, at + 4);
  return a | (b << 8) | (c << 16) | (d << 24);
}

function absorb(state: State, high: number, low: number): void {
  state[6] = (state[6] as number) ^ high;
  state[7] = (state[7] as number) ^ low;
  sipRound(state);
  sipRound(state);
  state[0] = (state[0] as number) ^ high;
  state[1] = (state[1] as number) ^ low;
}

function sipRound(state: State): void {
  mix(state, 0, 2, 13);
  rotate(state, 0, 32);
  mix(state, 4, 6, 16);
  mix(state, 0, 6, 21);
  mix(state, 4, 2, 17);
  rotate(state, 4, 32);
}

/** v[a] += v[b]; v[b] = (v[b] <<< bits) ^ v[a], words of the state given by where their upper half stands. */
function mix(state: State, a: number, b: number, bits: number): void {
  const low = ((state[a + 1] as number) >>> 0) + ((state[b + 1] as number) >>> 0);
  state[a] = (state[a] as number) + (state[b] as number) + (low > 0xffffffff ? 1 : 0);
  state[a + 1] = low;
  rotate(state, b, bits);
  state[b] = (state[b] as number) ^ (state[a] as number);
  state[b + 1] = (state[b + 1] as number) ^ (state[a + 1] as number);
}

function rotate(state: State, at: number, bits: number): void {
  const high = state[at] as number;
  const low = state[at + 1] as number;
  state[at] = bits === 32 ? low : (high << bits) | (low >>> (32 - bits));
  state[at + 1] = bits === 32 ? high : (low << bits) | (high >>> (32 - bits));
}
