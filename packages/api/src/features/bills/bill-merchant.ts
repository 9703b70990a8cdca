import type { Base } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { newestImportOf } from './bill-imports.store.js';
import type { BillSummary } from './bill-format.rules.js';
import { billsOptions } from './bills.options.js';

const NAMES = { WECHAT: '商户号', ALIPAY: '支付宝账号' } as const;

/**
 * A bill of another account would fill our days with strangers' payments. Ours is the one of the settings; where they say
 * nothing, the one of the bills before. A bill that names nobody is believed. Null: it is ours as far as it says.
 */
export async function refuseOtherMerchant(base: Base, bill: BillSummary): Promise<Refusal | null> {
  const { provider, merchantIds } = bill;
  const [theirs] = merchantIds;
  if (theirs === undefined) return null;
  const name = NAMES[provider];
  const ours = billsOptions(base).merchantIds[provider];
  if (ours !== null) {
    if (merchantIds.includes(ours)) return null;
    const message =
      `这份账单是${name} ${theirs} 的，专区的${name}是 ${ours}，没有导入。` +
      '请用专区的商户登录后重新下载；如果专区换了商户，请先让技术人员改设置。';
    return otherMerchant(message);
  }
  const before = (await newestImportOf(base, provider))?.merchantIds ?? [];
  if (before.length === 0 || before.some((one) => merchantIds.includes(one))) return null;
  const message =
    `这份账单是${name} ${theirs} 的，以前导入的账单是${name} ${before[0] ?? ''} 的，没有导入。` +
    '请核对下载时登录的商户；如果以前的那份传错了，请先撤回它。';
  return otherMerchant(message);
}

function otherMerchant(message: string): Refusal {
  return refuse('BILL_OTHER_MERCHANT', message, { path: 'fileId' });
}
