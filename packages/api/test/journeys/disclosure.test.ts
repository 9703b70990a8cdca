import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shanghaiDay } from '../../src/kernel/shanghai.js';
import { bookAgreement, bookBatch } from '../../src/features/disclosure/testing/fund-books.js';
import { addDays, addMonths } from '../../src/features/disclosure/periods.rules.js';
import { remind } from '../../src/features/disclosure/disclosure.jobs.js';
import { type Answer, startWorld, type World } from '../world.js';

const SHY = { name: '不愿具名的山城公司', uscc: '91500000MA5U00002X', number: 'JX-2026-02' };
let world: World;
/** The month before this one, and a day in it. */
let period: { from: string; until: string };
let midMonth: string;

beforeAll(async () => {
  world = await startWorld('disclosure');
  const { base } = world.zone;
  const thisMonth = `${shanghaiDay(base.clock()).slice(0, 7)}-01`;
  period = { from: addMonths(thisMonth, -1), until: addDays(thisMonth, -1) };
  midMonth = `${period.from.slice(0, 7)}-12`;
  const shy = { sponsorName: SHY.name, uscc: SHY.uscc, number: SHY.number, publishesName: false };
  await bookAgreement(base, { id: 'agreement-2', ...shy });
  const place = (agreementId: string, at: number, receiptedAt: string | null) => ({
    ...{ remittanceId: `AX202601-0${at}`, agreementId, amountFen: 100_000, receivedFen: 100_000 },
    ...{ remittedDay: midMonth, receiptedAt },
  });
  await bookBatch(base, {
    month: '2026-01',
    approvedAt: `${period.from}T12:00:00+08:00`,
    remittances: [place('agreement-1', 1, `${midMonth}T12:00:00+08:00`), place('agreement-2', 2, null)],
  });
});
afterAll(() => world.stop());

const DRAFT = `__typename ... on DraftDisclosureDone { draft { packId number hash isOwn faults { code text }
  content { receivedFen closingFen donors { donor receivedFen } } } } ... on Refusal { code message }`;
const draft = async (who: string, key: string): Promise<Answer> =>
  (
    await world.ask(who, `mutation ($input: DraftDisclosureInput!) { draftDisclosure(input: $input) { ${DRAFT} } }`, {
      input: { idempotencyKey: key, ...period },
    })
  ).data.draftDisclosure;
const publish = async (who: string | null, input: object): Promise<Answer> =>
  (
    await world.ask(
      who,
      `mutation ($input: PublishDisclosureInput!) { publishDisclosure(input: $input) { __typename
    ... on PublishDisclosureDone { disclosure { id number hash jsonUrl } } ... on Refusal { code } } }`,
      { input },
    )
  ).data.publishDisclosure;
