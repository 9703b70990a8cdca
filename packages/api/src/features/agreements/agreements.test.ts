import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agreementFixture, termsInput } from '../../../test/agreement-fixture.js';
import { type Heart, startHeart } from '../../../test/heart.js';
import { productFixture } from '../../../test/product-fixture.js';
import type { Role } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal } from '../../kernel/refusal.js';
import { productStore, supplierStore } from '../catalogue/index.js';
import {
  type Agreement,
  agreementStore,
  approveAgreement,
  askEnd,
  budgetStore,
  declineEnd,
  draftAgreement,
  endAgreement,
  makersOf,
  readAgreement,
  readAgreements,
  rejectAgreement,
  reviseAgreement,
  submitAgreement,
  termsHash,
} from './index.js';

let heart: Heart;
let maker: Context;
let checker: Context;
let keyCount = 0;

const idempotencyKey = (): string => `key-${String((keyCount += 1)).padStart(6, '0')}`;
const as = (memberId: string, ...names: ('fund-maker' | 'fund-checker' | 'auditor' | 'operator')[]): Context => {
  const roles: Role[] = names.map((name) => ({ name }));
  return { base: heart.base, actor: { kind: 'person', memberId, roles }, requestId: 'test', log: heart.base.log };
};
const codeOf = (answer: Agreement | Refusal): string => (isRefusal(answer) ? answer.code : answer.state);
const done = (answer: Agreement | Refusal): Agreement => {
  if (isRefusal(answer)) throw new Error(`refused: ${answer.code}`);
  return answer;
};
/** Of one product each, so that tests do not meet. */
const draft = async (productId: string, more: Partial<ReturnType<typeof termsInput>> = {}): Promise<Agreement> => {
  const terms = { ...termsInput(), number: `JX-${productId}`, productIds: [productId], ...more };
  return done(await draftAgreement(maker, { idempotencyKey: idempotencyKey(), terms }));
};
const submitted = async (...args: Parameters<typeof draft>): Promise<Agreement> => {
  const { _id } = await draft(...args);
  return done(await submitAgreement(maker, { idempotencyKey: idempotencyKey(), agreementId: _id }));
};
const approve = (agreement: Agreement, ctx = checker, key = idempotencyKey()): Promise<Agreement | Refusal> =>
  approveAgreement(ctx, { idempotencyKey: key, agreementId: agreement._id, contentHash: termsHash(agreement) });

beforeAll(async () => {
  heart = await startHeart('agreements');
  maker = as('maker-1', 'fund-maker');
  checker = as('checker-1', 'fund-checker');
  const products = Array.from({ length: 12 }, (_, n) => productFixture({ _id: `p-${n}`, title: `山货${n}号` }));
  await productStore.collection(heart.base).insertMany(products);
});
afterAll(() => heart.stop());

