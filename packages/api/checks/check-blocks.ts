import { blockStore } from '../src/features/journal/index.js';
import { NO_BLOCK, blockHash, blockProblem } from '../src/features/journal/blocks.rules.js';
import { Findings, type View } from './check.js';
import type { Snapshot } from './snapshot.js';

/**
 * I7, the sealed side: blocks chain, roots fit, each entry's hash is the one that was sealed, and the newest block is the
 * one whose hash is kept elsewhere. Gives the ids of sealed entries.
 */
export async function checkBlocks(
  snapshot: Snapshot,
  input: { hashes: ReadonlyMap<string, string>; keptHeads: View['keptHeads'] },
): Promise<{ findings: Findings; sealed: Set<string>; blockHashes: ReadonlyMap<number, string> }> {
  const findings = new Findings();
  const sealed = new Set<string>();
  const blockHashes = new Map<number, string>();
  let last = NO_BLOCK;
  for await (const block of snapshot.read(blockStore, { sort: { _id: 1 } })) {
    const subject = `block ${block._id}`;
    const problem = blockProblem(block, last);
    findings.expect(problem === null, { invariant: 'I7', subject, message: problem ?? '' });
    block.entryIds.forEach((entryId, index) => {
      findings.expect(input.hashes.has(entryId), {
        invariant: 'I7',
        subject,
        message: `names the entry ${entryId}, which the journal does not hold`,
      });
      const fits = input.hashes.get(entryId) === block.entryHashes[index];
      findings.expect(fits, {
        invariant: 'I7',
        subject: `entry ${entryId}`,
        message: `is not the one that block ${block._id} sealed`,
      });
      findings.expect(!sealed.has(entryId), {
        invariant: 'I9',
        subject: `entry ${entryId}`,
        message: 'was projected by two blocks',
      });
      sealed.add(entryId);
    });
    // What its hash must be: where another stands, that is named above, and nothing else is said to be wrong for it.
    blockHashes.set(block._id, blockHash(block));
    last = block;
  }
  for (const kept of input.keptHeads ?? []) {
    findings.expect(blockHashes.get(kept.block) === kept.hash, {
      invariant: 'I7',
      subject: `block ${kept.block}`,
      message: 'is not the block whose hash is kept elsewhere',
    });
  }
  return { findings, sealed, blockHashes };
}
