import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { refusal } from './fixtures/buying.js';
import { memberFixture } from './fixtures/member.js';
import { operatorWorld } from './fixtures/operator.js';
import { useStage } from './stage.js';

let made: ReturnType<typeof operatorWorld>;
const { open, answerWith } = useStage(() => (made = operatorWorld()).answers);

const title = (on: Page) => on.getByRole('heading', { level: 1, name: '待办与异常' });
const asked = () => made.world.asked;

describe('the operator’s console', () => {
  it('is accessible on a desk, on a phone, in the dark and in large type, and the console is quiet', async () => {
    const looks: OpenOptions[] = [
      {},
      { phone: true },
      { attributes: { theme: 'dark' } },
      { phone: true, attributes: { 'large-type': '' } },
    ];
    for (const look of looks) {
      const shown = await open('/operator', look);
      await title(shown).waitFor();
      await shown.getByRole('button', { name: '核对：订单 2611 2200 0003' }).click();
      await shown.getByText('其中几件').click();
      await shown.getByLabel('大巴山百花蜂蜜 500 克（件）').waitFor();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('says how long something is stuck and why in the provider’s words, and lets it be tried at once', async () => {
    const shown = await open('/operator');
    await shown.getByText('卡了 2 天，试过 14 次').waitFor();
    await shown.getByText('NOT_ENOUGH 基本账户余额不足，请充值后重新发起').waitFor();
    await shown.getByText('不会自己再试').waitFor();
    await shown.getByRole('button', { name: '再试：发出退款，订单 2611 2200 0001' }).click();
    await shown.getByText('已安排，几秒内再试').waitFor();
    expect(asked()).toEqual([{ name: 'tryStuckNow', input: { queue: 'REFUND', itemId: 'r1' } }]);
    made.world.refusal = refusal('STUCK_UNKNOWN', '这一项已经不在等待了，请刷新列表。');
    await shown.getByRole('button', { name: /再试：退回多付/ }).click();
    await shown.getByText('这一项已经不在等待了').waitFor();
  });

  it('shows why a refund failed in full, and sends it once more with a reason', async () => {
    const shown = await open('/operator');
    await shown.getByText('支付平台：退款异常：付款的银行卡已作废或冻结（ABNORMAL）').waitFor();
    await shown.getByRole('button', { name: '再退一次：订单 2611 2200 0002，¥39.00' }).click();
    const dialog = shown.locator('aixin-dialog[open]');
    await dialog.getByRole('button', { name: '再退一次' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(asked()).toEqual([]);
    await dialog.getByLabel('理由').fill('买家换了银行卡');
    await dialog.getByRole('button', { name: '再退一次' }).click();
    await shown.getByText('退款正在办理').waitFor();
    const input = { refundId: 'refund-1', approve: true, reason: '买家换了银行卡' };
    expect(asked()).toEqual([{ name: 'decideRefund', input }]);
    await shown.getByText('奉节脐橙').waitFor({ state: 'detached' });
  });

  it('books a refund made at the platform: all that is left, or some goods; what is refused loses no typing', async () => {
    const shown = await open('/operator');
    await shown.getByRole('button', { name: /^核对/ }).click();
    const dialog = shown.locator('aixin-dialog[open]');
    await dialog.getByText('其中几件').click();
    // Of what went back already nothing is offered.
    expect(await dialog.getByLabel(/城口老腊肉/).count()).toBe(0);
    await dialog.getByRole('textbox', { name: '核对结果' }).fill('客服在商户平台退的');
    await dialog.getByLabel(/大巴山百花蜂蜜/).fill('3');
    await dialog.getByRole('button', { name: '确定' }).click();
    await dialog.getByText('不多于剩下的件数').waitFor();
    await dialog.getByLabel(/大巴山百花蜂蜜/).fill('1');
    made.world.refusal = refusal('OUTSIDE_REFUND_AMOUNT', '平台退了 68.00 元，这些商品应退 60.00 元，对不上。', {
      path: 'lines',
    });
    await dialog.getByRole('button', { name: '确定' }).click();
    await dialog.getByText('对不上').waitFor();
    expect(await dialog.getByRole('textbox', { name: '核对结果' }).inputValue()).toBe('客服在商户平台退的');
    made.world.refusal = null;
    await dialog.getByRole('button', { name: '确定' }).click();
    await shown.getByText('已记入订单').waitFor();
    const common = { orderId: 'order-3', outsideId: made.outside.outsideId, reason: '客服在商户平台退的' };
    expect(asked().at(-1)).toEqual({
      name: 'bookOutsideRefund',
      input: { ...common, lines: [{ lineId: '1', quantity: 1 }] },
    });
    await shown.getByRole('button', { name: /^核对/ }).waitFor({ state: 'detached' });
  });

  it('only notes what a refund was whose amount is not known yet', async () => {
    made.outside.amountFen = null;
    const shown = await open('/operator');
    await shown.getByText('金额待次日账单').waitFor();
    await shown.getByRole('button', { name: /^核对/ }).click();
    const dialog = shown.locator('aixin-dialog[open]');
    await dialog.getByRole('radio').waitFor();
    expect(await dialog.getByRole('radio').count()).toBe(1);
    await dialog.getByRole('textbox', { name: '核对结果' }).fill('活动补贴，与商品无关');
    await dialog.getByRole('button', { name: '确定' }).click();
    await shown.getByText('已登记核对结果').waitFor();
    expect(asked()).toMatchObject([{ name: 'decideOutsideRefund', input: { reason: '活动补贴，与商品无关' } }]);
  });

  it('says that all is well, that it is for others, or that one is not signed in', async () => {
    Object.assign(made.desk, { stuck: [], refunds: [], outside: [] });
    const calm = await open('/operator', { phone: true });
    await calm.getByText('没有要处理的事').waitFor();
    await expectAccessible(calm);
    const none = { stuckWork: null, refundRequests: null, outsideRefunds: null };
    answerWith({ ...made.answers, ...none, me: memberFixture() });
    await (await open('/operator')).getByText('这里只对平台运营开放').waitFor();
    answerWith({ ...made.answers, ...none, me: null });
    await (await open('/operator', { token: null })).getByRole('button', { name: '去登录' }).waitFor();
  });
});
