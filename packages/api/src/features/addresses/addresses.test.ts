import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { testDatabase } from '../../../test/mongo.js';
import type { Actor } from '../../kernel/authority.js';
import { systemClock } from '../../kernel/clock.js';
import type { Base, Context } from '../../kernel/context.js';
import { systemRandom } from '../../kernel/ids.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { ensureCollections } from '../../kernel/store.js';
import {
  type Address,
  addressBookStore,
  addressKeys,
  createAddressKeys,
  MAX_ADDRESSES,
  openSealedAddress,
  readAddressBook,
  removeAddress,
  restoreAddress,
  saveAddress,
  sealedAddressFor,
} from './index.js';

const database = testDatabase('addresses');
const oldKey = `old:${randomBytes(32).toString('base64')}`;
let base: Base;

beforeAll(async () => {
  const db = await database.connect();
  base = {
    db,
    clock: systemClock,
    random: systemRandom,
    log: pino({ level: 'silent' }),
    stopping: new AbortController().signal,
  };
  addressKeys.fill(base, createAddressKeys([oldKey]));
  await ensureCollections(db);
});
afterAll(() => database.drop());

const member = (memberId: string): Context => {
  const actor: Actor = { kind: 'person', memberId, roles: [{ name: 'member' }] };
  return { base, actor, requestId: 'test', log: base.log };
};
let keys = 0;
const newKey = (): string => `key-00000-${(keys += 1)}`;
const input = (more: object = {}) => ({
  idempotencyKey: newKey(),
  recipient: '王小蜜',
  mobile: '13812341234',
  region: '重庆市渝中区',
  detail: '人民路 1 号',
  isDefault: false,
  ...more,
});
const ok = async (saving: Promise<Address | Refusal>): Promise<Address> => {
  const saved = await saving;
  if (isRefusal(saved)) throw new Error(saved.code);
  return saved;
};
const codeOf = async (doing: Promise<unknown>): Promise<string | undefined> => {
  const done = await doing;
  return isRefusal(done) ? done.code : undefined;
};

describe('a saved address', () => {
  it('is shown with its mobile masked, and the first one is the default', async () => {
    const saved = await ok(saveAddress(member('a'), input()));
    expect(saved).toMatchObject({ recipient: '王小蜜', mobile: '138****1234', isDefault: true });
    expect(await readAddressBook(base, 'a')).toEqual([saved]);
  });

  it('lies sealed in the database', async () => {
    await ok(saveAddress(member('sealed'), input()));
    const stored = JSON.stringify(await addressBookStore.collection(base).findOne({ _id: 'sealed' }));
    expect(stored).not.toMatch(/王小蜜|13812341234|人民路/);
  });

  it('is written once for one key, and refused for the same key with other content', async () => {
    const ctx = member('same');
    const request = input();
    const [first, second] = await Promise.all([ok(saveAddress(ctx, request)), ok(saveAddress(ctx, request))]);
    expect(second).toEqual(first);
    expect(await readAddressBook(base, 'same')).toHaveLength(1);
    expect(await codeOf(saveAddress(ctx, { ...request, detail: '别处' }))).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('keeps its mobile when the masked one is sent back', async () => {
    const ctx = member('masked');
    const { addressId } = await ok(saveAddress(ctx, input()));
    await ok(saveAddress(ctx, input({ addressId, mobile: '138****1234', detail: '新华路 2 号' })));
    const sealed = await sealedAddressFor(ctx, 'masked', addressId);
    if (isRefusal(sealed)) throw new Error(sealed.code);
    expect(openSealedAddress(base, sealed)).toMatchObject({ mobile: '13812341234', detail: '新华路 2 号' });
  });

  it('opens after a change of keys, but not when its box was changed', async () => {
    const ctx = member('rotated');
    const { addressId } = await ok(saveAddress(ctx, input()));
    const sealed = await sealedAddressFor(ctx, 'rotated', addressId);
    if (isRefusal(sealed)) throw new Error(sealed.code);
    const renewed: Base = { ...base };
    addressKeys.fill(renewed, createAddressKeys([`new:${randomBytes(32).toString('base64')}`, oldKey]));
    expect(openSealedAddress(renewed, sealed).recipient).toBe('王小蜜');
    const box = Buffer.from(sealed.box, 'base64');
    box[40] = (box[40] ?? 0) ^ 1;
    expect(() => openSealedAddress(base, { ...sealed, box: box.toString('base64') })).toThrow();
    expect(() => openSealedAddress(base, { ...sealed, addressId: 'another' })).toThrow();
  });
});

describe('an address book', () => {
  it('has one default, however it is changed', async () => {
    const ctx = member('defaults');
    const first = await ok(saveAddress(ctx, input()));
    const second = await ok(saveAddress(ctx, input({ isDefault: true })));
    expect((await readAddressBook(base, 'defaults')).map((one) => [one.addressId, one.isDefault])).toEqual([
      [second.addressId, true],
      [first.addressId, false],
    ]);
    await removeAddress(ctx, second);
    expect(await readAddressBook(base, 'defaults')).toMatchObject([{ addressId: first.addressId, isDefault: true }]);
  });

  it('ends at twenty, also when more arrive at once', async () => {
    const ctx = member('many');
    for (let count = 0; count < MAX_ADDRESSES - 1; count += 1) await ok(saveAddress(ctx, input()));
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(saveAddress(ctx, input()))));
    expect(codes.filter((code) => code === 'ADDRESS_TOO_MANY')).toHaveLength(2);
    expect(await readAddressBook(base, 'many')).toHaveLength(MAX_ADDRESSES);
  });

  it('is nobody else’s', async () => {
    const { addressId } = await ok(saveAddress(member('owner'), input()));
    expect(await codeOf(sealedAddressFor(member('thief'), 'thief', addressId))).toBe('ADDRESS_UNKNOWN');
    expect(await codeOf(saveAddress(member('thief'), input({ addressId })))).toBe('ADDRESS_UNKNOWN');
    expect(await removeAddress(member('thief'), { addressId })).toEqual({ removedId: addressId, undo: null });
    expect(await readAddressBook(base, 'owner')).toHaveLength(1);
  });
});

