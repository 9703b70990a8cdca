import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { BankLine } from './bank.store.js';
import { standingAllocations } from './line-money.rules.js';

export function lineUnknown(): Refusal {
  return refuse('LINE_UNKNOWN', '没有找到这一行流水，请刷新后再试。', { path: 'lineId' });
}

/** Another administrator was faster: says what the line is now. */
export function changedMeanwhile(line: BankLine): Refusal {
  return refuse('CHANGED_MEANWHILE', `${happened(line)}，列表已更新，请核对后再决定。`, {
    details: { lineId: line._id, state: line.state },
  });
}

function happened(line: BankLine): string {
  const ids = standingAllocations(line).map(({ remittanceId }) => remittanceId ?? '一笔支出');
  if (line.state === 'MATCHED') return `这一行刚刚已由别人核对${ids.length > 0 ? `到 ${ids.join('、')}` : ''}`;
  if (line.state === 'IGNORED') return `这一行刚刚已由别人忽略（${line.ignored?.reason ?? ''}）`;
  return ids.length > 0 ? `这一行刚刚已有一部分核对到 ${ids.join('、')}` : '这一行的建议刚刚变了';
}
