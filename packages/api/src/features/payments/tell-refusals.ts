import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import type { PaymentPort } from './payment-port.js';
import { WECHAT_V3_VARIABLES } from './wechat-v3.options.js';

/** The zone's log. */
interface Told {
  error(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** What happens every day, and is an answer: nobody is told. */
const ORDINARY: ReadonlySet<string> = new Set([
  'PAYMENT_ALREADY_PAID',
  'PAYMENT_CLOSED',
  'PAYMENT_UNKNOWN',
  'PAYMENT_INPUT_INVALID',
  'PAYMENT_BILL_NONE',
  'PAYMENT_BILL_NOT_READY',
]);
/** Settings that the provider names without naming them: who reads the line must find them. */
const SIGNING_VARIABLES = [
  WECHAT_V3_VARIABLES.mchid,
  WECHAT_V3_VARIABLES.merchantSerial,
  WECHAT_V3_VARIABLES.merchantPrivateKey,
].join(', ');
/** The same words again within this time say nothing new. */
const TELL_AGAIN_MS = 600_000;
/** More kinds of words at once than this is no list to keep: it is begun anew. */
const MAX_TOLD = 200;

/**
 * The port with a memory for what it was refused: each kind of refusal is one line of the log, with the provider's own
 * words, and not one a call. A wrong setting and an unknown word are errors, as somebody must act; the rest are warnings.
 */
export function tellRefusals(port: PaymentPort, log: Told, now: () => number = () => performance.now()): PaymentPort {
  const told = new Map<string, number>();
  async function tell<T>(operation: string, work: Promise<T>): Promise<T> {
    const answer = await work;
    if (isRefusal(answer) && !ORDINARY.has(answer.code)) note(operation, answer);
    return answer;
  }
  function note(operation: string, { code, details = {} }: Refusal): void {
    const key = [code, details['providerCode'], details['reason'], details['providerMessage']].join('|');
    const before = told.get(key);
    if (before !== undefined && now() - before < TELL_AGAIN_MS) return;
    if (told.size >= MAX_TOLD) told.clear();
    told.set(key, now());
    const { meaning, providerCode, variable } = details;
    const isSetting = meaning === 'SETTING' || variable !== undefined;
    const mustAct = isSetting || meaning === 'UNKNOWN';
    const names = providerCode === 'SIGN_ERROR' && variable === undefined ? { variable: SIGNING_VARIABLES } : {};
    log[mustAct ? 'error' : 'warn']({ operation, code, ...details, ...names }, 'the payment provider refused');
  }
  const { check } = port;
  return {
    ...port,
    ...(check ? { check: () => tell('check', check()) } : {}),
    readNotice: async (input) => {
      const notice = await port.readNotice(input);
      // A forged notice is the handler's to tell; a secret of ours that does not fit is somebody's to mend.
      if (isRefusal(notice) && notice.details?.['variable'] !== undefined) note('notice', notice);
      return notice;
    },
    prepay: (input) => tell('prepay', port.prepay(input)),
    query: (paymentId) => tell('query', port.query(paymentId)),
    close: (paymentId) => tell('close', port.close(paymentId)),
    refund: (input) => tell('refund', port.refund(input)),
    queryRefund: (refundId) => tell('query-refund', port.queryRefund(refundId)),
    downloadBill: (input) => tell('bill', port.downloadBill(input)),
  };
}
