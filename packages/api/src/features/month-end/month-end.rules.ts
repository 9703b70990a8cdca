import { formatYuan } from '../../kernel/fen.js';

/** The steps of a month's end, in the order in which the fund goes through them (docs/life-of-a-yuan.md). */
export const MONTH_STEPS = [
  ...(['STATEMENT', 'LINES', 'BATCH', 'APPROVAL', 'REMITTANCE', 'RECEIPT'] as const),
  ...(['BILLS', 'CLOSE', 'DISCLOSURE'] as const),
] as const;
/** NOW: somebody can do it. LATER: another step, a day or somebody outside has to come first. */
export const STEP_STATES = ['DONE', 'NOW', 'LATER'] as const;
/** Whose turn it is; NOBODY where it comes by itself. */
export const TURNS = ['MAKER', 'CHECKER', 'SPONSOR', 'NOBODY'] as const;

export interface MonthStep {
  readonly step: (typeof MONTH_STEPS)[number];
  readonly state: (typeof STEP_STATES)[number];
  readonly turn: (typeof TURNS)[number];
  /** Made by the person who asks: another one has to check it. */
  readonly isOwn: boolean;
  /** Where it stands and what is to be done, in plain Chinese. */
  readonly text: string;
}

/** What is known of a month, read at one time. */
export interface MonthFacts {
  /** `2026-10`, its last day, and today, in Asia/Shanghai. */
  readonly month: string;
  readonly lastDay: string;
  readonly today: string;
  /** Each account with the last day that its statements reach without a hole; null before the first. */
  readonly accounts: readonly { readonly title: string; readonly toDay: string | null; readonly isWhole: boolean }[];
  /** Bank lines up to the month's end that nothing explains yet. */
  readonly openLineCount: number;
  readonly batch: {
    readonly number: string;
    readonly state: 'BUILDING' | 'DRAFT' | 'APPROVED' | 'REJECTED';
    readonly isOwn: boolean;
    readonly reason: string | null;
  } | null;
  /** The newest month with an approved batch: nothing is put into an earlier one any more. */
  readonly lastApprovedMonth: string | null;
  /** Received up to the month's end and in no batch. */
  readonly due: { readonly count: number; readonly amountFen: number };
  /** Of its batch. */
  readonly remittances: readonly { readonly state: string; readonly amountFen: number; readonly receivedFen: number }[];
  readonly bills: { readonly coveredDayCount: number; readonly dayCount: number; readonly openDifferenceCount: number };
  /** Null before the fund has anything to tell. */
  readonly disclosure: {
    readonly nextFrom: string;
    readonly publishedUntil: string | null;
    readonly deadline: string;
    readonly daysLeft: number;
  } | null;
  readonly drafts: readonly { readonly isOwn: boolean; readonly faultCount: number }[];
}

/** A disclosure is brought to mind so many days before its deadline, though the month is not closed. */
const REMIND_DAYS = 30;

/** The month's end as a list: each step with where it stands, whose turn it is and what comes next. */
export function monthSteps(facts: MonthFacts): MonthStep[] {
  const [batch, approval] = batchSteps(facts);
  const [remittance, receipt] = sponsorSteps(facts, approval);
  const statement = statementStep(facts);
  const lines = linesStep(facts, statement);
  const bills = billsStep(facts);
  const close = closeStep([statement, lines, batch, approval, bills]);
  return [...[statement, lines, batch, approval, remittance, receipt], ...[bills, close, disclosureStep(facts, close)]];
}

type Rest = Pick<MonthStep, 'step'> & { readonly isOwn?: boolean };

const done = ({ step }: Rest, text: string): MonthStep => ({ step, state: 'DONE', turn: 'NOBODY', isOwn: false, text });
const later = ({ step }: Rest, text: string): MonthStep => ({
  step,
  state: 'LATER',
  turn: 'NOBODY',
  isOwn: false,
  text,
});
const now = (rest: Rest, turn: MonthStep['turn'], text: string): MonthStep => ({
  ...{ step: rest.step, state: 'NOW', turn, isOwn: rest.isOwn ?? false, text },
});

function isOver({ today, lastDay }: MonthFacts): boolean {
  return today > lastDay;
}

function statementStep(facts: MonthFacts): MonthStep {
  const it = { step: 'STATEMENT' } as const;
  const { accounts, lastDay } = facts;
  if (accounts.length === 0) return now(it, 'MAKER', '还没有银行账户：请在对账台导入第一份对账单。');
  const holed = accounts.find(({ isWhole, toDay }) => !isWhole && toDay !== null);
  if (holed) return now(it, 'MAKER', `${holed.title}的流水中间有缺口，请补齐缺的对账单。`);
  const short = accounts.find(({ toDay }) => toDay === null || toDay < lastDay);
  if (!short) return done(it, `流水已经到 ${lastDay}，没有缺口。`);
  const reached = short.toDay === null ? '还没有流水' : `的流水到 ${short.toDay}`;
  if (!isOver(facts)) return later(it, `${short.title}${reached}；本月过完后导入到 ${lastDay}。`);
  return now(it, 'MAKER', `${short.title}${reached}，请导入到 ${lastDay} 的对账单。`);
}

function linesStep({ openLineCount }: MonthFacts, statement: MonthStep): MonthStep {
  const it = { step: 'LINES' } as const;
  if (openLineCount > 0) return now(it, 'MAKER', `还有 ${openLineCount} 行银行流水没有去处，请在对账台核对。`);
  if (statement.state !== 'DONE') return later(it, '已导入的都核对了；等对账单到齐。');
  return done(it, '每一行流水都有去处。');
}

