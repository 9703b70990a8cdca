import type { Base } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { Session } from '../../kernel/transaction.js';
import { readRemittances } from '../batches/index.js';
import type { BankLine } from './bank.store.js';
import { changedMeanwhile, lineUnknown } from './desk-answers.js';
import { restFen } from './line-money.rules.js';
import { remittanceFacts } from './matching-facts.js';
import type { Part } from './matching.types.js';
import { spendPort } from './spend-port.js';

/** Nobody sees through more at once, and a transaction stays small. */
const MOST_PARTS = 100;

/** Why these parts cannot be given so, judged on what stands in this transaction; null where they can. */
export async function checkParts(
  base: Base,
  { lines, parts }: { lines: readonly BankLine[]; parts: readonly Part[] },
  session: Session,
): Promise<Refusal | null> {
  const malformed = checkShape(parts);
  if (malformed) return malformed;
  for (const lineId of new Set(parts.map((part) => part.lineId))) {
    const line = lines.find((one) => one._id === lineId);
    if (!line) return lineUnknown();
    const refused = checkLine(line, parts);
    if (refused) return refused;
  }
  return (await checkRemittances(base, parts, session)) ?? checkSpends(base, parts, session);
}

function checkShape(parts: readonly Part[]): Refusal | null {
  const targets = parts.map(({ lineId, remittanceId, spendId }) => `${lineId}|${remittanceId ?? ''}|${spendId ?? ''}`);
  const isWellFormed =
    parts.length > 0 &&
    parts.length <= MOST_PARTS &&
    new Set(targets).size === parts.length &&
    parts.every(({ remittanceId, spendId }) => (remittanceId === null) !== (spendId === null));
  if (!isWellFormed)
    return refuse('PARTS_INVALID', '请为每一行选择要核对的汇款单或支出，同一对只填一次。', { path: 'parts' });
  const wrong = parts.findIndex(({ amountFen }) => !Number.isSafeInteger(amountFen) || amountFen <= 0);
  if (wrong < 0) return null;
  return refuse('PARTS_INVALID', '金额应大于零，精确到分。', { path: `parts.${wrong}.amountFen` });
}

function checkLine(line: BankLine, parts: readonly Part[]): Refusal | null {
  if (line.state === 'MATCHED' || line.state === 'IGNORED') return changedMeanwhile(line);
  const own = parts.filter((part) => part.lineId === line._id);
  if (own.some(({ spendId }) => (spendId !== null) !== line.amountFen < 0)) {
    return refuse('PARTS_INVALID', '收入只能核对汇款单，支出只能核对使用记录。', { path: 'parts' });
  }
  const askedFen = own.reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (askedFen <= Math.abs(restFen(line))) return null;
  return refuse('LINE_TOO_MUCH', '分配的金额超过了这一行的余额，请减少。', {
    path: 'parts',
    details: { lineId: line._id },
  });
}

async function checkRemittances(base: Base, parts: readonly Part[], session: Session): Promise<Refusal | null> {
  const askedFen = sumsBy(parts, ({ remittanceId }) => remittanceId);
  const found = askedFen.size > 0 ? await readRemittances(base, { ids: [...askedFen.keys()] }, session) : [];
  for (const [remittanceId, amountFen] of askedFen) {
    const remittance = found.find((one) => one._id === remittanceId);
    if (!remittance) return refuse('REMITTANCE_UNKNOWN', '没有找到这笔汇款单，请刷新后再选。', { path: 'parts' });
    const { leftFen } = remittanceFacts(remittance);
    if (leftFen === 0) {
      return refuse('REMITTANCE_FULL', `${remittanceId} 已经收齐，请选择别的汇款单。`, { details: { remittanceId } });
    }
    if (amountFen > leftFen) {
      return refuse('REMITTANCE_TOO_MUCH', `分配的金额超过了 ${remittanceId} 还差的金额，请减少。`, {
        details: { remittanceId, leftFen },
      });
    }
  }
  return null;
}

async function checkSpends(base: Base, parts: readonly Part[], session: Session): Promise<Refusal | null> {
  const askedFen = sumsBy(parts, ({ spendId }) => spendId);
  if (askedFen.size === 0) return null;
  const open = await spendPort(base).readOpenSpends(base, session);
  for (const [spendId, amountFen] of askedFen) {
    const spend = open.find((one) => one.spendId === spendId);
    if (!spend) return refuse('SPEND_UNKNOWN', '没有找到这笔支出，或它已经付清，请刷新后再选。', { path: 'parts' });
    if (amountFen > spend.leftFen) {
      return refuse('SPEND_TOO_MUCH', '分配的金额超过了这笔支出还没付的金额，请减少。', { details: { spendId } });
    }
  }
  return null;
}

function sumsBy(parts: readonly Part[], idOf: (part: Part) => string | null): Map<string, number> {
  const sums = new Map<string, number>();
  for (const part of parts) {
    const id = idOf(part);
    if (id !== null) sums.set(id, (sums.get(id) ?? 0) + part.amountFen);
  }
  return sums;
}