const get = async (file: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${world.url}/disclosure/${file}`, { headers });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const LIST = `{ disclosures { totalCount edges { node { id number hash reason correctedBy { number } corrects { number }
  content { receivedFen root donors { donor } } } } } disclosure { number } }`;

describe('a disclosure, from the desk to the public', () => {
  let made: Answer;

  it('is drafted by the maker, and nobody outside reads it', async () => {
    made = await draft('fund-maker', 'draft-0001');
    expect(made.draft).toMatchObject({
      isOwn: true,
      faults: [],
      content: { receivedFen: 200_000, closingFen: 200_000 },
    });
    expect((await get(`${made.draft.number}.json`)).response.status).toBe(404);
    const asked = '{ disclosureDesk { drafts { number hash } nextFrom deadline daysLeft reminders { daysBefore } } }';
    for (const who of [null, 'member', 'supplier', 'operator']) {
      expect((await world.ask(who, asked)).data).toEqual({ disclosureDesk: null });
    }
    const { data } = await world.ask('auditor', asked);
    expect(data.disclosureDesk.drafts).toEqual([{ number: made.draft.number, hash: made.draft.hash }]);
    expect((await world.ask(null, LIST)).data).toEqual({ disclosures: { totalCount: 0, edges: [] }, disclosure: null });
    expect(await draft('auditor', 'draft-0002')).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('is published by the other person alone', async () => {
    const input = { idempotencyKey: 'publish-0001', packId: made.draft.packId, hash: made.draft.hash };
    expect(await publish(null, input)).toMatchObject({ code: 'SIGNED_OUT' });
    expect(await publish('fund-maker', input)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await publish('fund-checker', input)).toMatchObject({ __typename: 'PublishDisclosureDone' });
    expect(await publish('fund-checker', input)).toMatchObject({ disclosure: { number: made.draft.number } });
    expect(await publish('fund-checker', { ...input, idempotencyKey: 'publish-0002' })).toMatchObject({
      code: 'PACK_PUBLISHED',
    });
  });

  it('is read by anybody without a token; its JSON is the bytes whose SHA-256 it is known by', async () => {
    await sleep(2_100);
    const { data } = await world.ask(null, LIST);
    expect(data.disclosure.number).toBe(made.draft.number);
    const [{ node }] = data.disclosures.edges;
    expect(node).toMatchObject({ hash: made.draft.hash, correctedBy: null, content: { receivedFen: 200_000 } });
    expect(node.content.donors.map((one: Answer) => one.donor)).toEqual(['渝州配捐企业', '未公开']);
    const { response, bytes } = await get(`${made.draft.number}.json`);
    expect(sha256(bytes)).toBe(made.draft.hash);
    expect(response.headers.get('etag')).toBe(`"${made.draft.hash}"`);
    expect(response.headers.get('cache-control')).toContain('public');
  });

  it('gives the same bytes on each call, and none to who has them', async () => {
    for (const kind of ['json', 'pdf', 'xlsx']) {
      const [one, other] = [await get(`${made.draft.number}.${kind}`), await get(`${made.draft.number}.${kind}`)];
      expect([kind, one.response.status, one.bytes.equals(other.bytes)]).toEqual([kind, 200, true]);
      const etag = one.response.headers.get('etag') ?? '';
      expect(
        (await get(`${made.draft.number}.${kind}`, { 'if-none-match': etag, 'cache-control': 'max-age=0' })).response
          .status,
      ).toBe(304);
      for (const secret of [SHY.name, SHY.uscc, SHY.number]) expect(one.bytes.includes(secret)).toBe(false);
    }
    expect((await get('GS20260101-20260131.json')).response.status).toBe(404);
    expect((await get('..%2f..%2fpackage.json')).response.status).toBe(404);
  });

  it('is corrected in public: a new pack with its reason, the old one still there and marked', async () => {
    const id = Buffer.from(`Disclosure:${made.draft.number}`).toString('base64');
    const correcting = await world.ask(
      'fund-maker',
      `mutation ($input: CorrectDisclosureInput!) { correctDisclosure(input: $input) { ${DRAFT} } }`,
      { input: { idempotencyKey: 'correct-0001', disclosureId: id, reason: '补充说明' } },
    );
    const { draft: correction } = correcting.data.correctDisclosure;
    expect(correction.number).toBe(`${made.draft.number}-G1`);
    await publish('fund-checker', { idempotencyKey: 'publish-0003', packId: correction.packId, hash: correction.hash });
    await sleep(2_100);
    const { data } = await world.ask(null, LIST);
    expect(data.disclosure.number).toBe(correction.number);
    expect(
      data.disclosures.edges.map(({ node }: Answer) => [node.number, node.reason, node.correctedBy?.number]),
    ).toEqual([
      [correction.number, '补充说明', undefined],
      [made.draft.number, null, correction.number],
    ]);
    expect(sha256((await get(`${made.draft.number}.json`)).bytes)).toBe(made.draft.hash);
    const feed = JSON.parse((await get('corrections.json')).bytes.toString());
    expect(feed.items).toMatchObject([{ id: correction.number, content_text: expect.stringContaining('补充说明') }]);
  });
});

describe('the deadline', () => {
  it('is told in the metrics, and reminded of once for each step', async () => {
    const { base } = world.zone;
    const metric = async (): Promise<number> => {
      const text = await (await fetch(`${world.url}/metrics`)).text();
      return Number(/^aixin_disclosure_days_left (-?\d+)$/m.exec(text)?.[1]);
    };
    const asked = '{ disclosureDesk { deadline daysLeft reminders { daysBefore } } }';
    const left = (await world.ask('fund-maker', asked)).data.disclosureDesk.daysLeft as number;
    expect(await metric()).toBe(left);
    for (const days of [left - 14, left - 14, left - 7, left + 1]) {
      world.aheadMs = days * 86_400_000;
      await Promise.all([1, 2].map(() => remind({ base, log: base.log })));
    }
    world.aheadMs = 0;
    await remind({ base, log: base.log });
    const { data } = await world.ask('fund-maker', asked);
    expect(data.disclosureDesk.reminders).toEqual([{ daysBefore: 0 }, { daysBefore: 7 }, { daysBefore: 14 }]);
  });
});
