import {
  type Base,
  type Context,
  type Order,
  catalogue,
  completeOrders,
  confirmReceipt,
  decideRefund,
  derivedId,
  isRefusal,
  placeOrder,
  requestRefund,
  saveAddress,
  settlePayment,
  settleRefund,
  shanghaiMonth,
  shipParcel,
  systemContext,
} from '@aixin/api/internals';
import { createPeople } from '../portal/people.js';
import { granted } from './granted.js';
import { type SeededRandom, seededRandom } from '../portal/random.js';

const DAY_MS = 86_400_000;
/** From the start of the agreements' terms on; what came before has no match to show. */
const DAYS = 186;
const PURCHASES = 420;
/** Purchases of one morning or afternoon; what follows for them is written together, so that the seed stays short. */
const AT_ONCE = 14;
const MAX_PAUSE_MINUTES = 25;
const BUYERS_ELSEWHERE = 130;
const BUYERS_IN_BRANCH = 12;
/** 大巴山百花蜂蜜, a charity item: what the demo's member buys once in each month. */
const HONEY_ID = 'p-50022901';

/**
 * Half a year of purchases through the zone's own commands, with the clock moved: what the branch's and the fund's pages
 * show on the first start. Amounts, shelf, caps and matches are decided exactly as for a buyer. Deterministic but for the
 * day it runs on; a second run meets its own keys and changes nothing. `hand` is the hand of the base's clock;
 * `monthEnd` is told each month once its last purchase is made.
 */
