/** What people type for money, as whole fen. Only digits are moved: a float would one day save a price that nobody typed. */

/** Full-width signs and digits, as a Chinese keyboard types them, as the plain ones. */
const plain = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\s,¥￥元\u3000]/g, '')
    .replace(/[−–—]/g, '-')
    .replace('。', '.');

const YUAN = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/;

/** "1,234.5" → 123450; `null` where it is no amount, has more than two decimals, or is larger than any fund. */
export const parseYuan = (text: string): number | null => {
  const [, sign, whole, decimals = ''] = YUAN.exec(plain(text)) ?? [];
  if (whole === undefined) return null;
  const fen = Number(`${whole}${decimals.padEnd(2, '0')}`);
  if (!Number.isSafeInteger(fen)) return null;
  return sign === '-' && fen !== 0 ? -fen : fen;
};

/** 123450 → "1234.50", as it stands in a field. */
export const yuanInput = (fen: number | null | undefined): string => {
  if (fen === null || fen === undefined) return '';
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
