/**
 * Numbers and lines as people paste them: from contacts, chats and spreadsheets they come with marks of direction, blanks,
 * hyphens, full-width digits and a country code. Nobody sees those, so nobody can be asked to take them out.
 */

/** One line as it is read: breaks and tabs are blanks, what nobody sees is gone, no blanks around it. NFC. */
export function visibleLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

/** A number without what people put between its digits: `１３８ 0013-8000` → `13800138000`. Other characters stay, to be refused. */
export function plainNumber(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{Cc}\p{Cf}\p{Pd}.·()−]/gu, '');
}

/** A mobile number of the mainland in its eleven digits, or null: `+86 138-0013-8000` → `13800138000`. */
export function mainlandMobile(text: string): string | null {
  return /^(?:\+?86|0086)?(1[3-9]\d{9})$/.exec(plainNumber(text))?.[1] ?? null;
}