function batchSteps(facts: MonthFacts): [MonthStep, MonthStep] {
  const [it, check] = [{ step: 'BATCH' } as const, { step: 'APPROVAL' } as const];
  const { batch, month, lastApprovedMonth, due } = facts;
  if (batch?.state === 'APPROVED') return [done(it, `批次 ${batch.number} 已制作。`), done(check, '已由两个人办完。')];
  if (batch?.state === 'DRAFT') {
    const text = batch.isOwn ? '草稿是您制作的，要由另一位复核。' : `批次 ${batch.number} 等您或另一位复核人复核。`;
    const waits = now({ ...check, isOwn: batch.isOwn }, 'CHECKER', text);
    return [done(it, `批次 ${batch.number} 的草稿已制作。`), waits];
  }
  if (batch?.state === 'BUILDING')
    return [now(it, 'NOBODY', '批次正在制作，请稍后刷新。'), later(check, '等批次制作。')];
  const nothing = '没有要列入批次的配捐。';
  if (lastApprovedMonth !== null && lastApprovedMonth >= month) return [done(it, nothing), done(check, '不用复核。')];
  if (!isOver(facts)) return [later(it, '本月过完后，从下月 1 日起可以制作。'), later(check, '等批次制作。')];
  if (due.count === 0 && due.amountFen === 0) return [done(it, nothing), done(check, '不用复核。')];
  const what = `${due.count} 笔、${formatYuan(due.amountFen)} 元等着列入`;
  const text = batch
    ? `上一次的草稿已退回（${batch.reason ?? '没有写原因'}），${what}，请重新制作。`
    : `${what}，请制作批次。`;
  return [now(it, 'MAKER', text), later(check, '等批次制作。')];
}

function sponsorSteps({ remittances }: MonthFacts, approval: MonthStep): [MonthStep, MonthStep] {
  const [it, paper] = [{ step: 'REMITTANCE' } as const, { step: 'RECEIPT' } as const];
  if (approval.state !== 'DONE') return [later(it, '批次复核后，配捐方收到汇款通知。'), later(paper, '等汇款到账。')];
  const asked = remittances.filter(({ amountFen }) => amountFen > 0);
  if (asked.length === 0) return [done(it, '没有要汇的款。'), done(paper, '没有要开的票据。')];
  const open = asked.filter(({ state }) => state === 'OPEN');
  const missingFen = open.reduce((sum, one) => sum + one.amountFen - one.receivedFen, 0);
  const toWrite = asked.filter(({ state }) => state === 'REMITTED').length;
  const sent =
    open.length === 0
      ? done(it, `${asked.length} 笔汇款都已到账。`)
      : now(
          it,
          'SPONSOR',
          `${asked.length} 笔汇款里还有 ${open.length} 笔没有到齐，还差 ${formatYuan(missingFen)} 元。`,
        );
  if (toWrite > 0) return [sent, now(paper, 'MAKER', `${toWrite} 笔到齐的汇款还没有开票据。`)];
  return [sent, open.length > 0 ? later(paper, '等汇款到账。') : done(paper, '票据都开了。')];
}

function billsStep(facts: MonthFacts): MonthStep {
  const it = { step: 'BILLS' } as const;
  const { coveredDayCount, dayCount, openDifferenceCount } = facts.bills;
  const covered = `支付账单到了 ${coveredDayCount} 天，共 ${dayCount} 天`;
  if (openDifferenceCount > 0) return now(it, 'MAKER', `${covered}；还有 ${openDifferenceCount} 处差异没有说明。`);
  if (coveredDayCount >= dayCount) return done(it, `${dayCount} 天的支付账单都已核对，没有未说明的差异。`);
  return isOver(facts)
    ? now(it, 'MAKER', `${covered}，请取回或导入缺的账单。`)
    : later(it, `${covered}，每天自动取回。`);
}

/** What each step is called where it is still missing. */
const NAMES: Partial<Record<MonthStep['step'], string>> = {
  ...{ STATEMENT: '对账单', LINES: '流水核对', BATCH: '批次', APPROVAL: '复核', BILLS: '支付账单' },
};

/** A month is closed when its own work is done; money and papers of sponsors may come later. */
function closeStep(needed: readonly MonthStep[]): MonthStep {
  const it = { step: 'CLOSE' } as const;
  const missing = needed.filter(({ state }) => state !== 'DONE').map(({ step }) => NAMES[step] ?? step);
  if (missing.length === 0) return done(it, '本月已结。以后的退款和变动列入下一批，本月的数字不再变。');
  return later(it, `还差：${missing.join('、')}。`);
}

function disclosureStep(facts: MonthFacts, close: MonthStep): MonthStep {
  const it = { step: 'DISCLOSURE' } as const;
  const { disclosure, drafts, lastDay } = facts;
  if (!disclosure) return later(it, '第一个批次复核以后，才有要公示的内容。');
  const { nextFrom, publishedUntil } = disclosure;
  if (publishedUntil !== null && lastDay <= publishedUntil) return done(it, '本月已经公示。');
  if (lastDay < nextFrom) return done(it, `本月没有要公示的：第一期从 ${nextFrom} 开始。`);
  const { deadline, daysLeft } = disclosure;
  const until =
    daysLeft < 0 ? `最迟 ${deadline}，已经逾期 ${-daysLeft} 天` : `最迟 ${deadline} 公示，还有 ${daysLeft} 天`;
  const ready = drafts.filter(({ faultCount }) => faultCount === 0);
  if (ready.length > 0) {
    const isOwn = ready.every((draft) => draft.isOwn);
    return now({ ...it, isOwn }, 'CHECKER', `草稿${isOwn ? '是您生成的，要由另一位' : '等复核人'}公示；${until}。`);
  }
  if (close.state === 'DONE' || daysLeft <= REMIND_DAYS) return now(it, 'MAKER', `${until}，请生成草稿。`);
  return later(it, `${until}。`);
}
