import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, startWorld, type World } from '../world.js';
import { OWN_SPONSOR } from '../world-seed.js';
import { globalId, newAddress, payByScan, place, placing, until } from './steps.js';

/** An agreement from the maker's desk to the sponsor's page, and its promise from the first badge to the last yuan. */
describe('an agreement', () => {
  let world: World;
  let agreement: Answer;
  let addressId: string;
  let paperId: string;
  let keyCount = 0;
  beforeAll(async () => {
    world = await startWorld('journey-agreements');
    addressId = await newAddress(world, 'member');
  });
  afterAll(() => world.stop());

  const FIELDS = `id state contentHash capFen leftFen monthlyCapFen monthLeftFen sponsorUscc
    rights { revise check askEnd end declineEnd } covered { count titles }`;
  const tell = async (who: string, command: string, input: object): Promise<Answer> => {
    keyCount += 1;
    const type = /reject|end/i.test(command) ? 'AgreementReasonInput' : undefined;
    const { data, errors } = await world.ask(
      who,
      `mutation ($input: ${type ?? `${command[0]?.toUpperCase()}${command.slice(1)}Input`}!) { ${command}(input: $input) {
        ... on AgreementDone { agreement { ${FIELDS} } } ... on Refusal { code message path } } }`,
      { input: { idempotencyKey: `agreement-${keyCount}`, ...input } },
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data[command];
  };
  const terms = {
    ...{ number: 'JX-2026-02', sponsorUscc: OWN_SPONSOR.toLowerCase(), sponsorName: '渝州配捐企业' },
    ...{ fundName: '共产党员一元捐基金', capFen: 10_000, monthlyCapFen: 200, firstDay: '2026-01-01' },
    ...{ lastDay: '2035-12-31', countyCodes: ['500235'], categoryKeys: ['fruit'] },
  };
  const badge = async (product = 'orange'): Promise<Answer> =>
    (
      await world.ask(null, 'query ($id: ID!) { node(id: $id) { ... on Product { charityItem { sponsorName } } } }', {
        id: globalId('Product', product),
      })
    ).data.node.charityItem;
  const buyOrange = (expectedMatchFen: number): Promise<Answer> => {
    keyCount += 1;
    return placing(world, 'member', {
      ...{ idempotencyKey: `orange-${keyCount}-key`, addressId, expectedMatchFen },
      lines: [{ productId: globalId('Product', 'orange'), quantity: 1, exclusionConfirmed: true }],
    });
  };

  const bearer = async (who: string): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await world.portal.token(who)}`,
  });
  const upload = async (): Promise<string> => {
    const answer = await fetch(`${world.url}/files?purpose=agreement&name=paper.pdf`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', ...(await bearer('fund-maker')) },
      body: '%PDF-1.7\n%%EOF\n',
    });
    return ((await answer.json()) as { id: string }).id;
  };
  const paper = async (who: string): Promise<number> =>
    (await fetch(`${world.url}/files/${paperId}`, { headers: await bearer(who) })).status;

  it('is checked while its code is typed, and knows a sponsor by it', async () => {
    const check = async (code: string): Promise<Answer> =>
      (await world.ask('fund-maker', `{ usccCheck(code: "${code}") { code isValid message knownName } }`)).data
        .usccCheck;
    expect(await check(` ${OWN_SPONSOR.toLowerCase()} `)).toEqual({
      ...{ code: OWN_SPONSOR, isValid: true, message: null, knownName: '渝州配捐企业' },
    });
    expect(await check('91500000MADEM0001K')).toMatchObject({ isValid: false, knownName: null });
    expect((await check('91500000MADEM0001K')).message).toContain('校验位');
  });

  it('is drafted by the maker, who is told of a slip at its field', async () => {
    const slip = await tell('fund-maker', 'draftAgreement', { terms: { ...terms, capFen: 99 } });
    expect(slip).toMatchObject({ code: 'TERMS_INVALID', path: 'capFen' });
    expect(await tell('auditor', 'draftAgreement', { terms })).toMatchObject({ code: 'NOT_ALLOWED' });
    const fraction = await tell('fund-maker', 'draftAgreement', { terms: { ...terms, amountFen: 0 } });
    expect(fraction).toMatchObject({ code: 'TERMS_INVALID', path: 'amountFen' });
    const turned = await tell('fund-maker', 'draftAgreement', { terms: { ...terms, number: 'JX\u202e-2' } });
    expect(turned).toMatchObject({ code: 'TERMS_INVALID', path: 'number' });
    const nowhere = await tell('fund-maker', 'draftAgreement', { terms: { ...terms, countyCodes: ['999999'] } });
    expect(nowhere).toMatchObject({ code: 'TERMS_INVALID', path: 'countyCodes' });
    const missing = await tell('fund-maker', 'draftAgreement', { terms: { ...terms, fileIds: ['nothing'] } });
    expect(missing).toMatchObject({ code: 'FILE_UNKNOWN', path: 'fileIds' });
    paperId = await upload();
    const withPaper = { terms: { ...terms, fileIds: [paperId] } };
    ({ agreement } = await tell('fund-maker', 'draftAgreement', withPaper));
    expect(await paper('sponsor')).toBe(404);
    expect(agreement).toMatchObject({
      ...{ state: 'DRAFT', sponsorUscc: OWN_SPONSOR, leftFen: 10_000, monthLeftFen: null },
      ...{
        covered: { count: 1, titles: ['云阳红橙'] },
        rights: { revise: true, check: false, askEnd: false, end: false },
      },
    });
    const { data } = await world.ask('sponsor', '{ agreements { edges { node { number } } } }');
    expect(data.agreements.edges.map((one: Answer) => one.node.number)).toEqual(['JX-2026-01']);
  });

  it('comes into force by the checker alone, and the badge appears', async () => {
    const { agreement: sent } = await tell('fund-maker', 'submitAgreement', { agreementId: agreement.id });
    const input = { agreementId: agreement.id, contentHash: sent.contentHash };
    expect(await tell('fund-maker', 'approveAgreement', input)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await badge()).toBeNull();
    const approved = await tell('fund-checker', 'approveAgreement', input);
    expect(approved.agreement).toMatchObject({ state: 'IN_FORCE', leftFen: 10_000, monthLeftFen: 200 });
    await until(async () => (await badge()) !== null);
    expect(await badge()).toEqual({ sponsorName: '渝州配捐企业' });
  });

  it('is read by its sponsor, without the history, and by nobody else’s', async () => {
    const query = `query ($id: ID!) { agreement(id: $id) { ${FIELDS} } }`;
    const { data } = await world.ask('sponsor', query, { id: agreement.id });
    expect(data.agreement).toMatchObject({
      state: 'IN_FORCE',
      rights: { revise: false, check: false, askEnd: false, end: false },
    });
    expect([await paper('sponsor'), await paper('auditor'), await paper('member')]).toEqual([200, 200, 404]);
    const history = 'query ($id: ID!) { agreement(id: $id) { history { what by byName } } }';
    const refused = await world.ask('sponsor', history, { id: agreement.id });
    expect(refused.errors?.[0]?.extensions.code).toBe('NOT_ALLOWED');
    const audited = await world.ask('auditor', history, { id: agreement.id });
    expect(audited.data.agreement.history.map((step: Answer) => step.what)).toEqual([
      ...['DRAFTED', 'SUBMITTED', 'APPROVED'],
    ]);
  });

  it('promises until the month is used up: then badge and promise are gone together', async () => {
    const first = await buyOrange(100);
    expect(first.__typename).toBe('PlaceOrderDone');
    await payByScan(world, 'member', first.order.id);
    expect((await buyOrange(100)).__typename).toBe('PlaceOrderDone');
    expect(await buyOrange(100)).toMatchObject({
      code: 'PROMISE_GONE',
      message: '配捐方本月的额度刚刚用完，下月 1 日恢复；这一单现在没有配捐。请看清楚后再决定是否下单。',
    });
    await until(async () => (await badge()) === null);
    const { data } = await world.ask('sponsor', `query ($id: ID!) { agreement(id: $id) { ${FIELDS} } }`, {
      id: agreement.id,
    });
    expect(data.agreement).toMatchObject({ leftFen: 9_800, monthLeftFen: 0 });
  });

  it('ends early when two persons want it, keeps what it had promised, and tells the next buyer why', async () => {
    const input = { agreementId: agreement.id, reason: '双方协商提前终止' };
    expect(await tell('fund-maker', 'endAgreement', input)).toMatchObject({ code: 'NOT_ALLOWED' });
    const { order } = await place(world, 'member', {
      ...{ idempotencyKey: 'honey-before', addressId, expectedMatchFen: 100 },
      lines: [{ productId: globalId('Product', 'honey'), quantity: 1 }],
    });
    const honey = globalId('Agreement', 'agreement-1');
    const asked = await tell('fund-maker', 'askEndOfAgreement', { ...input, agreementId: honey });
    expect(asked.agreement.rights).toMatchObject({ askEnd: false, end: false, declineEnd: true });
    const ended = await tell('fund-checker', 'endAgreement', { ...input, agreementId: honey });
    expect(ended.agreement.state).toBe('ENDED');
    await until(async () => (await badge('honey')) === null);
    const late = await placing(world, 'member', {
      ...{ idempotencyKey: 'honey-after', addressId, expectedMatchFen: 100 },
      lines: [{ productId: globalId('Product', 'honey'), quantity: 1 }],
    });
    expect(late).toMatchObject({
      code: 'PROMISE_GONE',
      message: '这份配捐协议已经提前终止，以前的订单照常配捐；这一单现在没有配捐。请看清楚后再决定是否下单。',
    });
    await payByScan(world, 'member', order.id);
    await world.caughtUp();
    const { data } = await world.ask('member', '{ me { matches { edges { node { amountFen } } } } }');
    expect(data.me.matches.edges.map((one: Answer) => one.node.amountFen)).toEqual([100, 100]);
  });

  it('asks a person who presses too often to wait', async () => {
    const reject = () => tell('auditor', 'rejectAgreement', { agreementId: agreement.id, reason: '再看看' });
    const said = await Promise.all(Array.from({ length: 121 }, reject));
    expect(new Set(said.map(({ code }) => code))).toEqual(new Set(['NOT_ALLOWED', 'RATE_LIMITED']));
  });
});
