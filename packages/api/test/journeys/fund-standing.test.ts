import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, startWorld, type World } from '../world.js';
import { globalId, newAddress, payByScan, place } from './steps.js';

/** What the fund's people see of a yuan that was just paid, what its buyer sees, and what others do not. */
describe('where the yuan stand', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld('journey-fund-standing');
    const addressId = await newAddress(world, 'member');
    const lines = [{ productId: globalId('Product', 'honey'), quantity: 1 }];
    const { order } = await place(world, 'member', { idempotencyKey: 'standing-1', addressId, lines });
    await payByScan(world, 'member', order.id);
    await world.caughtUp();
  });
  afterAll(() => world.stop());

  const AGEING = `{ fund { overall { state count amountFen } standings { month states { state amountFen } }
    ageing { state stateText unit waitsFor draftNumber count amountFen buckets { fromDays toDays count amountFen } }
    waitingMatches(state: PENDING, bucket: 0) { edges { node { orderNumber amountFen sponsorName } } pageInfo { hasNextPage } }
    waitingRemittances(state: BATCHED) { reference } } batches { number } batch(number: "B202610") { number } }`;

  it.each(['fund-maker', 'fund-checker', 'auditor'])(
    '%s sees what waits, for what, and behind it the entries',
    async (who) => {
      const { data, errors } = await world.ask(who, AGEING);
      expect(errors).toBeUndefined();
      const [pending, ...others] = data.fund.ageing as Answer[];
      expect(pending).toMatchObject({
        ...{ state: 'PENDING', unit: 'MATCH', count: 1, waitsFor: '等买家签收、退货期满，由系统自动生效' },
        buckets: [
          { fromDays: 0, toDays: 7, count: 1 },
          { count: 0 },
          { count: 0 },
          { fromDays: 91, toDays: null, count: 0 },
        ],
      });
      expect(others.map((row) => [row.state, row.count])).toEqual([
        ['ACCRUED', 0],
        ['BATCHED', 0],
        ['REMITTED', 0],
        ['RECEIPTED', 0],
      ]);
      expect(data.fund.waitingMatches.edges).toHaveLength(1);
      expect(data.fund.overall[0]).toMatchObject({ state: 'PENDING', count: 1, amountFen: pending.amountFen });
      expect(data.fund.standings.at(-1).states[0].amountFen).toBe(pending.amountFen);
      expect(data).toMatchObject({ batches: [], batch: null });
    },
  );

  it.each(['member', 'sponsor', 'operator'])('%s sees nothing of it', async (who) => {
    expect((await world.ask(who, '{ fund { ageing { count } } }')).data).toEqual({ fund: null });
    expect((await world.ask(who, '{ batches { number } }')).errors).toBeDefined();
  });

  it('its buyer sees its way, no batch, no use and no proof yet', async () => {
    const { data } = await world.ask(
      'member',
      `{ me { capabilities matches { edges { node { state batchId uses { name } steps { state done }
        proof { __typename ... on Refusal { code } } } } } } }`,
    );
    expect(data.me.capabilities).toEqual(['BUY']);
    const [{ node }] = data.me.matches.edges;
    expect(node).toMatchObject({ state: 'PENDING', batchId: null, uses: [], proof: { code: 'NOT_BATCHED' } });
  });

  it('a person of the fund may make or check, told apart', async () => {
    const capabilities = async (who: string): Promise<string[]> =>
      (await world.ask(who, '{ me { capabilities } }')).data.me.capabilities;
    expect(await capabilities('fund-maker')).toEqual(expect.arrayContaining(['FUND', 'FUND_MAKE']));
    expect(await capabilities('fund-maker')).not.toContain('FUND_CHECK');
    expect(await capabilities('fund-checker')).toContain('FUND_CHECK');
    expect(await capabilities('sponsor')).toContain('SPONSOR');
  });
});