describe('an address that was removed', () => {
  const undoOf = async (ctx: Context, addressId: string): Promise<string> => {
    const removed = await removeAddress(ctx, { addressId });
    if (isRefusal(removed) || removed.undo === null) throw new Error('nothing was removed');
    return removed.undo;
  };

  it('comes back whole, once, with its number and as the default that it was', async () => {
    const ctx = member('undone');
    const first = await ok(saveAddress(ctx, input()));
    await ok(saveAddress(ctx, input({ recipient: '另一位' })));
    const undo = await undoOf(ctx, first.addressId);
    const stored = JSON.stringify(await addressBookStore.collection(base).findOne({ _id: 'undone' }));
    expect(stored).not.toContain(first.addressId);
    const [one, other] = await Promise.all([ok(restoreAddress(ctx, { undo })), ok(restoreAddress(ctx, { undo }))]);
    expect([one, other]).toEqual([first, first]);
    expect(await readAddressBook(base, 'undone')).toHaveLength(2);
    const sealed = await sealedAddressFor(ctx, 'undone', first.addressId);
    expect(isRefusal(sealed) || openSealedAddress(base, sealed).mobile).toBe('13812341234');
  });

  it('comes back to its owner alone, and not from a text that is no removal', async () => {
    const ctx = member('undo-owner');
    const undo = await undoOf(ctx, (await ok(saveAddress(ctx, input()))).addressId);
    expect(await codeOf(restoreAddress(member('undo-thief'), { undo }))).toBe('UNDO_INVALID');
    expect(await codeOf(restoreAddress(ctx, { undo: `${undo}x` }))).toBe('UNDO_INVALID');
    expect(await codeOf(restoreAddress(ctx, { undo: 'k1.' }))).toBe('UNDO_INVALID');
    expect(undo).not.toMatch(/王小蜜|13812341234/);
  });
});

describe('an address is taken as it was pasted', () => {
  it('with hidden characters, blanks and hyphens, a line break and a country code', async () => {
    const pasted = { recipient: '王\u200b小蜜', mobile: '\u202d+86 138-1234 1234\u202c', detail: '人民路\n1 号' };
    const ctx = member('pasted');
    const { addressId } = await ok(saveAddress(ctx, input(pasted)));
    const sealed = await sealedAddressFor(ctx, 'pasted', addressId);
    if (isRefusal(sealed)) throw new Error(sealed.code);
    const right = { recipient: '王小蜜', mobile: '13812341234', detail: '人民路 1 号' };
    expect(openSealedAddress(base, sealed)).toMatchObject(right);
  });

  it.each(['重庆市渝中区', '吉林省吉林市', '吉林市船营区', '湖北仙桃市', '新疆喀什地区', '内蒙古 锡林郭勒盟'])(
    'to %s',
    async (region) => {
      expect(await ok(saveAddress(member(region), input({ region })))).toMatchObject({ region });
    },
  );
});

describe('an address is refused', () => {
  it.each([
    [{ recipient: '  ' }, 'recipient'],
    [{ recipient: '王'.repeat(31) }, 'recipient'],
    [{ recipient: '\u200b' }, 'recipient'],
    [{ region: '重庆市' }, 'region'],
    [{ region: '重庆市 重庆市 市辖区' }, 'region'],
    [{ region: '新疆维吾尔自治区' }, 'region'],
    [{ mobile: '12812341234' }, 'mobile'],
    [{ mobile: '138****1234' }, 'mobile'],
  ])('with %p', async (wrong, path) => {
    expect(await saveAddress(member('wrong'), input(wrong))).toMatchObject({ code: 'ADDRESS_INVALID', path });
  });

  it('without a member', async () => {
    const stranger: Context = { ...member('x'), actor: { kind: 'anonymous' } };
    expect(await codeOf(saveAddress(stranger, input()))).toBe('SIGNED_OUT');
    expect(await codeOf(removeAddress(stranger, { addressId: 'x' }))).toBe('SIGNED_OUT');
  });
});

describe('address keys', () => {
  it('are refused without being shown', () => {
    expect(() => createAddressKeys(['c2hvcnQ='])).toThrow('address key 1 has 5 bytes');
    expect(() => createAddressKeys([])).toThrow('at least one');
    expect(() => createAddressKeys([oldKey, oldKey])).toThrow('share an id');
  });
});
