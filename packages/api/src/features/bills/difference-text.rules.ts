import { formatYuan } from '../../kernel/fen.js';
import { refundStateText } from './bill-state.rules.js';
import type { Difference } from './compare.rules.js';

/** What is known of a refund that was made at the payment platform. */
interface Outside {
  readonly decidedAt?: Date;
  readonly decisionReason?: string;
}

/** One sentence in Chinese: what differs, with the figures that matter. */
export function differenceText(one: Difference, outside: Outside | null = null): string {
  if (one.part === 'FEE') {
    return `手续费按约定应为 ${formatYuan(one.ourFen)} 元，账单收了 ${formatYuan(one.theirFen)} 元`;
  }
  const thing = one.refundId === null ? '付款' : '退款';
  const text = one.part === 'FLOW' ? flowText(one, thing) : moneyText(one, thing, outside);
  return `${text}${stateNote(one)}`;
}

/** A refund that is under way or did not arrive explains most differences by itself. */
function stateNote({ part, refundId, providerState }: Difference): string {
  if (part !== 'MONEY' || refundId === null || !providerState) return '';
  const state = refundStateText(providerState);
  return state === null ? '' : `（支付机构：${state}）`;
}

function moneyText(one: Difference, thing: string, outside: Outside | null): string {
  switch (one.kind) {
    case 'MISSING_HERE':
      if (outside) return `账单里有这笔退款，专区的账上没有：是在商户平台上直接做的，${decisionText(outside)}`;
      return one.refundId !== null && one.orderId !== null
        ? '账单里有这笔退款，专区的账上没有：订单是专区的，退款可能是在商户平台上直接做的'
        : `账单里有这笔${thing}，专区的账上没有`;
    case 'MISSING_THERE':
      return `专区的账上有这笔${thing}，账单里没有`;
    case 'AMOUNT':
      return `这笔${thing}专区记了 ${formatYuan(one.ourFen)} 元，账单是 ${formatYuan(one.theirFen)} 元`;
    default:
      return one.ourFen === 0
        ? `这笔${thing}账单记在当天，专区记在 ${one.otherDay ?? ''}`
        : `这笔${thing}专区记在当天，账单记在 ${one.otherDay ?? ''}`;
  }
}

function decisionText({ decidedAt, decisionReason = '' }: Outside): string {
  if (!decidedAt) return '已登记在订单上，等平台运营核对入账';
  return `平台运营已核对，没有记入订单：${decisionReason}`;
}

/** The fund bill against the trade bill: "ours" is the trade bill's amount less its fee. */
function flowText(one: Difference, thing: string): string {
  switch (one.kind) {
    case 'MISSING_HERE':
      return `资金账单有这笔${thing}的收支，交易账单没有`;
    case 'MISSING_THERE':
      return `交易账单有这笔${thing}，资金账单没有相应的收支`;
    case 'AMOUNT':
      return `这笔${thing}扣除手续费后应收支 ${formatYuan(one.ourFen)} 元，资金账单是 ${formatYuan(one.theirFen)} 元`;
    default:
      return `这笔${thing}的交易账单和资金账单记在两天，另一天是 ${one.otherDay ?? ''}`;
  }
}
