import { hash as digest } from 'node:crypto';

/**
 * Merkle trees as RFC 6962 builds them: leaves and inner nodes are hashed with different first bytes, so that no inner
 * node can pass for a leaf. Leaves are hashes in hex (of an entry, a line, another tree); the root is hex. All throw a
 * `RangeError` for a leaf or a step that is no hash.
 */
export function merkleRoot(leafHashes: readonly string[]): string {
  return merkleLevels(leafHashes).at(-1)![0]!;
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
  return path.reduce(
    (node, step) => (step.side === 'left' ? innerNode(step.hash, node) : innerNode(node, step.hash)),
    leafNode(leafHash),
  );
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
function rangeFrom(peaks: string[], count: number): MerkleRange {
  return {
    get count() {
      return count;
    },
    append(leafHash) {
      let node = leafNode(leafHash);
      // As in counting: each 1 at the end of the number becomes 0, and its subtree joins the new one.
      for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) node = innerNode(peaks.pop()!, node);
      peaks.push(node);
      count += 1;
    },
    root() {
      return peaks.length === 0 ? EMPTY_ROOT : peaks.reduceRight((right, left) => innerNode(left, right));
    },
    copy: () => rangeFrom([...peaks], count),
  };
}

/** All levels of a tree, from the leaves to the root. */
function merkleLevels(leafHashes: readonly string[]): string[][] {
  if (leafHashes.length === 0) return [[EMPTY_ROOT]];
  let level = leafHashes.map(leafNode);
  const levels = [level];
  while (level.length > 1) {
    level = levelAbove(level);
    levels.push(level);
  }
  return levels;
}

/** A node without a neighbour goes up unchanged: the same tree as RFC 6962's split at the largest power of two. */
function levelAbove(level: readonly string[]): string[] {
  const above: string[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at]!, level[at + 1]];
    above.push(right === undefined ? left : innerNode(left, right));
  }
  return above;
}

function pathThrough(levels: readonly (readonly string[])[], index: number): MerkleStep[] {
  const steps: MerkleStep[] = [];
  let at = index;
  for (const level of levels.slice(0, -1)) {
    const neighbour = at ^ 1;
    const hash = level[neighbour];
    if (hash !== undefined) steps.push({ side: neighbour < at ? 'left' : 'right', hash });
    at >>>= 1;
  }
  return steps;
}

const HASH_BYTES = 32;
const EMPTY_ROOT = digest('sha256', '');
/**
 * What is hashed next, behind the first byte that tells leaves (0) from inner nodes (1). Kept, as every sale is hashed
 * twice here: a hash object and its buffers for each would cost three times as much. Nothing waits between filling and hashing.
 */
const leafBytes = Buffer.alloc(1 + HASH_BYTES, 0);
const innerBytes = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

function leafNode(leafHash: string): string {
  put(leafHash, leafBytes, 1);
  return digest('sha256', leafBytes);
}

function innerNode(left: string, right: string): string {
  put(left, innerBytes, 1);
  put(right, innerBytes, 1 + HASH_BYTES);
  return digest('sha256', innerBytes);
}

/** Throws where a hash is none: what was kept from before would be hashed in its place. */
function put(hash: string, bytes: Buffer, at: number): void {
  if (hash.length !== 2 * HASH_BYTES || bytes.write(hash, at, 'hex') !== HASH_BYTES) {
    throw new RangeError('a node of a Merkle tree must be a hash: 64 hexadecimal digits');
  }
}
