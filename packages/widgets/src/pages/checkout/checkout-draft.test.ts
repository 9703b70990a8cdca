import { describe, expect, it } from '@jest/globals';
import { createDraftKeeper, draftAmong } from './checkout-draft.js';
import { memoryStorage } from '../../../test/memory-storage.js';

const TYPED = { recipient: '李四', mobile: '138', region: '', detail: '', isDefault: false };
const home = { id: 'home', isDefault: true };
const work = { id: 'work', isDefault: false };

describe('the draft of a checkout', () => {
  it('is there after a reload, and gone once somebody else signed in', () => {
    const storage = memoryStorage();
    const draft = { addressId: 'work', form: { editing: 'new', typed: TYPED }, confirmed: ['honey'] };
    createDraftKeeper(() => storage).write('one', draft);
    expect(createDraftKeeper(() => storage).read('one')).toEqual(draft);
    expect(createDraftKeeper(() => storage).read('two')).toEqual({ confirmed: [] });
    expect(createDraftKeeper(() => storage).read('one')).toEqual({ confirmed: [] });
  });

  it('chooses the usual address where none was chosen, and none where the chosen one is gone', () => {
    expect(draftAmong({ confirmed: [] }, [work, home]).addressId).toBe('home');
    expect(draftAmong({ addressId: 'work', confirmed: [] }, [work, home]).addressId).toBe('work');
    expect(draftAmong({ addressId: 'work', confirmed: [] }, [home]).addressId).toBeUndefined();
  });

  it('keeps what was typed where the address that it was to change is gone: it is a new one then', () => {
    const form = { editing: 'work', typed: TYPED };
    expect(draftAmong({ form, confirmed: [] }, [home]).form).toEqual({ editing: 'new', typed: TYPED });
  });

  it('is nothing where the text is not its own', () => {
    for (const text of ['{', '[]', '{"form":{"editing":1}}'])
      expect(createDraftKeeper(() => memoryStorage({ 'aixin.checkout.one': text })).read('one').form).toBeUndefined();
  });
});
