import { canonicalJson } from '../../kernel/canonical.js';
import { type MerkleStep, merklePath } from '../../kernel/merkle.js';
import { type BatchLine, lineHash, PAGE_LINES } from '../batches/index.js';

/** What a proof says of the published pack that it leads to. */
export interface PackFacts {
  readonly packId: string;
  readonly period: { readonly from: string; readonly until: string };
  readonly root: string;
  /** Of the pack's whole file. */
  readonly hash: string;
  /** In the order of the pack. */
  readonly batchRoots: readonly string[];
}

export interface ProofFacts {
  readonly line: BatchLine;
  /** Hashes of all lines of the line's page, in order. */
  readonly pageHashes: readonly string[];
  readonly pageRoots: readonly string[];
  /** Where the batch stands in the pack. */
  readonly batchIndex: number;
  readonly pack: PackFacts;
}

/** Which page of its batch a line stands on, and where on it, both from 0. */
export function placeOf(line: Pick<BatchLine, 'seq'>): { page: number; index: number } {
  return { page: Math.floor((line.seq - 1) / PAGE_LINES), index: (line.seq - 1) % PAGE_LINES };
}

/** The proof's file as docs/proof.md tells it: one text for one proof. */
export function proofText({ line, pageHashes, pageRoots, batchIndex, pack }: ProofFacts): string {
  const { packId, period, root, hash, batchRoots } = pack;
  const { page, index } = placeOf(line);
  return canonicalJson({
    v: 1,
    kind: 'aixin-yuan',
    line,
    lineHash: lineHash(line),
    path: {
      page: pathText(merklePath(pageHashes, index)),
      batch: pathText(merklePath(pageRoots, page)),
      pack: pathText(merklePath(batchRoots, batchIndex)),
    },
    pack: { packId, period, root, hash },
  });
}

/** Each step as a byte for the neighbour's side (0 left, 1 right) and its 32 bytes, all of them in base64. */
export function pathText(path: readonly MerkleStep[]): string {
  const steps = path.map(({ side, hash }) => Buffer.from(`${side === 'left' ? '00' : '01'}${hash}`, 'hex'));
  return Buffer.concat(steps).toString('base64');
}
