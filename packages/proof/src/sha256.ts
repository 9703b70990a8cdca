/** SHA-256: the browser's own where there is one. A page that came over plain http has none. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  return subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : plainSha256(bytes);
}

type Words = Uint32Array<ArrayBuffer>;

const BLOCK_BYTES = 64;
const ROUNDS = 64;

/** FIPS 180-4, section 6.2, as it is written there. Its test holds it against the machine's own. */
export function plainSha256(bytes: Uint8Array): Uint8Array {
  // A 1 bit, zeros, and the length in bits fill the last block.
  const blocks = Math.ceil((bytes.length + 9) / BLOCK_BYTES);
  const padded = new DataView(new ArrayBuffer(blocks * BLOCK_BYTES));
  bytes.forEach((byte, at) => padded.setUint8(at, byte));
  padded.setUint8(bytes.length, 0x80);
  padded.setBigUint64(padded.byteLength - 8, BigInt(bytes.length) * 8n);
  let state = START;
  for (let block = 0; block < blocks; block += 1) state = compressed(state, padded, block * BLOCK_BYTES);
  const digest = new DataView(new ArrayBuffer(state.length * 4));
  state.forEach((word, at) => digest.setUint32(at * 4, word));
  return new Uint8Array(digest.buffer);
}

function compressed(state: Words, padded: DataView, from: number): Words {
  const words = scheduleOf(padded, from);
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let round = 0; round < ROUNDS; round += 1) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + CONSTANTS[round]! + words[round]!) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  return state.map((word, at) => word + [a, b, c, d, e, f, g, h][at]!);
}

function scheduleOf(padded: DataView, from: number): Words {
  const words = new Uint32Array(ROUNDS);
  for (let at = 0; at < 16; at += 1) words[at] = padded.getUint32(from + at * 4);
  for (let at = 16; at < ROUNDS; at += 1) {
    const [x, y] = [words[at - 15]!, words[at - 2]!];
    const small = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const large = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    words[at] = words[at - 16]! + small + words[at - 7]! + large;
  }
  return words;
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** The first 32 bits behind the point of the roots of the first primes: sections 4.2.2 and 5.3.3. */
function rootBits(count: number, exponent: number): Words {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return Uint32Array.from(primes, (prime) => Math.floor((prime ** exponent % 1) * 2 ** 32));
}

const START = rootBits(8, 1 / 2);
const CONSTANTS = rootBits(ROUNDS, 1 / 3);