describe('the way of an agreement', () => {
  it('goes from a draft by one person into force by another, with its history', async () => {
    const agreement = done(await approve(await submitted('p-0', { monthlyCapFen: 10_000 })));
    expect(agreement.state).toBe('IN_FORCE');
    expect(agreement.history.map((step) => [step.what, step.by])).toEqual([
      ['DRAFTED', 'maker-1'],
      ['SUBMITTED', 'maker-1'],
      ['APPROVED', 'checker-1'],
    ]);
    expect(new Set(agreement.history.map((step) => step.contentHash))).toEqual(new Set([termsHash(agreement)]));
    expect(await readAgreement(heart.base, agreement._id)).toEqual(agreement);
    const budgets = await budgetStore
      .collection(heart.base)
      .find({ _id: new RegExp(`^${agreement._id}`) })
      .toArray();
    expect(budgets.map((one) => one.leftFen)).toEqual([50_000, ...Array<number>(12).fill(10_000)]);
  });

  it('promises nothing before it is in force: there is no budget', async () => {
    const { _id } = await submitted('p-1');
    expect(await budgetStore.collection(heart.base).countDocuments({ _id })).toBe(0);
  });

  it('goes back to its maker with a reason, is written anew, and only then comes into force', async () => {
    const first = await submitted('p-2');
    const input = { idempotencyKey: idempotencyKey(), agreementId: first._id };
    expect(codeOf(await rejectAgreement(checker, { ...input, reason: ' ' }))).toBe('REASON_INVALID');
    const back = done(await rejectAgreement(checker, { ...input, reason: '上限与纸面不一致' }));
    expect([back.state, back.history.at(-1)?.reason]).toEqual(['DRAFT', '上限与纸面不一致']);
    const terms = { ...termsInput(), number: 'JX-p-2', productIds: ['p-2'], capFen: 60_000 };
    const revised = done(await reviseAgreement(maker, { ...input, idempotencyKey: idempotencyKey(), terms }));
    expect(revised.capFen).toBe(60_000);
    const again = done(await submitAgreement(maker, { ...input, idempotencyKey: idempotencyKey() }));
    expect(codeOf(await approve(again))).toBe('IN_FORCE');
  });

  it('is frozen once it was submitted, and more so in force', async () => {
    const agreement = await submitted('p-3');
    const input = { agreementId: agreement._id, terms: { ...termsInput(), productIds: ['p-3'] } };
    expect(codeOf(await reviseAgreement(maker, { ...input, idempotencyKey: idempotencyKey() }))).toBe('NOT_DRAFT');
    await approve(agreement);
    expect(codeOf(await reviseAgreement(maker, { ...input, idempotencyKey: idempotencyKey() }))).toBe('NOT_DRAFT');
    expect(codeOf(await submitAgreement(maker, { ...input, idempotencyKey: idempotencyKey() }))).toBe('NOT_DRAFT');
  });

  it('ends early when another person agrees to the reason that was asked for, and what is held stays held', async () => {
    const agreement = done(await approve(await submitted('p-4')));
    const before = await budgetStore.collection(heart.base).findOne({ _id: agreement._id });
    const input = { agreementId: agreement._id, reason: '双方协商终止' };
    const tell = async (how: typeof endAgreement, who: Context, more: { reason?: string } = {}): Promise<string> =>
      codeOf(await how(who, { ...input, idempotencyKey: idempotencyKey(), ...more }));
    expect(await tell(endAgreement, checker)).toBe('END_NOT_ASKED');
    expect(await tell(askEnd, as('auditor-1', 'auditor'))).toBe('NOT_ALLOWED');
    expect(await tell(askEnd, checker)).toBe('IN_FORCE');
    expect(await tell(askEnd, maker)).toBe('END_ASKED');
    expect(await tell(endAgreement, checker)).toBe('SAME_PERSON');
    expect(await tell(endAgreement, maker)).toBe('NOT_ALLOWED');
    const other = as('checker-2', 'fund-checker');
    expect(await tell(endAgreement, other, { reason: '别的原因' })).toBe('CONTENT_CHANGED');
    expect(await tell(endAgreement, other)).toBe('ENDED');
    expect(await budgetStore.collection(heart.base).findOne({ _id: agreement._id })).toEqual(before);
    expect(await tell(endAgreement, other)).toBe('NOT_IN_FORCE');
    expect(await tell(askEnd, checker)).toBe('NOT_IN_FORCE');
    const steps = (await readAgreement(heart.base, agreement._id))?.history.slice(-2);
    expect(steps?.map(({ what, by, reason }) => [what, by, reason])).toEqual([
      ['END_ASKED', 'checker-1', '双方协商终止'],
      ['ENDED', 'checker-2', '双方协商终止'],
    ]);
  });

  it('holds on when the wish to end it is declined, or taken back by whoever asked', async () => {
    const agreement = done(await approve(await submitted('p-1', { number: 'JX-holds-on' })));
    const tell = async (how: typeof endAgreement, who: Context): Promise<string> =>
      codeOf(await how(who, { agreementId: agreement._id, reason: '再商量', idempotencyKey: idempotencyKey() }));
    expect(await tell(declineEnd, checker)).toBe('END_NOT_ASKED');
    for (const [asks, declines] of [
      [maker, checker],
      [maker, maker],
      [checker, checker],
    ] as const) {
      expect(await tell(askEnd, asks)).toBe('IN_FORCE');
      expect(await tell(declineEnd, declines)).toBe('IN_FORCE');
      expect(await tell(endAgreement, as('checker-2', 'fund-checker'))).toBe('END_NOT_ASKED');
    }
    expect(await tell(askEnd, checker)).toBe('IN_FORCE');
    expect(await tell(declineEnd, maker)).toBe('NOT_ALLOWED');
  });
});

