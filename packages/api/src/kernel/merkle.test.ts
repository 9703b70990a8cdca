import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sha256 } from './canonical.js';
import { createMerkleRange, merklePath, merkleRoot, rootFromPath } from './merkle.js';

const leavesOf = (count: number, salt = ''): string[] =>
  Array.from({ length: count }, (_, index) => sha256(`${salt}leaf ${index}`));

/** RFC 6962, section 2.1, as its text defines it: split at the largest power of two below the number of leaves. */
function rfcRoot(leaves: readonly string[]): Buffer {
  const hash = createHash('sha256');
  if (leaves.length === 0) return hash.digest();
  if (leaves.length === 1)
    return hash
      .update(Buffer.from([0]))
      .update(Buffer.from(leaves[0]!, 'hex'))
      .digest();
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const parts = [rfcRoot(leaves.slice(0, split)), rfcRoot(leaves.slice(split))] as const;
  return hash
    .update(Buffer.from([1]))
    .update(parts[0])
    .update(parts[1])
    .digest();
}

const flipBit = (hash: string, bit: number): string => {
  const bytes = Buffer.from(hash, 'hex');
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  return bytes.toString('hex');
};

const place = fc
  .integer({ min: 1, max: 300 })
  .chain((count) => fc.record({ count: fc.constant(count), index: fc.integer({ min: 0, max: count - 1 }) }));
const bit = fc.integer({ min: 0, max: 255 });

describe('Merkle trees', () => {
  it('have the root that RFC 6962 defines, for any number of leaves', () => {
    for (let count = 0; count <= 70; count += 1) {
      expect(merkleRoot(leavesOf(count))).toBe(rfcRoot(leavesOf(count)).toString('hex'));
    }
  });

  it('lead from every leaf to the root, in at most ⌈log₂ n⌉ steps; in exactly so many where the tree is full', () => {
    for (let count = 1; count <= 70; count += 1) {
      const leaves = leavesOf(count);
      const root = merkleRoot(leaves);
      const most = Math.ceil(Math.log2(count));
      leaves.forEach((leaf, index) => {
        const path = merklePath(leaves, index);
        expect(rootFromPath(leaf, path)).toBe(root);
        expect(path.length).toBeLessThanOrEqual(most);
        // All but the last leaves stand in full subtrees below a tree of full height.
        if (index === 0 || Number.isInteger(Math.log2(count))) expect(path).toHaveLength(most);
      });
    }
  });

  it('lead elsewhere once a bit of the leaf, a bit of the path or a side is changed', () => {
    fc.assert(
      fc.property(place, bit, fc.nat(), ({ count, index }, changed, which) => {
        const leaves = leavesOf(count, String(which % 7));
        const root = merkleRoot(leaves);
        const path = merklePath(leaves, index);
        expect(rootFromPath(flipBit(leaves[index]!, changed), path)).not.toBe(root);
        if (path.length === 0) return;
        const at = which % path.length;
        const step = path[at]!;
        const turned = { ...step, side: step.side === 'left' ? 'right' : 'left' } as const;
        expect(rootFromPath(leaves[index]!, path.with(at, { ...step, hash: flipBit(step.hash, changed) }))).not.toBe(
          root,
        );
        expect(rootFromPath(leaves[index]!, path.with(at, turned))).not.toBe(root);
        expect(rootFromPath(leaves[index]!, path.toSpliced(at, 1))).not.toBe(root);
      }),
    );
  });

  it('give another root when one leaf changes, goes or comes', () => {
    fc.assert(
      fc.property(place, bit, ({ count, index }, changed) => {
        const leaves = leavesOf(count);
        const root = merkleRoot(leaves);
        expect(merkleRoot(leaves.with(index, flipBit(leaves[index]!, changed)))).not.toBe(root);
        expect(merkleRoot(leaves.toSpliced(index, 1))).not.toBe(root);
        expect(merkleRoot([...leaves, leaves[index]!])).not.toBe(root);
      }),
    );
  });

  it('grow leaf by leaf to the same root', () => {
    const range = createMerkleRange();
    const leaves = leavesOf(140);
    leaves.forEach((leaf, index) => {
      expect(range.root()).toBe(merkleRoot(leaves.slice(0, index)));
      range.append(leaf);
      expect(range.count).toBe(index + 1);
    });
    expect(range.root()).toBe(merkleRoot(leaves));
  });

  it('are not made of what is no hash: too short, too long, or with another letter in it', () => {
    const [first = '', second = ''] = leavesOf(2);
    for (const bad of ['', first.slice(1), `${first}00`, `g${first.slice(1)}`, `${first.slice(1)}g`]) {
      expect(() => merkleRoot([second, bad])).toThrow(RangeError);
      expect(() => rootFromPath(second, [{ side: 'left', hash: bad }])).toThrow(RangeError);
      expect(() => createMerkleRange().append(bad)).toThrow(RangeError);
    }
  });

  it('have no path from a leaf that is not theirs', () => {
    expect(() => merklePath(leavesOf(3), 3)).toThrow(RangeError);
    expect(() => merklePath(leavesOf(3), -1)).toThrow(RangeError);
    expect(() => merklePath([], 0)).toThrow(RangeError);
  });
});
