import { denyUnless, hasRole, personOf } from '../../kernel/authority.js';
import type { Base, Context } from '../../kernel/context.js';
import { merkleRoot } from '../../kernel/merkle.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import {
  type Batch,
  type BatchLine,
  lineHash,
  PAGE_LINES,
  readBatch,
  readBatchLines,
  readLinesOfMatches,
} from '../batches/index.js';
import { type MatchRecord, readMatchesByIds } from '../charity/index.js';
import { type PackContent, readHoldingPackOf } from '../disclosure/index.js';
import { type PackFacts, placeOf, proofText } from './proof.rules.js';

export interface YuanProof {
  /** For the file in which it is kept. */
  readonly fileName: string;
  /** The file, byte for byte. */
  readonly text: string;
}

/** Who may have any match's proof: no member is in it. */
const FUND_ROLES = ['fund-maker', 'fund-checker', 'auditor'] as const;

/**
 * The file that proves an own matched yuan against the published disclosure. Refusals, each with what comes next:
 * `MATCH_UNKNOWN`, `NOT_BATCHED`, `NOT_PUBLISHED`.
 */
export async function proofOfMatch(ctx: Context, matchId: string): Promise<YuanProof | Refusal> {
  const denied = denyUnless(ctx, 'member', ...FUND_ROLES);
  if (denied) return denied;
  const { base } = ctx;
  const [match] = await readMatchesByIds(base, [matchId]);
  const isOfFund = FUND_ROLES.some((role) => hasRole(ctx.actor, role));
  if (!match || (match.memberId !== personOf(ctx) && !isOfFund)) {
    return refuse('MATCH_UNKNOWN', '没有找到这一笔配捐，请从“我的爱心”里打开。');
  }
  const [line] = await readLinesOfMatches(base, { matchIds: [matchId] });
  const batch = line ? await readBatch(base, line.batchId) : null;
  if (!line || batch?.state !== 'APPROVED') return notBatched(match);
  const approvedDay = shanghaiDay(batch.decidedAt?.getTime() ?? 0);
  const pack = await readHoldingPackOf(base, approvedDay);
  const found = pack && packFacts(pack.json, pack.hash, batch._id);
  if (!found) return notPublished(batch, approvedDay);
  const text = proofText({
    line,
    pageHashes: await pageHashesOf(base, batch, line),
    pageRoots: batch.pageRoots,
    ...found,
  });
  return { fileName: `一元钱证明-${line._id}.json`, text };
}

/** The page is read and hashed anew: a proof that leads nowhere is never handed out. */
async function pageHashesOf(base: Base, batch: Batch, line: BatchLine): Promise<string[]> {
  const { page } = placeOf(line);
  const lines = await readBatchLines(base, { batchId: batch._id, afterSeq: page * PAGE_LINES, limit: PAGE_LINES });
  const hashes = lines.map(lineHash);
  if (merkleRoot(hashes) !== batch.pageRoots[page] || merkleRoot(batch.pageRoots) !== batch.root) {
    throw new Error(`batch ${batch._id}: page ${page + 1} is not what was approved`);
  }
  return hashes;
}

function packFacts(json: string, hash: string, batchId: string): { pack: PackFacts; batchIndex: number } | null {
  const { packId, period, yuan, batches } = JSON.parse(json) as PackContent;
  const batchIndex = batches.findIndex((batch) => batch.batchId === batchId);
  if (batchIndex < 0) return null;
  return {
    batchIndex,
    pack: { packId, period, root: yuan.root, hash, batchRoots: batches.map((batch) => batch.root) },
  };
}

function notBatched(match: MatchRecord): Refusal {
  const next = {
    PENDING: '确认收货并过了退货期之后，它会进入当月的批次，公示后就能取得证明。',
    VOID: '它已随退款撤销，配捐方没有捐出，因此没有证明。',
    later: '它已经计入应捐，月末进入批次、复核并公示后，就能取得证明。',
  };
  const text = match.state === 'PENDING' || match.state === 'VOID' ? next[match.state] : next.later;
  return refuse('NOT_BATCHED', `这一笔还不在任何批次里。${text}`);
}

function notPublished(batch: Batch, approvedDay: string): Refusal {
  return refuse(
    'NOT_PUBLISHED',
    `这一笔在批次 ${batch._id} 里（${approvedDay} 复核），所在的公示还没有发布。公示至少每三个月一次，发布后就能取得证明。`,
  );
}