describe('two persons', () => {
  it('are needed, even where one person has both roles', async () => {
    const both = as('both', 'fund-maker', 'fund-checker');
    const terms = { ...termsInput(), number: 'JX-both', productIds: ['p-5'] };
    const agreement = done(await draftAgreement(both, { idempotencyKey: idempotencyKey(), terms }));
    const sent = done(await submitAgreement(maker, { idempotencyKey: idempotencyKey(), agreementId: agreement._id }));
    expect(makersOf(sent)).toEqual(['both', 'maker-1']);
    expect(codeOf(await approve(sent, both))).toBe('SAME_PERSON');
    const reject = { idempotencyKey: idempotencyKey(), agreementId: sent._id, reason: '自己退回自己' };
    expect(codeOf(await rejectAgreement(both, reject))).toBe('SAME_PERSON');
    expect(codeOf(await approve(sent, checker))).toBe('IN_FORCE');
  });

  it.each(['auditor', 'operator'] as const)('are of the fund: %s does nothing', async (name) => {
    const ctx = as('somebody', name);
    const input = {
      idempotencyKey: idempotencyKey(),
      agreementId: 'x',
      reason: 'x',
      terms: termsInput(),
      contentHash: '',
    };
    for (const command of [
      draftAgreement,
      reviseAgreement,
      submitAgreement,
      approveAgreement,
      rejectAgreement,
      endAgreement,
    ]) {
      expect(codeOf(await command(ctx, input))).toBe('NOT_ALLOWED');
    }
  });

  it('cannot be tricked: what was changed after the checker read it is not approved', async () => {
    const seen = await submitted('p-6');
    await rejectAgreement(as('checker-2', 'fund-checker'), {
      ...{ idempotencyKey: idempotencyKey(), agreementId: seen._id, reason: '请改上限' },
    });
    const terms = { ...termsInput(), number: 'JX-p-6', productIds: ['p-6'], capFen: 49_999 };
    await reviseAgreement(maker, { idempotencyKey: idempotencyKey(), agreementId: seen._id, terms });
    await submitAgreement(maker, { idempotencyKey: idempotencyKey(), agreementId: seen._id });
    expect(codeOf(await approve(seen))).toBe('CONTENT_CHANGED');
    await agreementStore.collection(heart.base).updateOne({ _id: seen._id }, { $set: { capFen: 1_000_000 } });
    const now = await readAgreement(heart.base, seen._id);
    expect(codeOf(await approve({ ...now!, capFen: 49_999 }))).toBe('CONTENT_CHANGED');
  });
});

describe('a product', () => {
  it('belongs to one agreement in force at a time: the other is named', async () => {
    await approve(await submitted('p-7'));
    const second = await submitted('p-7', { number: 'JX-second' });
    const refused = await approve(second);
    expect(codeOf(refused)).toBe('OVERLAP');
    expect(isRefusal(refused) && refused.message).toContain('JX-p-7');
    expect(isRefusal(refused) && refused.message).toContain('山货7号');
    expect(await budgetStore.collection(heart.base).countDocuments({ _id: second._id })).toBe(0);
    const later = await submitted('p-7', { number: 'JX-later', firstDay: '2027-01-01', lastDay: '2027-12-31' });
    expect(codeOf(await approve(later))).toBe('IN_FORCE');
  });

  it('is found by its properties as well, off the shelf too', async () => {
    await productStore
      .collection(heart.base)
      .insertOne(productFixture({ _id: 'off', offShelf: true, supplierId: 's-9' }));
    await supplierStore.collection(heart.base).insertOne({ _id: 's-9', name: '山货社', countyCode: '500229' });
    await approve(await submitted('off'));
    const bySupplier = await submitted('p-8', { number: 'JX-s-9', productIds: [], supplierIds: ['s-9'] });
    expect(codeOf(await approve(bySupplier))).toBe('OVERLAP');
  });

  it('is promised by one of two that are approved in the same moment', async () => {
    const rivals = [await submitted('p-9', { number: 'JX-9a' }), await submitted('p-9', { number: 'JX-9b' })];
    const codes = (await Promise.all(rivals.map((one) => approve(one)))).map(codeOf);
    expect(codes.sort()).toEqual(['IN_FORCE', 'OVERLAP']);
  });

  it('passes to the agreement that takes another’s place, which ends in the same moment', async () => {
    const old = done(await approve(await submitted('p-10')));
    const next = await submitted('p-10', { number: 'JX-10-new', replacesId: old._id });
    expect(codeOf(await approve(next))).toBe('IN_FORCE');
    const ended = await readAgreement(heart.base, old._id);
    expect([ended?.state, ended?.history.at(-1)?.reason]).toEqual(['ENDED', '由 JX-10-new 替代']);
  });
});

