import { formatYuan } from '../../kernel/fen.js';
import type { Evidence, NamedLine, NamedTarget, Reason, Suggestion } from './matching.types.js';

/** Why a line stands where it stands, short enough for a table's cell. */
export function reasonText(reason: Reason, suggestion: Suggestion | null, lineId: string): string {
  switch (reason.code) {
    case 'REFERENCE_AND_AMOUNT':
      return reason.targetIds.length > 1 ? `${reason.targetIds.length} 个汇款编号、合计金额一致` : '汇款编号、金额一致';
    case 'BY_HAND':
      return `人工核对：${named(reason.targetIds).join('、')}`;
    case 'IGNORE_RULE':
      return `规则：${reason.rule}`;
    case 'IGNORED_BY_HAND':
      return `已忽略：${reason.text}`;
    case 'SUGGESTION':
      return suggestion ? suggestionReason(suggestion, lineId) : '有建议，待您确认';
    case 'TWINS':
      return `同额难分：${waysText(reason, lineId)}，请人工指定`;
    case 'SEVERAL_WAYS':
      return `不止一种凑法：${waysText(reason, lineId)}，请人工指定`;
    case 'ALREADY_RECEIVED':
      return `${listed(reason.targetIds)} 已收齐，可能是重复付款`;
    case 'REFERENCE_UNKNOWN':
      return `附言里的 ${listed(reason.targetIds)} 没有对应的汇款单`;
    case 'AMOUNT_DIFFERS':
      return `汇款编号 ${listed(reason.targetIds)} 对，金额不符`;
    case 'PAYER_WITHOUT_REMITTANCE':
      return '付款户名与协议相同，没有金额相符的汇款单';
    case 'STRANGER':
      return '非配捐款：转公开募捐平台';
    case 'MONEY_OUT':
      return '支出：没有金额相符的使用记录';
    case 'REST':
      return `已核对一部分，余下 ${yuan(reason.restFen)} 待处理`;
  }
}

/** What the desk offers, as a heading. */
export function suggestionTitle({ kind, lines, targets }: Suggestion): string {
  switch (kind) {
    case 'LINES_SUM':
      return `建议：${count(lines.length)}行合为一笔`;
    case 'REMITTANCES_SUM':
      return `建议：一行抵${count(targets.length)}笔汇款`;
    case 'PART_PAYMENT':
      return '建议：作为部分到账';
    case 'OVER_PAYMENT':
      return '建议：先抵足，余下再定';
    case 'SAME_AMOUNT':
      return '建议：金额与付款人相符';
    case 'SPEND_SAME_AMOUNT':
      return '建议：对应一笔支出';
  }
}

/** The same with everything that speaks for it, in sentences. */
export function suggestionText({ kind, lines, targets, evidence }: Suggestion): string {
  const facts = [sumText(kind, lines, targets), ...evidence.flatMap((one) => evidenceText(one, kind))];
  return `${facts.join('；')}。`;
}

/** What the button says. */
export function acceptText({ kind }: Suggestion): string {
  return kind === 'LINES_SUM' ? '确认合并' : kind === 'OVER_PAYMENT' ? '确认抵足' : '确认核对';
}

function sumText(kind: Suggestion['kind'], lines: readonly NamedLine[], targets: readonly NamedTarget[]): string {
  const paid = lines.map(({ day, amountFen }) => `${monthDay(day)} 的 ${yuan(amountFen)}`);
  const [target] = targets;
  const whole = `批次 ${target?.id ?? ''} 的 ${yuan(target?.leftFen ?? 0)}`;
  switch (kind) {
    case 'LINES_SUM':
      return `${joined(paid)}，合计正是${whole}`;
    case 'REMITTANCES_SUM':
      return `${joined(paid)}，正是${joined(targets.map(({ id, leftFen }) => `${id} 的 ${yuan(leftFen)}`))}的合计`;
    case 'PART_PAYMENT':
      return `${joined(paid)}，是${whole}中的一部分，确认后还差 ${yuan(differenceFen(lines, target))}`;
    case 'OVER_PAYMENT':
      return `${joined(paid)}，比${whole}多 ${yuan(differenceFen(lines, target))}，多出的部分仍留在待处理`;
    case 'SAME_AMOUNT':
      return `${joined(paid)}，与${whole}相同`;
    case 'SPEND_SAME_AMOUNT':
      return `${joined(paid)}，与使用记录的 ${yuan(target?.leftFen ?? 0)} 相同`;
  }
}

