/** Fen to text. Integer arithmetic only: a float would one day show a price that nobody pays. */
const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

const MINUS = '−';

/** 6800 → "68.00"; −100 → "−1.00". Thousands are grouped. */
export const yuan = (fen: number): string => {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? MINUS : ''}${group(digits.slice(0, -2))}.${digits.slice(-2)}`;
};

/** 6800 → "¥68.00" */
export const money = (fen: number): string => (fen < 0 ? `${MINUS}¥${yuan(-fen)}` : `¥${yuan(fen)}`);

/** A sum where fen would only distract: whole yuan lose ".00". 5500 → "¥55"; 5550 → "¥55.50" */
export const shortMoney = (fen: number): string => money(fen).replace(/\.00$/, '');

export const count = (value: number): string => (value < 0 ? `${MINUS}${group(String(-value))}` : group(String(value)));

export interface BigNumber {
  readonly figure: string;
  readonly unit: string;
}

/** From here on, a headline counts in 万: the last four digits of such a number say nothing to a reader. */
const WAN_FROM = 1_000_000;

const cut = (value: number, base: number): string => String(Math.trunc(value / base));

/** For headlines: 19204 → {19,204}; 7660000 → {766, 万}; 123456789 → {1.2, 亿}. Cut, never rounded up: no promise grows. */
export const bigCount = (value: number): BigNumber => {
  if (value >= 100_000_000) {
    const tenths = cut(value, 10_000_000);
    return { figure: `${group(tenths.slice(0, -1))}.${tenths.slice(-1)}`, unit: '亿' };
  }
  if (value >= WAN_FROM) return { figure: group(cut(value, 10_000)), unit: '万' };
  return { figure: count(value), unit: '' };
};

export const bigYuan = (fen: number): BigNumber => bigCount(Math.trunc(fen / 100));
