import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Holds the longest text that is taken, some 65,000 characters, whatever they are. */
const BLOCK_BYTES = 256 * 1_024;
const LENGTH_BYTES = 4;
/** Sheets name their texts in about the order in which the texts stand; a few blocks are near at a time. */
const MOST_BLOCKS_HELD = 64;
const FIRST_ROOM = 1_024;

/**
 * The texts that a sheet's cells share. A statement of a million rows has millions of them, too many to be held as strings:
 * they lie in a file, and the blocks that are read just now in memory.
 */
export class SharedTexts {
  readonly #file: number;
  #writing = Buffer.alloc(BLOCK_BYTES);
  #usedBytes = 0;
  #fullBlocks = 0;
  /** Where each text stands: block by block, its length before it. */
  #places = new Uint32Array(FIRST_ROOM);
  #count = 0;
  /** The block that was used last is the last of them. */
  readonly #held = new Map<number, Buffer>();

  /** Makes the file, readable for this process alone. */
  constructor(path: string) {
    this.#file = openSync(path, 'wx+', 0o600);
  }

  /** Texts are numbered from 0 as they come. */
  add(text: string): void {
    const size = Buffer.byteLength(text);
    if (size > BLOCK_BYTES - LENGTH_BYTES) throw new RangeError(`a shared text of ${size} bytes`);
    if (this.#usedBytes + LENGTH_BYTES + size > BLOCK_BYTES) this.#flush();
    this.#place(this.#fullBlocks * BLOCK_BYTES + this.#usedBytes);
    this.#writing.writeUInt32LE(size, this.#usedBytes);
    this.#writing.write(text, this.#usedBytes + LENGTH_BYTES, size);
    this.#usedBytes += LENGTH_BYTES + size;
  }

  /** The text with this number; null where a cell names one that is not there. */
  at(index: number): string | null {
    const place = index < this.#count ? this.#places[index] : undefined;
    if (place === undefined) return null;
    const block = this.#block(Math.floor(place / BLOCK_BYTES));
    const start = (place % BLOCK_BYTES) + LENGTH_BYTES;
    return block.toString('utf8', start, start + block.readUInt32LE(start - LENGTH_BYTES));
  }

  close(): void {
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#writing, 0, BLOCK_BYTES, this.#fullBlocks * BLOCK_BYTES);
    this.#fullBlocks += 1;
    this.#usedBytes = 0;
  }

  #place(place: number): void {
    if (this.#count === this.#places.length) {
      const wider = new Uint32Array(2 * this.#count);
      wider.set(this.#places);
      this.#places = wider;
    }
    this.#places[this.#count] = place;
    this.#count += 1;
  }

  #block(number: number): Buffer {
    if (number === this.#fullBlocks) return this.#writing;
    const block = this.#held.get(number) ?? this.#read(number);
    this.#held.delete(number);
    this.#held.set(number, block);
    return block;
  }

  #read(number: number): Buffer {
    const [oldest] = this.#held.keys();
    const reused = this.#held.size >= MOST_BLOCKS_HELD && oldest !== undefined ? this.#held.get(oldest) : undefined;
    if (reused && oldest !== undefined) this.#held.delete(oldest);
    const block = reused ?? Buffer.alloc(BLOCK_BYTES);
    readSync(this.#file, block, 0, BLOCK_BYTES, number * BLOCK_BYTES);
    return block;
  }
}
