/** Longer than any text that a checked archive holds between two tags. */
const BLOCK_BYTES = 2 * 1_024 * 1_024;
const LENGTH_BYTES = 4;
const FIRST_ROOM = 1_024;

/**
 * The texts that a sheet's cells share, held as bytes: a statement of a million rows has millions of them, and as strings
 * they take five times the room.
 */
export class SharedTexts {
  readonly #blocks: Buffer[] = [];
  #usedBytes = BLOCK_BYTES;
  /** Where each text stands: block by block, its length before it. */
  #places = new Uint32Array(FIRST_ROOM);
  #count = 0;

  /** Texts are numbered from 0 as they come. */
  add(text: string): void {
    const size = Buffer.byteLength(text);
    if (size > BLOCK_BYTES - LENGTH_BYTES) throw new RangeError(`a shared text of ${size} bytes`);
    if (this.#usedBytes + LENGTH_BYTES + size > BLOCK_BYTES) {
      this.#blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
      this.#usedBytes = 0;
    }
    const block = this.#blocks.at(-1)!;
    block.writeUInt32LE(size, this.#usedBytes);
    block.write(text, this.#usedBytes + LENGTH_BYTES, size);
    this.#place((this.#blocks.length - 1) * BLOCK_BYTES + this.#usedBytes);
    this.#usedBytes += LENGTH_BYTES + size;
  }

  /** The text with this number; nothing where a cell names one that is not there. */
  at(index: number): string {
    const place = index < this.#count ? this.#places[index] : undefined;
    if (place === undefined) return '';
    const block = this.#blocks[Math.floor(place / BLOCK_BYTES)]!;
    const start = (place % BLOCK_BYTES) + LENGTH_BYTES;
    return block.toString('utf8', start, start + block.readUInt32LE(start - LENGTH_BYTES));
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
}
