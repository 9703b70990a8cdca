import { contentHash } from '../../kernel/canonical.js';
import { hidesCharacters } from '../../kernel/command-input.js';
import { formatYuan } from '../../kernel/fen.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { looksPersonal } from './personal-text.rules.js';

/** What a checker approves of a project. */
export interface ProjectTerms {
  readonly name: string;
  readonly purpose: string;
  readonly countyCode: string;
  readonly budgetFen: number;
}

/** How many of which group were helped; never who. */
export interface Beneficiaries {
  readonly group: string;
  readonly count: number;
}

/** So much of a remittance's yuan. */
export interface SpendSource {
  readonly remittanceId: string;
  readonly amountFen: number;
}

/** What a checker approves of a spend. */
export interface SpendTerms {
  readonly projectId: string;
  readonly amountFen: number;
  /** When the money was spent or is due, `2026-11-03`. */
  readonly day: string;
  readonly payee: string;
  /** What it was for. */
  readonly what: string;
  readonly fileIds: readonly string[];
  readonly beneficiaries: readonly Beneficiaries[];
}

/** CNY 1,000 m: more than any such fund ever held, and far below where a number loses a fen. */
const MOST_FEN = 100_000_000_000;
const MOST_FILES = 20;
const MOST_GROUPS = 10;
const MOST_PEOPLE = 10_000_000;

export function projectHash(project: ProjectTerms & { readonly _id: string }): string {
  const { _id, name, purpose, countyCode, budgetFen } = project;
  return contentHash({ _id, name, purpose, countyCode, budgetFen });
}

export function spendHash(spend: SpendTerms & { readonly _id: string; readonly correctsId: string | null }): string {
  const { _id, correctsId, projectId, amountFen, day, payee, what, fileIds, beneficiaries } = spend;
  return contentHash({ _id, correctsId, projectId, amountFen, day, payee, what, fileIds, beneficiaries });
}

/** The terms as they are kept, or what is wrong with them. */
export function checkProject(given: ProjectTerms): ProjectTerms | Refusal {
  const name = checkText(given.name, { path: 'name', label: '项目名称', most: 60 });
  if (isRefusal(name)) return name;
  const purpose = checkText(given.purpose, { path: 'purpose', label: '项目用途', most: 500 });
  if (isRefusal(purpose)) return purpose;
  if (!/^\d{6}$/.test(given.countyCode)) {
    return refuse('PROJECT_INVALID', '请选择项目所在区县。', { path: 'countyCode' });
  }
  const wrong = checkAmount(given.budgetFen, { path: 'budgetFen', label: '预算' });
  return wrong ?? { name, purpose, countyCode: given.countyCode, budgetFen: given.budgetFen };
}

export function checkSpend(given: SpendTerms, today: string): SpendTerms | Refusal {
  const wrong = checkAmount(given.amountFen, { path: 'amountFen', label: '金额' });
  if (wrong) return wrong;
  if (!isDay(given.day)) return refuse('SPEND_INVALID', '支出日期不对，请填写日历上有的日期。', { path: 'day' });
  if (given.day > today) return refuse('SPEND_INVALID', '支出日期还没有到，请核对。', { path: 'day' });
  if (given.day < yearBefore(today))
    return refuse('SPEND_INVALID', '支出日期在一年以前，请核对年份。', { path: 'day' });
  const payee = checkText(given.payee, { path: 'payee', label: '收款单位', most: 60 });
  if (isRefusal(payee)) return payee;
  const what = checkText(given.what, { path: 'what', label: '支出用途', most: 200 });
  if (isRefusal(what)) return what;
  const fileIds = [...new Set(given.fileIds)];
  if (fileIds.length === 0 || fileIds.length > MOST_FILES) {
    return refuse('SPEND_INVALID', `请上传凭证，1 至 ${MOST_FILES} 份。`, { path: 'fileIds' });
  }
  const beneficiaries = checkBeneficiaries(given.beneficiaries);
  if (isRefusal(beneficiaries)) return beneficiaries;
  return { ...given, payee, what, fileIds, beneficiaries };
}

