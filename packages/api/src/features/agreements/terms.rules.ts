import { hidesInLine } from '../../kernel/command-input.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import type { AgreementScope, AgreementTerms, MatchUnit } from './agreements.store.js';
import { normalUscc, usccFault, usccFaultText } from './uscc.rules.js';

/** What a person writes into the form. */
export interface TermsInput {
  readonly number: string;
  readonly sponsorUscc: string;
  readonly sponsorName: string;
  readonly publishesName: boolean;
  readonly fundName: string;
  readonly amountFenPerUnit: number;
  readonly unit: MatchUnit;
  readonly capFen: number;
  readonly monthlyCapFen: number | null;
  /** First and last day in Asia/Shanghai, `2026-01-01`. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly productIds: readonly string[];
  readonly countyCodes: readonly string[];
  readonly categoryKeys: readonly string[];
  readonly supplierIds: readonly string[];
  readonly fileIds: readonly string[];
  readonly replacesId: string | null;
}

const DAY_MS = 86_400_000;
/** A yuan is usual; a thousand for one sale is a slip of the finger. */
const MAX_AMOUNT_FEN = 100_000;
/** A hundred million yuan. */
const MAX_CAP_FEN = 10_000_000_000;
/** Bounds the budgets of the months. */
const MAX_TERM_DAYS = 3_660;
const TEXTS = {
  number: { least: 2, most: 40, name: '协议编号' },
  sponsorName: { least: 2, most: 60, name: '配捐方名称' },
  fundName: { least: 2, most: 60, name: '基金名称' },
} as const;
const LISTS = {
  productIds: { most: 10_000, name: '产品' },
  countyCodes: { most: 100, name: '区县' },
  categoryKeys: { most: 100, name: '类别' },
  supplierIds: { most: 1_000, name: '供应商' },
  fileIds: { most: 20, name: '附件' },
} as const;

/** The terms in their normal form, or the refusal that names the field. */
export function checkTerms(input: TermsInput): AgreementTerms | Refusal {
  const texts = checkTexts(input);
  if (isRefusal(texts)) return texts;
  const sponsorUscc = normalUscc(input.sponsorUscc);
  const fault = usccFault(sponsorUscc);
  if (fault) return refuse('USCC_INVALID', usccFaultText(fault), { path: 'sponsorUscc' });
  const amounts = checkAmounts(input);
  if (isRefusal(amounts)) return amounts;
  const term = checkTerm(input);
  if (isRefusal(term)) return term;
  const scope = checkScope(input);
  if (isRefusal(scope)) return scope;
  const { publishesName, unit, replacesId } = input;
  const fileIds = [...new Set(input.fileIds)];
  return { ...texts, sponsorUscc, publishesName, unit, ...amounts, ...term, ...scope, fileIds, replacesId };
}

function checkTexts(input: TermsInput): Pick<AgreementTerms, keyof typeof TEXTS> | Refusal {
  const checked: Record<keyof typeof TEXTS, string> = { number: '', sponsorName: '', fundName: '' };
  for (const field of ['number', 'sponsorName', 'fundName'] as const) {
    const { least, most, name } = TEXTS[field];
    const text = input[field].normalize('NFC').trim();
    if ([...text].length < least || [...text].length > most) {
      return invalid(field, `${name}应为 ${least} 到 ${most} 个字，请核对。`);
    }
    if (hidesInLine(text)) return invalid(field, `${name}里有不能显示的字符，请重新填写。`);
    checked[field] = text;
  }
  return checked;
}

function checkAmounts(
  input: TermsInput,
): Pick<AgreementTerms, 'amountFenPerUnit' | 'capFen' | 'monthlyCapFen'> | Refusal {
  const { amountFenPerUnit, capFen, monthlyCapFen } = input;
  if (!isWholeWithin(amountFenPerUnit, 1, MAX_AMOUNT_FEN)) {
    return invalid('amountFenPerUnit', '每一份的配捐金额应在 0.01 元到 1000 元之间。');
  }
  if (!isWholeWithin(capFen, amountFenPerUnit, MAX_CAP_FEN)) {
    return invalid('capFen', '总上限应不少于一份的配捐金额，不超过一亿元。');
  }
  if (monthlyCapFen !== null && !isWholeWithin(monthlyCapFen, amountFenPerUnit, capFen)) {
    return invalid('monthlyCapFen', '每月上限应不少于一份的配捐金额，不超过总上限；不设每月上限请留空。');
  }
  return { amountFenPerUnit, capFen, monthlyCapFen };
}

function checkTerm(input: TermsInput): Pick<AgreementTerms, 'validFrom' | 'validUntil'> | Refusal {
  const fromMs = startOfDayMs(input.firstDay);
  const lastMs = startOfDayMs(input.lastDay);
  if (fromMs === null) return invalid('firstDay', '请填写开始日期，如 2026-01-01。');
  if (lastMs === null) return invalid('lastDay', '请填写结束日期，如 2026-12-31。');
  if (lastMs < fromMs) return invalid('lastDay', '结束日期不能早于开始日期。');
  if (lastMs - fromMs > MAX_TERM_DAYS * DAY_MS) return invalid('lastDay', '期限最长十年，请核对结束日期。');
  return { validFrom: new Date(fromMs), validUntil: new Date(lastMs + DAY_MS) };
}

function checkScope(input: TermsInput): AgreementScope | Refusal {
  for (const field of ['productIds', 'countyCodes', 'categoryKeys', 'supplierIds', 'fileIds'] as const) {
    const { most, name } = LISTS[field];
    if (input[field].length > most) return invalid(field, `${name}最多 ${most} 个，请减少一些。`);
    if (input[field].some((one) => one === '' || one.length > 128)) return invalid(field, `${name}的编号不正确。`);
  }
  const badCounty = input.countyCodes.find((code) => !/^\d{6}$/.test(code));
  if (badCounty !== undefined) return invalid('countyCodes', '区县代码应为六位数字，请重新选择。');
  const { productIds } = input;
  const lists = {
    countyCodes: sorted(input.countyCodes),
    categoryKeys: sorted(input.categoryKeys),
    supplierIds: sorted(input.supplierIds),
  };
  const properties = Object.values(lists).some((list) => list.length > 0) ? lists : null;
  if (productIds.length === 0 && !properties) {
    return invalid('productIds', '请选择产品，或按区县、类别、供应商指定范围：没有产品就没有配捐承诺。');
  }
  return { productIds: sorted(productIds), properties };
}

/** The order of choosing means nothing: the same choice has the same hash. */
function sorted(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}

/** The first instant of a day that there is; null for `2026-02-30`. */
function startOfDayMs(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const noonMs = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(noonMs) || new Date(noonMs).toISOString().slice(0, 10) !== day) return null;
  return Date.parse(`${day}T00:00:00+08:00`);
}

function isWholeWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

function invalid(path: keyof TermsInput, message: string): Refusal {
  return refuse('TERMS_INVALID', message, { path });
}

const HIDDEN_SPONSOR = '一位不公开名称的配捐方';

/** The sponsor's name where the public or a member reads it (慈善法 art. 82). */
export function publicSponsorName({
  publishesName,
  sponsorName,
}: Pick<AgreementTerms, 'publishesName' | 'sponsorName'>): string {
  return publishesName ? sponsorName : HIDDEN_SPONSOR;
}
