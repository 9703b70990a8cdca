import { createHash } from 'node:crypto';

/**
 * Merkle trees as RFC 6962 builds them: leaves and inner nodes are hashed with different first bytes, so that no inner
 * node can pass for a leaf. Leaves are hashes in hex (of an entry, a line, another tree); the root is hex.
 */
export function merkleRoot(leafHashes: readonly string[]): string {
  return merkleLevels(leafHashes).at(-1)!.toString('hex');
}

/** One step from a leaf towards the root: the neighbour's hash, and the side on which it stands. */
export interface MerkleStep {
  readonly side: 'left' | 'right';
  /** Hex. */
  readonly hash: string;
}

/** From this leaf to the root, lowest step first: at most ⌈log₂ n⌉ steps, fewer where a node without neighbour goes up. */
export function merklePath(leafHashes: readonly string[], index: number): MerkleStep[] {
  if (index < 0 || index >= leafHashes.length) {
    throw new RangeError(`a tree of ${leafHashes.length} leaves has no leaf ${index}`);
  }
  return pathThrough(merkleLevels(leafHashes), index);
}

/** The root to which this leaf and this path lead. It says nothing unless it is the root that was published. */
export function rootFromPath(leafHash: string, path: readonly MerkleStep[]): string {
  let node = leafNode(leafHash);
  for (const step of path) {
    const neighbour = Buffer.from(step.hash, 'hex');
    node = step.side === 'left' ? digest(NODE, neighbour, node) : digest(NODE, node, neighbour);
  }
  return node.toString('hex');
}

/** A tree that grows at its end, kept as one hash for each full subtree: some twenty for a million leaves. */
export interface MerkleRange {
  readonly count: number;
  append(leafHash: string): void;
  /** The same as `merkleRoot` of all leaves so far. */
  root(): string;
  /** Another one with the same leaves, which grows by itself. */
  copy(): MerkleRange;
}

export function createMerkleRange(): MerkleRange {
  return rangeFrom([], 0);
}

/** `peaks`: the full subtrees, the largest first; their sizes are the bits of `count`. */
function rangeFrom(peaks: Buffer[], count: number): MerkleRange {
  return {
    get count() {
      return count;
    },
    append(leafHash) {
      let node = leafNode(leafHash);
      // As in counting: each 1 at the end of the number becomes 0, and its subtree joins the new one.
      for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) node = digest(NODE, peaks.pop()!, node);
      peaks.push(node);
      count += 1;
    },
    root() {
      const root = peaks.reduceRight<Buffer | null>((right, left) => (right ? digest(NODE, left, right) : left), null);
      return (root ?? digest()).toString('hex');
    },
    copy: () => rangeFrom([...peaks], count),
  };
}

/** All levels of a tree from the leaves to the root, each in one piece of memory: 64 bytes a leaf in all. */
function merkleLevels(leafHashes: readonly string[]): Buffer[] {
  if (leafHashes.length === 0) return [digest()];
  const leaves = Buffer.allocUnsafe(leafHashes.length * HASH_BYTES);
  leafHashes.forEach((hash, index) => leafNode(hash).copy(leaves, index * HASH_BYTES));
  const levels: Buffer[] = [leaves];
  for (let level: Buffer = leaves; level.length > HASH_BYTES;) {
    level = levelAbove(level);
    levels.push(level);
  }
  return levels;
}

/** A node without a neighbour goes up unchanged: the same tree as RFC 6962's split at the largest power of two. */
function levelAbove(level: Buffer): Buffer {
  const count = level.length / HASH_BYTES;
  const above = Buffer.allocUnsafe(Math.ceil(count / 2) * HASH_BYTES);
  for (let at = 0; at < count; at += 2) {
    const left = nodeAt(level, at);
    (at + 1 < count ? digest(NODE, left, nodeAt(level, at + 1)) : left).copy(above, (at / 2) * HASH_BYTES);
  }
  return above;
}

function pathThrough(levels: readonly Buffer[], index: number): MerkleStep[] {
  const steps: MerkleStep[] = [];
  let at = index;
  for (const level of levels.slice(0, -1)) {
    const neighbour = at ^ 1;
    if (neighbour * HASH_BYTES < level.length) {
      steps.push({ side: neighbour < at ? 'left' : 'right', hash: nodeAt(level, neighbour).toString('hex') });
    }
    at >>>= 1;
  }
  return steps;
}

function nodeAt(level: Buffer, at: number): Buffer {
  return level.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
}

const HASH_BYTES = 32;
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

function leafNode(hash: string): Buffer {
  return digest(LEAF, Buffer.from(hash, 'hex'));
}

function digest(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
