import { formatYuan } from '../../kernel/fen.js';
import type { BankAccount, BankSpan } from './bank.store.js';

export interface BalanceChain {
  readonly accountId: string;
  readonly name: string;
  /** `2026-10-01`, of the first and the last statement; null where there is none. */
  readonly fromDay: string | null;
  readonly toDay: string | null;
  readonly openingFen: number | null;
  readonly closingFen: number | null;
  /** One statement follows the other without a hole. */
  readonly isWhole: boolean;
  readonly text: string;
}

/** `基金专户（尾号 1234）`: two accounts of one name are told apart. */
export function accountTitle({ name, number }: Pick<BankAccount, 'name' | 'number'>): string {
  return `${name}（尾号 ${number.slice(-4)}）`;
}

/** What the statements of an account say together. */
export function standingOf(account: Pick<BankAccount, '_id' | 'name' | 'spans'>): BalanceChain {
  const spans = account.spans ?? [];
  const [first, last] = [spans[0], spans.at(-1)];
  return {
    accountId: account._id,
    name: account.name,
    fromDay: first?.fromDay ?? null,
    toDay: last?.toDay ?? null,
    openingFen: first?.openingFen ?? null,
    closingFen: last?.closingFen ?? null,
    isWhole: spans.length === 1,
    text: textOf(spans),
  };
}

function textOf(spans: readonly BankSpan[]): string {
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) return '还没有导入过对账单。';
  const ends = `期初 ${grouped(first.openingFen)} → 期末 ${grouped(last.closingFen)}`;
  if (spans.length === 1) return `余额链已核对：${ends}，无缺行。`;
  const holes = spans.slice(1).map(({ fromDay }, index) => `${spans[index]?.toDay ?? ''} 至 ${fromDay}`);
  return `余额链有缺口：${ends}，缺 ${holes.join('、')} 的对账单。`;
}

function grouped(amountFen: number): string {
  const [whole = '', fraction = ''] = formatYuan(amountFen).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}
