import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import type { PaymentPort } from './payment-port.js';

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
    const mustAct = details['meaning'] === 'SETTING' || details['meaning'] === 'UNKNOWN';
    log[mustAct ? 'error' : 'warn']({ operation, code, ...details }, 'the payment provider refused');
  }
  return {
    ...port,
    prepay: (input) => tell('prepay', port.prepay(input)),
    query: (paymentId) => tell('query', port.query(paymentId)),
    close: (paymentId) => tell('close', port.close(paymentId)),
    refund: (input) => tell('refund', port.refund(input)),
    queryRefund: (refundId) => tell('query-refund', port.queryRefund(refundId)),
    downloadBill: (input) => tell('bill', port.downloadBill(input)),
  };
}