export async function seedHistory(
  base: Base,
  hand: { nowMs: number },
  monthEnd: (month: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { nowMs } = hand;
  const shelf = catalogue(base);
  await shelf.start();
  try {
    const random = seededRandom(20_191_117);
    const story = createStory(base, random);
    await story.addresses();
    let month = '';
    for (let done = 0; done < PURCHASES; done += AT_ONCE) {
      const momentMs = momentOf(nowMs, { share: done / PURCHASES, random });
      const before = month;
      month = shanghaiMonth(momentMs);
      const isNewMonth = before < month;
      if (before !== '' && isNewMonth) await monthEnd(before);
      hand.nowMs = momentMs;
      await completeDue(base);
      const first = isNewMonth ? await buy(base, story.honeyOf(month)) : null;
      const kept: Order[] = first ? [first] : [];
      for (const wish of story.purchases(AT_ONCE)) {
        // Everybody has a minute of their own, as in life.
        hand.nowMs = Math.min(hand.nowMs + (1 + random.below(MAX_PAUSE_MINUTES)) * 60_000, nowMs - 60_000);
        const order = await buy(base, wish);
        if (order) kept.push(order);
      }
      hand.nowMs = momentMs + DAY_MS;
      if (hand.nowMs < nowMs) await Promise.all(kept.map((order) => send(base, order)));
      hand.nowMs = momentMs + 4 * DAY_MS;
      if (hand.nowMs < nowMs) await Promise.all(kept.map((order) => receive(base, order)));
    }
    hand.nowMs = nowMs;
    await completeDue(base);
  } finally {
    await shelf.stop();
  }
}

/** What the zone does by itself every minute: received, and the days of return over. */
export async function completeDue(base: Base): Promise<void> {
  const system = systemContext(base, 'seed');
  for (let left = 1; left > 0;) left = await completeOrders(system);
}

interface Wish {
  readonly memberId: string;
  readonly key: string;
  readonly addressId: string;
  readonly lines: readonly { productId: string; quantity: number; exclusionConfirmed: boolean }[];
  /** One in thirty is given back. */
  readonly returned: boolean;
}

/** Later months are busier, working hours are likelier than evenings. Ends three hours ago. */
function momentOf(nowMs: number, at: { share: number; random: SeededRandom }): number {
  const agoDays = DAYS * (1 - Math.sqrt(at.share + 1 / PURCHASES));
  const day = nowMs - Math.floor(agoDays) * DAY_MS;
  const hourMs = (9 + at.random.below(10)) * 3_600_000 + at.random.below(3_600) * 1_000;
  const midnight = Math.floor((day + 8 * 3_600_000) / DAY_MS) * DAY_MS - 8 * 3_600_000;
  return Math.min(midnight + hourMs, nowMs - 3 * 3_600_000);
}

function createStory(base: Base, random: SeededRandom) {
  const people = createPeople({ supplierId: '', sponsorId: '' });
  const subjects = (keys: readonly string[]) => keys.flatMap((key) => people.byKey(key)?.subject ?? []);
  const { members } = people.directory();
  const branchOf = (memberId: string) => members.find((one) => one.id === memberId)?.memberships.at(-1)?.organisationId;
  const [ownId = ''] = subjects(['member']);
  const inBranch = members
    .filter((one) => one.memberships.at(-1)?.organisationId === branchOf(ownId))
    .slice(0, BUYERS_IN_BRANCH)
    .map((one) => one.id);
  const elsewhere = Array.from({ length: BUYERS_ELSEWHERE }, () => random.pick(members).id);
  const buyers = [...new Set([...subjects(['member', 'member2', 'secretary']), ...inBranch, ...elsewhere])];
  const shown = catalogue(base);
  const addressIds = new Map<string, string>();
  let made = 0;

  return {
    async addresses(): Promise<void> {
      for (const memberId of buyers) {
        const saved = await saveAddress(personContext(base, memberId, 'member'), {
          idempotencyKey: `seed-${derivedId(memberId).slice(0, 12)}`,
          recipient: '演示收货人',
          mobile: '13800001234',
          region: '重庆市渝中区',
          detail: '人民路 1 号（演示地址）',
          isDefault: true,
        });
        if (isRefusal(saved)) throw new Error(`no demo address: ${saved.code}`);
        addressIds.set(memberId, saved.addressId);
      }
    },
    /** So that the demo's member has a yuan on each step of its way, and whatever day it is, one that is disclosed. */
    honeyOf(month: string): Wish {
      return {
        memberId: ownId,
        key: `seed-honey-${month}`,
        addressId: addressIds.get(ownId) ?? '',
        lines: [{ productId: HONEY_ID, quantity: 1, exclusionConfirmed: true }],
        returned: false,
      };
    },
    purchases(count: number): Wish[] {
      return Array.from({ length: count }, () => {
        made += 1;
        // A quarter is bought in the branch that the demo's secretary reads.
        const memberId = random.below(4) === 0 ? random.pick(inBranch) : random.pick(buyers);
        return {
          memberId,
          key: `seed-purchase-${made}`,
          addressId: addressIds.get(memberId) ?? '',
          lines: wantedLines(shown, random),
          returned: random.below(30) === 0,
        };
      });
    },
  };
}

function wantedLines(shown: ReturnType<typeof catalogue>, random: SeededRandom): Wish['lines'] {
  const page = shown.products({ first: 100, sort: 'RECOMMENDED' });
  if (isRefusal(page)) throw new Error('the shelf gives no page');
  const plenty = page.edges.map((edge) => edge.product).filter((one) => one.stockLeft > 100);
  const chosen = new Map<string, number>();
  for (let lines = 1 + random.below(3); lines > 0; lines -= 1)
    chosen.set(random.pick(plenty).product._id, 1 + random.below(2));
  return [...chosen].map(([productId, quantity]) => ({ productId, quantity, exclusionConfirmed: true }));
}

/** One purchase, paid at once; null where it came to nothing or was given back. */
async function buy(base: Base, wish: Wish): Promise<Order | null> {
  const buyer = personContext(base, wish.memberId, 'member');
  const placed = await placeOrder(buyer, { idempotencyKey: wish.key, addressId: wish.addressId, lines: wish.lines });
  // A limit reached or a product sold out by then is life: this member bought something else.
  if (isRefusal(placed) || placed.placedBefore) return null;
  const { order } = placed;
  const paymentId = `${order._id}01`;
  const paid = { paymentId, transactionId: `demo${paymentId}`, amountFen: order.totalFen, paidAtMs: base.clock() };
  granted(await settlePayment(systemContext(base, 'seed'), paid), `payment ${paymentId}`);
  if (!wish.returned) return order;
  await giveBack(base, order);
  return null;
}

async function send(base: Base, order: Order): Promise<void> {
  const operator = personContext(base, 'seed-operator', 'operator');
  for (const { parcelId } of order.parcels) {
    const shipped = await shipParcel(operator, { orderId: order._id, parcelId, express: '邮政快递 演示单号' });
    granted(shipped, `parcel of ${order._id}`);
  }
}

async function receive(base: Base, order: Order): Promise<void> {
  const received = await confirmReceipt(personContext(base, order.memberId, 'member'), { orderId: order._id });
  granted(received, `receipt of ${order._id}`);
}

async function giveBack(base: Base, order: Order): Promise<void> {
  const buyer = personContext(base, order.memberId, 'member');
  const asked = await requestRefund(buyer, {
    idempotencyKey: 'seed-refund',
    orderId: order._id,
    lines: null,
    reason: '买重复了',
  });
  if (isRefusal(asked)) return;
  const { refundId, amountFen } = asked.refund;
  const decided = await decideRefund(personContext(base, 'seed-operator', 'operator'), {
    refundId,
    approve: true,
    reason: '尚未发货，同意退款',
  });
  granted(decided, `refund ${refundId}`);
  granted(await settleRefund(systemContext(base, 'seed'), { refundId, amountFen }), `refund ${refundId}`);
}

function personContext(base: Base, memberId: string, role: 'member' | 'operator'): Context {
  return { base, actor: { kind: 'person', memberId, roles: [{ name: role }] }, requestId: 'seed', log: base.log };
}
