import { describe, expect, it } from '@jest/globals';
import { readUnmoved } from './read-unmoved.js';

/** Books that move during the first `movingReads` readings; each reading gives the position that it began at. */
function books(movingReads: number) {
  let position = 10;
  let reads = 0;
  return {
    position: () => Promise.resolve(position),
    read: () => {
      const found = position;
      reads += 1;
      if (reads <= movingReads) position += 1;
      return Promise.resolve(found);
    },
    reads: () => reads,
  };
}

describe('a reading of the books', () => {
  it('is taken when nothing moved under it', async () => {
    const still = books(0);
    expect(await readUnmoved(still.position, still.read)).toBe(10);
    expect(still.reads()).toBe(1);
  });

  it('is made again when the books moved', async () => {
    const moving = books(3);
    expect(await readUnmoved(moving.position, moving.read)).toBe(13);
    expect(moving.reads()).toBe(4);
  });

  it('is given up, never taken torn, when they do not stand still', async () => {
    const restless = books(Infinity);
    expect(await readUnmoved(restless.position, restless.read)).toBeNull();
    expect(restless.reads()).toBe(5);
  });
});
