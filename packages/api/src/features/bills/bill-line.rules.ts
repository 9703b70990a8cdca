/** Whose bill it is. */
export const BILL_PROVIDERS = ['WECHAT', 'ALIPAY'] as const;
export type BillProvider = (typeof BILL_PROVIDERS)[number];

/** `TRADE` and `REFUND`: what buyers paid and got back. `FLOW`: what came into and left our account at the provider. */
export const BILL_KINDS = ['TRADE', 'REFUND', 'FLOW'] as const;
export type BillKind = (typeof BILL_KINDS)[number];

/** One line of a bill, in our words. What came in is positive, what went out negative. */
export interface BillLine {
  /** Where it stands in the file: for sentences to people. */
  readonly line: number;
  readonly provider: BillProvider;
  readonly kind: BillKind;
  /** The provider's own number of what the line tells: of the payment, the refund or the movement. */
  readonly number: string;
  /**
   * What the line is known by among all lines of its provider and kind, whichever download brings it. Mostly its number;
   * movements of the account share theirs with the payment that they belong to, and need more.
   */
  readonly identity: string;
  /** As the bill writes it, in Asia/Shanghai: `2026-11-22 10:34:56`. */
  readonly at: string;
  /** The provider's number of the payment that it belongs to; empty where it belongs to none. */
  readonly transactionId: string;
  /** Our number of the payment. Empty in a fund bill. */
  readonly paymentId: string;
  /** Our number of the refund; null where the line is none. */
  readonly refundId: string | null;
  readonly amountFen: number;
  /** The part of it that reaches or leaves our account, before the fee: a voucher of ours makes it smaller. */
  readonly settledFen: number;
  /** What the provider keeps of it; negative where it gives some back. */
  readonly feeFen: number;
  /** What the account holds after it; null but in a fund bill. */
  readonly balanceFen: number | null;
  /** The provider's word: `SUCCESS`, `退款`, `提现`. */
  readonly providerState: string;
}

/** Text as bills write money: `12.30`, `-0.60`, `0.02000` (zeros behind the fen). Null when it is no whole fen. */
export function yuanToFen(text: string): number | null {
  const parts = /^([+-]?)(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(text.trim());
  if (!parts) return null;
  const [, sign, yuan = '', decimals = ''] = parts;
  const fen = Number(yuan) * 100 + Number(decimals.padEnd(2, '0'));
  return sign === '-' && fen !== 0 ? -fen : fen;
}

/** Text as bills write counts: `48`, `48.0`. Null when it is none. */
export function countOf(text: string): number | null {
  const parts = /^(\d{1,9})(?:\.0+)?$/.exec(text.trim());
  return parts ? Number(parts[1]) : null;
}

/** True for `2026-11-22 10:34:56`, as bills write a moment of Asia/Shanghai. */
export function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text) && isDay(dayOf(text));
}

/** The day of a moment as bills write it. */
export function dayOf(at: string): string {
  return at.slice(0, 10);
}

/** A day that is in the calendar, as `2026-11-22`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/** The day after. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** Days from the first up to and without the last; at most `most`. */
export function daysBetween(from: string, until: string, most: number): string[] {
  const days: string[] = [];
  for (let day = from; day < until && days.length < most; day = nextDay(day)) days.push(day);
  return days;
}

/** A line that cannot be believed: which one, and why, in Chinese. */
export interface LineFault {
  readonly fault: string;
}

export function fault(text: string): LineFault {
  return { fault: text };
}

export function isFault(value: unknown): value is LineFault {
  return typeof value === 'object' && value !== null && 'fault' in value;
}

/** Cells by the names of their columns. */
export class Cells {
  readonly #at: ReadonlyMap<string, number>;
  readonly #cells: readonly string[];

  constructor(at: ReadonlyMap<string, number>, cells: readonly string[]) {
    this.#at = at;
    this.#cells = cells;
  }

  has(column: string): boolean {
    return this.#at.has(column);
  }

  /** Empty where the bill has no such column. */
  text(column: string): string {
    const index = this.#at.get(column);
    return index === undefined ? '' : (this.#cells[index] ?? '').trim();
  }

  fen(column: string): number | LineFault {
    const text = this.text(column);
    return yuanToFen(text) ?? fault(`“${column}”的金额“${cut(text)}”看不懂`);
  }
}

export function columnsAt(header: readonly string[]): ReadonlyMap<string, number> {
  return new Map(header.map((name, index) => [name, index]));
}

/** Names of columns come with brackets of half or full width, by whichever program of the provider wrote them. */
export function fullWidth(header: string): string {
  return header.replaceAll('(', '（').replaceAll(')', '）');
}

/** What a sentence quotes of a file is short. */
export function cut(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
