/** Words in the names of units: whoever has one of them is no person. */
const UNIT_WORDS =
  /公司|集团|银行|中心|协会|基金|学校|大学|中学|小学|医院|委员会|单位|合作社|厂|店|局|所|部|会|社|站|院|处|村/;
const PERSON = /^\p{Script=Han}{2,4}$/u;

/**
 * A counterparty as the desk shows it: a unit by its name, a person by the family name (rule 16). What is short and has no
 * word of a unit in it may be a person and is treated as one.
 */
export function shownCounterparty(name: string): string {
  const text = name.trim();
  if (!PERSON.test(text) || UNIT_WORDS.test(text) || NOBODY.has(text)) return text;
  return `个人 · ${[...text][0] ?? ''}*`;
}

/** What banks write where nobody stands opposite. */
const NOBODY: ReadonlySet<string> = new Set(['利息', '结息', '手续费', '工本费', '短信费', '年费', '转账', '汇兑']);

/** `6222021234567890` → `尾号 7890` */
export function shownAccount(account: string): string {
  const digits = account.replace(/\s/g, '');
  return digits.length < 4 ? '' : `尾号 ${digits.slice(-4)}`;
}
