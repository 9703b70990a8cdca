import type { Bytes } from './raw-rows.js';
import { StatementFault } from './statement-fault.js';

export const ENCODINGS = ['auto', 'utf-8', 'gb18030', 'utf-16le'] as const;
export type EncodingChoice = (typeof ENCODINGS)[number];
export type Encoding = Exclude<EncodingChoice, 'auto'>;

const NAMES: Record<Encoding, string> = { 'utf-8': 'UTF-8', gb18030: 'GB18030', 'utf-16le': 'UTF-16' };

/** So much of the beginning is looked at to know the encoding: preamble, header and some hundred lines. */
const SAMPLE_BYTES = 65_536;
const NEWLINE = 10;

/**
 * The file's text in pieces, decoded without mercy: a byte that the encoding does not know is refused with its line, as a
 * replacement character would silently change a name or an amount. The byte order mark is taken off.
 */
export async function* decodeText(bytes: Bytes, choice: EncodingChoice): AsyncGenerator<string> {
  let sample: Buffer | null = Buffer.alloc(0);
  let decoder: LineDecoder | null = null;
  for await (const piece of bytes) {
    if (sample) {
      sample = sample.length === 0 ? Buffer.from(piece) : Buffer.concat([sample, piece]);
      if (sample.length < SAMPLE_BYTES) continue;
      decoder = new LineDecoder(encodingOf(sample, choice));
      const text = decoder.decode(sample);
      sample = null;
      yield text;
    } else if (decoder) {
      yield decoder.decode(piece);
    }
  }
  if (sample) {
    if (sample.length === 0) throw new StatementFault('EMPTY_FILE', '文件是空的，请重新从银行下载。');
    decoder = new LineDecoder(encodingOf(sample, choice));
    yield decoder.decode(sample);
  }
  if (decoder) yield decoder.end();
}

/** Which encoding these first bytes are in. A byte order mark says it; what contradicts the profile is refused. */
export function encodingOf(sample: Uint8Array, choice: EncodingChoice): Encoding {
  const found = markOf(sample) ?? (looksLikeUtf8(sample) ? 'utf-8' : null);
  if (choice === 'auto') return found ?? 'gb18030';
  const isAscii = found === 'utf-8' && markOf(sample) === null && sample.every((byte) => byte < 128);
  if (found === null || isAscii || found === choice) return choice;
  throw new StatementFault(
    'WRONG_ENCODING',
    `文件是 ${NAMES[found]} 编码，而模板要求 ${NAMES[choice]}，请改用对应的模板或重新导出。`,
    1,
  );
}

function markOf(sample: Uint8Array): Encoding | null {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8';
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) {
    throw new StatementFault('WRONG_ENCODING', '文件是 UTF-16（大端）编码，请在导出时选择 UTF-8 或 GB18030。', 1);
  }
  return null;
}

function looksLikeUtf8(sample: Uint8Array): boolean {
  try {
    // As a stream: the sample may end in the middle of a character.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Decodes piece by piece and counts lines, so that a fault can say where it is. */
class LineDecoder {
  readonly #encoding: Encoding;
  readonly #decoder: TextDecoder;
  /** Before the piece that is being decoded. */
  #lines = 0;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  decode(piece: Uint8Array): string {
    let text: string;
    try {
      text = this.#decoder.decode(piece, { stream: true });
    } catch {
      throw this.#fault(this.#lines + lineOfFault(piece, this.#encoding));
    }
    if (text.includes('\0')) {
      const before = countOf(text.slice(0, text.indexOf('\0')), '\n');
      throw new StatementFault(
        'NUL_BYTES',
        '有不可见的空字符，文件可能已损坏或不是文本，请重新导出。',
        this.#lines + before + 1,
      );
    }
    this.#lines += countOf(text, '\n');
    return text;
  }

  end(): string {
    try {
      return this.#decoder.decode();
    } catch {
      throw this.#fault(this.#lines + 1);
    }
  }

  #fault(lineNo: number): StatementFault {
    const name = NAMES[this.#encoding];
    return new StatementFault('WRONG_ENCODING', `有不是 ${name} 编码的字节，请检查导出时选择的编码。`, lineNo);
  }
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}

/** Bytes of the longest character: a piece may begin inside of one. */
const MOST_CHARACTER_BYTES = 4;

/** The line of the piece, from 1, in which decoding stops: of all places where its first character may begin, the furthest. */
function lineOfFault(piece: Uint8Array, encoding: Encoding): number {
  let furthest = 1;
  for (let skip = 0; skip < MOST_CHARACTER_BYTES; skip += 1) {
    furthest = Math.max(furthest, lineOfFaultFrom(piece.subarray(skip), encoding));
  }
  return furthest;
}

function lineOfFaultFrom(piece: Uint8Array, encoding: Encoding): number {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let from = 0;
  for (let line = 1; from < piece.length; line += 1) {
    const newline = piece.indexOf(NEWLINE, from);
    const to = newline < 0 ? piece.length : newline + 1;
    try {
      decoder.decode(piece.subarray(from, to), { stream: true });
    } catch {
      return line;
    }
    from = to;
  }
  return 1;
}
