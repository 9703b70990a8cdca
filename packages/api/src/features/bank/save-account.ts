import { denyUnless, personOf } from '../../kernel/authority.js';
import { hidesCharacters, keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { plainNumber } from '../../kernel/pasted.rules.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { isDuplicateKey } from '../../kernel/transaction.js';
import type { BankAccount } from './bank.store.js';
import { findAccount, insertAccount, renameAccount } from './imports.store.js';
import { readProfile } from './imports.reads.js';

export interface SaveAccountInput {
  readonly idempotencyKey: string;
  /** Left out: a new account. */
  readonly accountId?: string | null | undefined;
  readonly name: string;
  readonly bankName: string;
  /** As people paste it, blanks and hyphens between its digits; a new account's only, as statements are held against it. */
  readonly number: string;
  readonly profileId?: string | null | undefined;
  /** Of a new account: what stood on it before the first statement. */
  readonly openingFen?: number | null | undefined;
}

const MOST_NAME = 40;
/** A hundred thousand million yuan: far below where a number loses a fen. */
const MOST_OPENING_FEN = 10_000_000_000_000;

/**
 * A new account of the fund, or another name or profile for a known one; number and opening balance never change. Refusals:
 * `KEY_INVALID`, `KEY_REUSED`, `ACCOUNT_INVALID` (path names the field), `ACCOUNT_EXISTS`, `ACCOUNT_UNKNOWN`, `PROFILE_UNKNOWN`.
 */
export async function saveAccount(ctx: Context, input: SaveAccountInput): Promise<BankAccount | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { base } = ctx;
  const number = plainNumber(input.number);
  const bad = refuseKey(input.idempotencyKey) ?? checkFields({ ...input, number });
  if (bad) return bad;
  const profileId = input.profileId ?? null;
  if (profileId !== null && !(await readProfile(base, profileId))) {
    return refuse('PROFILE_UNKNOWN', '没有找到这个导入模板，请重新选择。', { path: 'profileId' });
  }
  const texts = { name: input.name.trim(), bankName: input.bankName.trim(), profileId };
  if (input.accountId) {
    const saved = await renameAccount(base, input.accountId, texts);
    return saved ?? refuse('ACCOUNT_UNKNOWN', '没有找到这个账户，请刷新页面。', { path: 'accountId' });
  }
  const account: BankAccount = {
    ...{ _id: derivedId('bank-account', personOf(ctx), input.idempotencyKey), ...texts, number },
    ...{ openingFen: input.openingFen ?? null, spans: [], revision: 0, postingImportId: null },
    ...{ createdBy: personOf(ctx), at: new Date(base.clock()) },
  };
  try {
    await insertAccount(base, account);
    return account;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const known = await findAccount(base, account._id);
    if (!known) return refuse('ACCOUNT_EXISTS', '这个账号已经登记过，不用再登记。', { path: 'number' });
    return known.number === account.number && known.openingFen === account.openingFen ? known : keyReused();
  }
}

function checkFields({ name, bankName, number, openingFen }: SaveAccountInput): Refusal | null {
  for (const [path, value, label] of [
    ['name', name, '账户名称'],
    ['bankName', bankName, '开户行'],
  ] as const) {
    const { length } = value.trim();
    if (length === 0 || length > MOST_NAME) {
      return refuse('ACCOUNT_INVALID', `${label}请填 1 到 ${MOST_NAME} 个字。`, { path });
    }
    if (hidesCharacters(value)) {
      return refuse('ACCOUNT_INVALID', `${label}里有不能显示的字符，请重新填写。`, { path });
    }
  }
  if (!/^\d{6,32}$/.test(number)) {
    return refuse('ACCOUNT_INVALID', '账号应为 6 到 32 位数字，请核对后重新填写。', { path: 'number' });
  }
  if (!isOpening(openingFen ?? 0)) {
    return refuse('ACCOUNT_INVALID', '期初余额应为整数分，不超过一千亿元。', { path: 'openingFen' });
  }
  return null;
}

function isOpening(openingFen: number): boolean {
  return Number.isSafeInteger(openingFen) && Math.abs(openingFen) <= MOST_OPENING_FEN;
}
