import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { deskAnswers, disclosureDesk } from './fixtures/disclosure.js';
import { memberFixture } from './fixtures/member.js';
import { worldOfEffects } from './fixtures/world.js';
import { useStage } from './stage.js';

const PEOPLE = {
  maker: ['FUND', 'FUND_MAKE'],
  checker: ['FUND', 'FUND_CHECK'],
  auditor: ['AUDIT'],
  sponsor: ['SPONSOR'],
};

const answersFor = (who: keyof typeof PEOPLE, answers: object = deskAnswers()) => {
  const me = memberFixture({ capabilities: PEOPLE[who] });
  return { ...worldOfEffects().answers, ...answers, me };
};
const { open: openPage, sent, answerWith } = useStage(() => answersFor('checker'));
const as = (...who: Parameters<typeof answersFor>): void => {
  answerWith(answersFor(...who));
};
const open = (options: OpenOptions = {}) => openPage('/fund?tab=disclosure', options);
const inputOf = (operation: string) => sent(operation)[0]?.variables['input'] as Record<string, string> | undefined;
const draft = (on: Page) => on.getByRole('region', { name: '草稿：2026-10-01 至 2026-10-31' });
/** What is slotted into a dialog is no child of it to a locator. */
const asked = (on: Page) => on.locator('aixin-reason-dialog');

describe('the disclosures in the console', () => {
  it('are accessible on a desk and on a phone, in the dark and in large type, with the whole draft', async () => {
    const looks: OpenOptions[] = [
      {},
      { phone: true },
      { attributes: { theme: 'dark' } },
      { phone: true, attributes: { 'large-type': '' } },
    ];
    for (const look of looks) {
      const shown = await open(look);
      await draft(shown).getByRole('button', { name: '看全部内容' }).click();
      await shown.getByText('从一次购买，到一次帮助').waitFor();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('are published by the checker, as seen, after a question', async () => {
    const shown = await open();
    await draft(shown).getByText('有 4 项未结清，会如实列在公示里').waitFor();
    await draft(shown).getByRole('button', { name: '公示', exact: true }).click();
    await asked(shown).getByText('公示后所有人都能看到', { exact: false }).waitFor();
    await asked(shown).getByRole('button', { name: '确认公示' }).click();
    await shown.getByText('GS20260701-20260930 已公示').waitFor();
    expect(inputOf('PublishDisclosure')).toMatchObject({
      packId: 'draft-id',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('say why they were refused, beside the question', async () => {
    const refusal = { __typename: 'Refusal', code: 'PACK_OUTDATED', message: '草稿生成后账目又有了变化，请重新生成。' };
    as('checker', deskAnswers(disclosureDesk(), refusal));
    const shown = await open();
    await draft(shown).getByRole('button', { name: '公示', exact: true }).click();
    await asked(shown).getByRole('button', { name: '确认公示' }).click();
    await asked(shown).getByText('草稿生成后账目又有了变化', { exact: false }).waitFor();
  });

  it('cannot be published by who made the draft, nor with a fault, nor by the auditor', async () => {
    const fault = { code: 'BOOKS_DIFFER', text: '期末余额和总账的“基金”科目相差 1 分，请先查清。' };
    for (const [who, change] of [
      ['checker', { isOwn: true }],
      ['checker', { faults: [fault] }],
      ['auditor', {}],
    ] as const) {
      as(who, deskAnswers(disclosureDesk({}, change)));
      const shown = await open();
      await draft(shown).getByText('编号 GS20261001-20261031', { exact: false }).waitFor();
      if ('faults' in change) await draft(shown).getByText('相差 1 分', { exact: false }).waitFor();
      expect(await draft(shown).getByRole('button', { name: '公示', exact: true }).count()).toBe(0);
      expect(await shown.getByRole('button', { name: '生成草稿' }).count()).toBe(0);
      await shown.context().close();
    }
  });

  it('are drafted by the maker for the proposed days, or others', async () => {
    as('maker');
    const shown = await open();
    await shown.getByRole('button', { name: '生成草稿' }).click();
    await shown.getByLabel('结束日期').fill('2026-11-15');
    await shown.getByRole('button', { name: '生成', exact: true }).click();
    await shown.getByText('草稿 GS20261001-20261031 已生成', { exact: false }).waitFor();
    expect(inputOf('DraftDisclosure')).toMatchObject({ from: '2026-10-01', until: '2026-11-15' });
  });

  it('are put away as drafts, as they were seen', async () => {
    as('maker');
    const shown = await open();
    await draft(shown).getByRole('button', { name: '撤回草稿' }).click();
    await asked(shown).getByRole('button', { name: '撤回草稿' }).click();
    await shown.getByText('草稿 GS20261001-20261031 已撤回').waitFor();
    expect(inputOf('WithdrawDisclosureDraft')).toMatchObject({ packId: 'draft-id' });
  });

  it('mark the field that the server refused', async () => {
    const refusal = { __typename: 'Refusal', code: 'PERIOD_NOT_OVER', message: '这一期还没有结束。', path: 'until' };
    as('maker', deskAnswers(disclosureDesk(), refusal));
    const shown = await open();
    await shown.getByRole('button', { name: '生成草稿' }).click();
    await shown.getByRole('button', { name: '生成', exact: true }).click();
    await shown.getByText('这一期还没有结束。').waitFor();
    expect(await shown.getByLabel('结束日期').getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(shown);
  });

  it('are corrected with a reason; what is corrected already is not', async () => {
    as('maker');
    const shown = await open();
    await shown.getByText('已更正，见 GS20260401-20260630-G1').waitFor();
    expect(await shown.getByRole('button', { name: '更正 GS20260401-20260630', exact: true }).count()).toBe(0);
    await shown.getByRole('button', { name: '更正 GS20260701-20260930' }).click();
    await asked(shown).getByRole('button', { name: '生成更正草稿' }).click();
    await asked(shown).getByLabel('更正原因').fill('捐赠人要求不公开名称');
    await asked(shown).getByRole('button', { name: '生成更正草稿' }).click();
    await shown.getByText('已生成，请另一位复核人查看后公示', { exact: false }).waitFor();
    expect(inputOf('CorrectDisclosure')).toMatchObject({
      disclosureId: 'id-GS20260701-20260930',
      reason: '捐赠人要求不公开名称',
    });
  });

  it('show a sponsor what everybody may read, and no desk', async () => {
    as('sponsor', deskAnswers(null));
    const shown = await open();
    await shown.getByRole('heading', { name: '基金公示' }).waitFor();
    await shown.getByRole('link', { name: 'GS20260701-20260930 的 PDF' }).waitFor();
    expect(await shown.getByText('最迟公示日').count()).toBe(0);
    await expectAccessible(shown);
  });

  it('have a deadline that has passed, and one that is not there yet', async () => {
    as('checker', deskAnswers(disclosureDesk({ daysLeft: -3, drafts: [] })));
    const shown = await open();
    await shown.getByText('已逾期天数').waitFor();
    await shown.context().close();
    const none = { nextFrom: null, proposed: null, deadline: null, daysLeft: null, reminders: [], drafts: [] };
    as('maker', { ...deskAnswers(disclosureDesk(none)), disclosures: () => ({ totalCount: 0, edges: [] }) });
    const empty = await open();
    await empty.getByText('第一期公示后，就会列在这里。').waitFor();
    expect(await empty.getByRole('button', { name: '生成草稿' }).count()).toBe(0);
    await expectAccessible(empty);
  });
});
