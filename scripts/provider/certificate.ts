import { createPublicKey, type KeyObject, sign } from 'node:crypto';

/**
 * A self-signed X.509 certificate, written byte by byte: node reads certificates but makes none, and the provider's
 * certificate list must hold one. Version 1, SHA-256 with RSA, one common name: what a merchant's client looks at.
 */
export function selfSignedCertificate(input: {
  commonName: string;
  /** Hexadecimal. */
  serial: string;
  fromMs: number;
  untilMs: number;
  privateKey: KeyObject;
}): string {
  const algorithm = sequence(oid([1, 2, 840, 113549, 1, 1, 11]), tlv(0x05, Buffer.alloc(0)));
  const attribute = sequence(oid([2, 5, 4, 3]), tlv(0x0c, Buffer.from(input.commonName, 'utf8')));
  const name = sequence(tlv(0x31, attribute));
  const body = sequence(
    integer(Buffer.from(input.serial, 'hex')),
    algorithm,
    name,
    sequence(utcTime(input.fromMs), utcTime(input.untilMs)),
    name,
    createPublicKey(input.privateKey).export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, input.privateKey);
  const der = sequence(body, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** DER's one shape: tag, length, value. */
function tlv(tag: number, value: Buffer): Buffer {
  if (value.length < 128) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const length = Buffer.from(value.length.toString(16).padStart(value.length < 256 ? 2 : 4, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, value]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

/** A leading zero keeps a high first bit from meaning a negative number. */
function integer(value: Buffer): Buffer {
  return tlv(0x02, (value[0] ?? 0) < 0x80 ? value : Buffer.concat([Buffer.from([0]), value]));
}

function utcTime(instantMs: number): Buffer {
  const text = new Date(instantMs).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return tlv(0x17, Buffer.from(`${text}Z`, 'ascii'));
}

function oid(numbers: readonly number[]): Buffer {
  const [first = 0, second = 0, ...rest] = numbers;
  const bytes = [first * 40 + second];
  for (const number of rest) {
    const groups = [number & 0x7f];
    for (let left = number >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tlv(0x06, Buffer.from(bytes));
}