function differenceFen(lines: readonly NamedLine[], target: NamedTarget | undefined): number {
  const paidFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return Math.abs((target?.leftFen ?? 0) - paidFen);
}

function evidenceText(evidence: Evidence, kind: Suggestion['kind']): string[] {
  const isSpend = kind === 'SPEND_SAME_AMOUNT';
  switch (evidence) {
    case 'PAYER_KNOWN':
      return [isSpend ? '收款户名与使用记录相同' : '付款户名与协议相同'];
    case 'PAYER_UNKNOWN':
      return [isSpend ? '收款户名与使用记录不同，请核对' : '付款户名不在协议里，请核对'];
    case 'NO_REFERENCE':
      return ['附言里没有汇款编号'];
    case 'REFERENCE_IN_ALL':
      return [kind === 'LINES_SUM' ? '附言都写了这个汇款编号' : '附言写了汇款编号'];
    case 'REFERENCE_IN_SOME':
      return ['其中有附言写了这个汇款编号'];
    case 'REFERENCE_WITH_GAPS':
      return ['附言去掉空格和横线后一致'];
    case 'SAME_COUNTERPARTY':
      return [];
  }
}

function suggestionReason(suggestion: Suggestion, lineId: string): string {
  const { kind, lines, targets } = suggestion;
  const others = lines.filter((line) => line.lineId !== lineId);
  const own = lines.find((line) => line.lineId === lineId) ?? { day: '' };
  const ids = listed(targets.map(({ id }) => id));
  switch (kind) {
    case 'LINES_SUM':
      // "As above" is only said where the other surely stands above.
      return others.every(({ day }) => day >= own.day)
        ? `与 ${joined(others.map(({ day }) => monthDay(day)))} 合计等于批次 ${ids}`
        : `同上，${count(lines.length)}行合一：${ids}`;
    case 'REMITTANCES_SUM':
      return `正是 ${ids} 的合计`;
    case 'PART_PAYMENT':
      return `汇款编号 ${ids} 对，金额少了`;
    case 'OVER_PAYMENT':
      return `汇款编号 ${ids} 对，金额多了`;
    case 'SAME_AMOUNT':
      return suggestion.evidence.includes('NO_REFERENCE')
        ? `金额、付款人与 ${ids} 相符，附言没有汇款编号`
        : `汇款编号 ${ids} 对，金额一致，等您确认`;
    case 'SPEND_SAME_AMOUNT':
      return '与一笔使用记录金额相同';
  }
}

function waysText(reason: Extract<Reason, { code: 'TWINS' | 'SEVERAL_WAYS' }>, lineId: string): string {
  const others = reason.lines.filter((line) => line.lineId !== lineId);
  const facts = [
    ...(others.length > 0
      ? [`另有 ${others.map(({ day, amountFen }) => `${monthDay(day)} ${yuan(amountFen)}`).join('、')}`]
      : []),
    ...(reason.targetIds.length > 0 ? [`都可能是 ${named(reason.targetIds).join(' 或 ')}`] : []),
  ];
  return facts.join('，');
}

/** Remittances by the reference that people write; a spend has none that would tell them anything. */
function named(ids: readonly string[]): string[] {
  const references = ids.filter((id) => id.startsWith('AX'));
  const spends = ids.length - references.length;
  return spends === 0 ? references : [...references, `${spends} 笔使用记录`];
}

function listed(ids: readonly string[]): string {
  return ids.join('、');
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join('、')} 与 ${parts.at(-1) ?? ''}`;
}

function count(items: number): string {
  return ['零', '一', '两', '三'][items] ?? String(items);
}

/** `2026-11-04` → `11-04` */
function monthDay(day: string): string {
  return day.slice(5);
}

function yuan(amountFen: number): string {
  const [whole = '', fraction = ''] = formatYuan(Math.abs(amountFen)).split('.');
  return `¥${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}