function checkBeneficiaries(given: readonly Beneficiaries[]): Beneficiaries[] | Refusal {
  if (given.length > MOST_GROUPS) {
    return refuse('SPEND_INVALID', `受益群体最多填 ${MOST_GROUPS} 类。`, { path: 'beneficiaries' });
  }
  const kept: Beneficiaries[] = [];
  for (const [index, { group, count }] of given.entries()) {
    const path = `beneficiaries.${index}`;
    const text = checkText(group, { path: `${path}.group`, label: '受益群体', most: 30 });
    if (isRefusal(text)) return text;
    if (!Number.isSafeInteger(count) || count < 1 || count > MOST_PEOPLE) {
      return refuse('SPEND_INVALID', '受益人数应为大于 0 的整数。', { path: `${path}.count` });
    }
    kept.push({ group: text, count });
  }
  return kept;
}

function checkText(given: string, field: { path: string; label: string; most: number }): string | Refusal {
  const { path, label, most } = field;
  const text = given.normalize('NFC').trim();
  if (text === '') return refuse('TEXT_INVALID', `请填写${label}。`, { path });
  if ([...text].length > most) return refuse('TEXT_INVALID', `${label}最多 ${most} 个字，请写短一些。`, { path });
  if (hidesCharacters(text)) {
    return refuse('TEXT_INVALID', `${label}里有不能显示的字符，请重新填写。`, { path });
  }
  if (!looksPersonal(text)) return text;
  const message = `${label}里好像有身份证号或电话号码。为保护受益人，这里只写群体和人数，请删去后再提交。`;
  return refuse('PERSONAL_DATA', message, { path });
}

function checkAmount(amountFen: number, { path, label }: { path: string; label: string }): Refusal | null {
  if (Number.isSafeInteger(amountFen) && amountFen > 0 && amountFen <= MOST_FEN) return null;
  return refuse('AMOUNT_INVALID', `${label}应大于 0，不超过十亿元。`, { path });
}

/** Papers of a spend come within months; an older day is a slip of the year. */
function yearBefore(day: string): string {
  return `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
}

/** A day that the calendar has, `2026-11-03`. */
function isDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}

interface Unspent {
  readonly _id: string;
  readonly receivedFen: number;
  readonly spentFen: number;
  readonly remittedDay: string | null;
}

/**
 * Whose yuan a spend uses: those that came first are used first, the part payments of a remittance that is not whole yet
 * last. Null when all together have less.
 */
export function sourcesOf(remittances: readonly Unspent[], amountFen: number): SpendSource[] | null {
  const inOrder = remittances
    .filter((one) => one.receivedFen > one.spentFen)
    .sort((a, b) => byText(a.remittedDay ?? 'later', b.remittedDay ?? 'later') || byText(a._id, b._id));
  const sources: SpendSource[] = [];
  let leftFen = amountFen;
  for (const { _id, receivedFen, spentFen } of inOrder) {
    if (leftFen === 0) break;
    const usedFen = Math.min(leftFen, receivedFen - spentFen);
    sources.push({ remittanceId: _id, amountFen: usedFen });
    leftFen -= usedFen;
  }
  return leftFen === 0 ? sources : null;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function fundShort(availableFen: number, amountFen: number): Refusal {
  const message =
    `基金现有可用 ¥${formatYuan(availableFen)}，这笔支出要用 ¥${formatYuan(amountFen)}，` +
    `还差 ¥${formatYuan(amountFen - availableFen)}；请等配捐款到账后再批准。`;
  return refuse('FUND_SHORT', message, { details: { availableFen, amountFen } });
}

export function budgetShort(project: { budgetFen: number; spentFen: number }, amountFen: number): Refusal | null {
  const leftFen = project.budgetFen - project.spentFen;
  if (amountFen <= leftFen) return null;
  const message = `项目预算还剩 ¥${formatYuan(leftFen)}，这笔支出 ¥${formatYuan(amountFen)} 超出预算，请核对金额。`;
  return refuse('BUDGET_SHORT', message, { path: 'amountFen', details: { leftFen, amountFen } });
}

export function peopleOf(beneficiaries: readonly Beneficiaries[]): number {
  return beneficiaries.reduce((sum, one) => sum + one.count, 0);
}
