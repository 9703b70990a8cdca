import { createHash } from 'node:crypto';

/**
 * Root of a Merkle tree as RFC 6962 builds it: leaves and inner nodes are hashed with different first bytes, so that no
 * inner node can pass for an entry. Leaves are entry hashes in hex; the root is hex.
 */
export function merkleRoot(leafHashes: readonly string[]): string {
  if (leafHashes.length === 0) return createHash('sha256').digest('hex');
  let level = leafHashes.map((hash) => digest(LEAF, Buffer.from(hash, 'hex')));
  // A node without a neighbour goes up unchanged: the same tree as RFC 6962's split at the largest power of two.
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at]!, level[at + 1]];
      above.push(right ? digest(NODE, left, right) : left);
    }
    level = above;
  }
  return level[0]!.toString('hex');
}

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

function digest(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