describe('a key', () => {
  it('makes one draft, however often it is sent; with other content it is refused', async () => {
    const input = {
      idempotencyKey: idempotencyKey(),
      terms: { ...termsInput(), number: 'JX-once', productIds: ['p-11'] },
    };
    const answers = await Promise.all(Array.from({ length: 5 }, () => draftAgreement(maker, input)));
    expect(new Set(answers.map((one) => done(one)._id)).size).toBe(1);
    const other = { ...input, terms: { ...input.terms, capFen: 1_000 } };
    expect(codeOf(await draftAgreement(maker, other))).toBe('KEY_REUSED');
    expect(codeOf(await draftAgreement(maker, { ...input, idempotencyKey: 'short' }))).toBe('KEY_INVALID');
    expect((await readAgreements(heart.base)).filter((one) => one.number === 'JX-once')).toHaveLength(1);
  });

  it('approves once: the second run meets the first', async () => {
    const agreement = await submitted('p-11');
    const key = idempotencyKey();
    const answers = await Promise.all(Array.from({ length: 4 }, () => approve(agreement, checker, key)));
    expect(answers.map(codeOf)).toEqual(Array(4).fill('IN_FORCE'));
    const after = await readAgreement(heart.base, agreement._id);
    expect(after?.history.filter((step) => step.what === 'APPROVED')).toHaveLength(1);
    const reject = { idempotencyKey: key, agreementId: agreement._id, reason: '换了主意' };
    expect(codeOf(await rejectAgreement(checker, reject))).toBe('KEY_REUSED');
  });
});

describe('a draft is refused', () => {
  it.each([
    ['a number that is taken', { number: 'JX-taken', productIds: ['p-0'] }, 'NUMBER_TAKEN'],
    ['a product that there is not', { productIds: ['p-0', 'nothing'] }, 'PRODUCT_UNKNOWN'],
    ['a wrong code of the sponsor', { sponsorUscc: '91500000MADEM0001K' }, 'USCC_INVALID'],
    ['the place of an agreement that there is not', { productIds: ['p-0'], replacesId: 'none' }, 'REPLACED_UNKNOWN'],
  ])('with %s', async (_what, change, code) => {
    await agreementStore
      .collection(heart.base)
      .updateOne(
        { _id: 'taken' },
        { $set: agreementFixture({ _id: 'taken', number: 'JX-taken', state: 'ENDED' }) },
        { upsert: true },
      );
    const terms = { ...termsInput(), number: 'JX-refused', ...change };
    expect(codeOf(await draftAgreement(maker, { idempotencyKey: idempotencyKey(), terms }))).toBe(code);
  });

  it('into force when its term is over', async () => {
    const agreement = await submitted('p-1', { number: 'JX-old', firstDay: '2025-01-01', lastDay: '2025-12-31' });
    expect(codeOf(await approve(agreement))).toBe('TERM_OVER');
  });
});

describe('an agreement written before there were these fields', () => {
  it('is read whole', async () => {
    const { sponsorUscc, publishesName, monthlyCapFen, properties, fileIds, replacesId, revision, history, ...old } =
      agreementFixture({ _id: 'before' });
    await agreementStore.collection(heart.base).insertOne(old as Agreement);
    expect(await readAgreement(heart.base, 'before')).toEqual({
      ...agreementFixture({ _id: 'before' }),
      ...{ sponsorUscc: '', publishesName, monthlyCapFen, properties, fileIds, replacesId, revision, history },
    });
    expect(sponsorUscc).not.toBe('');
  });
});
