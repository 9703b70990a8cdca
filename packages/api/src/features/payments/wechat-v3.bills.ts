import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import type { BillInput } from './payment-port.js';
import { readAnswer } from './wechat-v3.answers.js';
import type { WechatV3Client } from './wechat-v3.client.js';

const unpack = promisify(gunzip);

/** What a bill may be when it is unpacked: a million lines of 500 bytes. */
const MOST_BILL_BYTES = 512 * 1024 * 1024;

/** The hash is of the bill itself, before it was packed. */
const billAnswer = z.object({
  hash_type: z.literal('SHA1'),
  hash_value: z.string().regex(/^[0-9a-fA-F]{40}$/),
  download_url: z.url(),
});

/** 申请交易账单, 申请资金账单, then 下载账单: the first answer is signed and vouches for the file by its hash. */
export async function downloadBill(client: WechatV3Client, input: BillInput): Promise<Buffer | Refusal> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(input.day)) {
    return refuse('PAYMENT_INPUT_INVALID', '账单日期应写作 2026-11-22，请核对。', { path: 'day' });
  }
  const query = `bill_date=${input.day}&${input.kind === 'TRADE' ? 'bill_type=ALL' : 'account_type=BASIC'}&tar_type=GZIP`;
  const answer = await client.call('GET', `/v3/bill/${input.kind === 'TRADE' ? 'tradebill' : 'fundflowbill'}?${query}`);
  if (isRefusal(answer)) return answer;
  const place = readAnswer(answer, billAnswer);
  if (isRefusal(place)) return place;
  const packed = await client.download(place.download_url);
  if (isRefusal(packed)) return packed;
  const bill = await unpack(packed, { maxOutputLength: MOST_BILL_BYTES }).catch(notPacked);
  const isWhole = bill !== null && createHash('sha1').update(bill).digest('hex') === place.hash_value.toLowerCase();
  return isWhole ? bill : refuse('PAYMENT_BILL_SPOILED', '取回的账单与支付机构给出的校验值不一致，请稍后再取。');
}

/** Cut short or not gzip at all: not the bytes that the hash is of. */
function notPacked(): null {
  return null;
}
