import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '../world.js';
import { globalId, newAddress, placing } from './steps.js';

let world: World;
beforeAll(async () => {
  world = await startWorld('hostile', { writesPerMinute: 20 });
});
afterAll(() => world.stop());

const codesOf = async (response: Response): Promise<string[]> => {
  const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return errors.map((error) => error.extensions.code);
};
const nested = (depth: number): string =>
  Array.from({ length: depth }).reduce<string>((inner) => `product { county { code } ${inner} }`, 'product { id }');

describe('a hostile request', () => {
  it.each([
    ['too deep', `{ stories { ${nested(14)} } }`],
    ['too many aliases', `{ ${Array.from({ length: 16 }, (_, n) => `a${n}: counties { code }`).join(' ')} }`],
    ['too many aliases of __typename', `{ ${Array.from({ length: 16 }, (_, n) => `a${n}: __typename`).join(' ')} }`],
    ['too many directives', `{ counties ${'@include(if: true) '.repeat(6)} { code } }`],
    ['too many words', `{ counties { ${'code '.repeat(1_100)} } }`],
    ['introspection', '{ __schema { types { name } } }'],
    ['introspection of a type', '{ __type(name: "Order") { fields { name } } }'],
  ])('that is %s is refused', async (_what, query) => {
    const response = await world.post({ query });
    expect(response.status).toBe(400);
    const codes = await codesOf(response);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.every((code) => code === 'QUERY_REFUSED' || code === 'BAD_REQUEST')).toBe(true);
  });

  it('that asks for lists in lists in lists is refused before anything is read', async () => {
    const { errors } = await world.ask(
      'member',
      `{ me { orders(first: 100) { edges { node { parcels { lines {
      title picture { url alt } product { supplier { name } certificates { kind name number } } } } } } } } }`,
    );
    expect(errors?.map((error) => error.extensions.code)).toEqual(['QUERY_TOO_COMPLEX']);
  });

  it.each(['100', 'null'])(
    'that asks for the fund’s lists in lists is refused before anything is read (%s)',
    async (first) => {
      const page = (fields: string): string => `(first: ${first}) { edges { node { ${fields} } } }`;
      const lines = `lines${page('number amountFen at reference countyCode countyName entryHash isAdjustment')}`;
      const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((alias) => `${alias}: ${lines}`).join(' ');
      const line = page(
        'id day memo reason suggestion { __typename } allocations { amountFen at reversedAt targetName }',
      );
      const desks = Array.from({ length: 15 }, (_, n) => `d${n}: lines${line}`).join(' ');
      for (const query of [`{ batches { ${many} } }`, `{ bankDesk { ${desks} } }`]) {
        const { errors } = await world.ask('auditor', query);
        expect(errors?.map((error) => error.extensions.code)).toEqual(['QUERY_TOO_COMPLEX']);
      }
    },
  );

  it('in a batch is refused', async () => {
    const response = await world.post([{ query: '{ __typename }' }, { query: '{ __typename }' }]);
    expect([response.status, await codesOf(response)]).toEqual([400, ['BATCH_REFUSED']]);
  });

  it('that is too large is refused unread', async () => {
    const response = await world.post({ query: `{ zone { asOf } } # ${'x'.repeat(70_000)}` });
    expect([response.status, await codesOf(response)]).toEqual([413, ['BODY_TOO_LARGE']]);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'query=%7B__typename%7D'],
    ['plain text', 'text/plain', '{"query":"{__typename}"}'],
    ['parts', 'multipart/form-data; boundary=x', '--x--'],
  ])('sent as %s, as a foreign page could, is refused', async (_what, type, body) => {
    const response = await fetch(`${world.url}/graphql`, { method: 'POST', headers: { 'content-type': type }, body });
    expect([response.status, await codesOf(response)]).toEqual([415, ['CONTENT_TYPE']]);
  });

  it.each([
    'multipart/mixed;deferSpec=20220824',
    'Text/Event-Stream',
    'text/html',
    'application/json;q=0, multipart/mixed',
  ])('that takes an odd form of answer (%s) gets nothing kept for others', async (accept) => {
    const query = `{ counties { code } } # ${accept}`;
    await (await world.post({ query }, { accept })).text();
    const next = await world.post({ query }, { accept: '*/*' });
    expect(next.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await next.json()).toMatchObject({ data: { counties: expect.anything() as unknown } });
    const strict = await world.post({ query }, { accept: 'application/graphql-response+json' });
    expect(strict.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
  });

  it('with half of a character or NUL in a text is refused as such, wherever it stands', async () => {
    for (const text of ['甲\ud800乙', 'a\u0000']) {
      const node = await world.ask('member', 'query ($id: ID!) { node(id: $id) { id } }', { id: text });
      expect(node.errors?.map((error) => error.extensions.code)).toEqual(['TEXT_INVALID']);
      expect(await placing(world, 'member', { idempotencyKey: text, addressId: 'x', lines: [] })).toMatchObject({
        code: 'TEXT_INVALID',
        path: 'input.idempotencyKey',
      });
    }
  });

  it('with a cursor that nobody wrote is told so', async () => {
    const after = Buffer.from('[1e300,"x"]').toString('base64url');
    const { errors } = await world.ask(
      'member',
      'query ($after: String) { me { orders(after: $after) { edges { cursor } } } }',
      {
        after,
      },
    );
    expect(errors?.map((error) => error.extensions.code)).toEqual(['CURSOR_INVALID']);
  });

  it('for a stream by nobody is refused in words', async () => {
    const query = 'subscription { orderChanged(orderId: "x") { id } }';
    const response = await world.post({ query }, { accept: 'text/event-stream' });
    const text = await response.text();
    expect(text).toContain('SIGNED_OUT');
    expect(text).not.toContain('INTERNAL');
  });

  it('that writes by GET is refused', async () => {
    const query = encodeURIComponent('mutation { removeAddress(input: { addressId: "x" }) { __typename } }');
    expect((await fetch(`${world.url}/graphql?query=${query}`)).status).toBe(405);
  });

  it.each(['{', '"text"', 'null', '{"query": 1}', '{}'])(
    'that is no question (%s) gets a plain answer',
    async (body) => {
      const response = await world.post(body);
      expect(response.status).toBe(400);
      expect(await response.text()).not.toMatch(/node_modules|at .*\.ts|\.js:/);
    },
  );

  it('with a misspelt field is told so in Chinese, without hints of others', async () => {
    const response = await world.post({ query: '{ zone { salesFan } }' });
    const text = await response.text();
    expect(text).toContain('请求不符合接口约定');
    expect(text).not.toContain('salesFen');
  });

  it.each(['Bearer nonsense', 'Bearer a.b.c', 'Basic eDp5', `Bearer ${'x'.repeat(9_000)}`])(
    'with a token that is not believed (%s…) is told to sign in again',
    async (authorization) => {
      const response = await world.post({ query: '{ zone { asOf } }' }, { authorization });
      expect([response.status, await codesOf(response)]).toEqual([401, ['UNAUTHENTICATED']]);
    },
  );

  it('with an expired token is told so', async () => {
    const authorization = `Bearer ${await world.portal.token('member', -10)}`;
    const response = await world.post({ query: '{ me { id } }' }, { authorization });
    expect([response.status, await codesOf(response)]).toEqual([401, ['UNAUTHENTICATED']]);
  });

  it('that names things that are not there gets null or a refusal, never a fault', async () => {
    for (const id of [
      '',
      'x',
      globalId('Order', 'x'),
      globalId('Nothing', 'x'),
      globalId('__Schema', 'x'),
      globalId('Query', ''),
      globalId('PointsEntry', '.'),
    ]) {
      const { data, errors } = await world.ask('member', 'query ($id: ID!) { node(id: $id) { id } }', { id });
      expect([data.node, errors]).toEqual([null, undefined]);
    }
    const addressId = await newAddress(world, 'member');
    const lines = [{ productId: globalId('Product', 'honey'), quantity: 1 }];
    const input = { idempotencyKey: 'hostile-1', addressId, lines };
    const refused = async (more: object): Promise<string> =>
      (await placing(world, 'member', { ...input, ...more })).code as string;
    expect(await refused({ addressId: globalId('Product', 'honey') })).toBe('ADDRESS_UNKNOWN');
    expect(await refused({ lines: [] })).toBe('LINES_INVALID');
    expect(await refused({ lines: [{ productId: globalId('Product', 'gone'), quantity: 1 }] })).toBe('NOT_ON_SHELF');
    expect(await refused({ lines: [{ productId: 'honey', quantity: 1 }] })).toBe('NOT_ON_SHELF');
    expect(await refused({ lines: [{ ...lines[0], quantity: 0 }] })).toBe('LINES_INVALID');
    expect(await refused({ lines: [{ ...lines[0], quantity: -3 }] })).toBe('LINES_INVALID');
    expect(await refused({ lines: [{ productId: globalId('Product', 'last'), quantity: 2 }] })).toBe('SOLD_OUT');
    expect(await refused({ lines: [{ productId: globalId('Product', 'rare'), quantity: 3 }] })).toBe('OVER_LIMIT');
    expect(await refused({ lines: [{ productId: globalId('Product', 'orange'), quantity: 1 }] })).toBe('NOT_CONFIRMED');
    expect(await refused({ expectedTotalFen: 1 })).toBe('PRICE_CHANGED');
    expect(await refused({ expectedMatchFen: 9_900 })).toBe('PROMISE_GONE');
    expect(await refused({ idempotencyKey: 'x' })).toBe('KEY_INVALID');
    const refusal = await placing(world, 'member', {
      ...input,
      lines: [{ productId: globalId('Product', 'last'), quantity: 2 }],
    });
    expect(refusal).toMatchObject({ productId: globalId('Product', 'last'), leftCount: 1, path: 'lines.0.quantity' });
    expect(refusal.message).toMatch(/只剩 1 件/);
    expect((await placing(world, null, input)).code).toBe('SIGNED_OUT');
    expect((await placing(world, 'fund-maker', input)).code).toBe('NOT_ALLOWED');
  });

  it('that comes too often is told when to come again', async () => {
    const input = { idempotencyKey: 'x', addressId: 'x', lines: [] };
    let last = await placing(world, 'member2', input);
    for (let count = 0; count < 20; count += 1) last = await placing(world, 'member2', input);
    expect(last).toMatchObject({ __typename: 'Refusal', code: 'RATE_LIMITED' });
    expect(last.retryAfterMs).toBeGreaterThan(0);
  });

  it('gets an id that its answer and its errors carry', async () => {
    const response = await world.post({ query: '{ nothing }' }, { 'x-request-id': 'journey-0001' });
    expect(response.headers.get('x-request-id')).toBe('journey-0001');
    expect(await response.json()).toMatchObject({ extensions: { requestId: 'journey-0001' } });
    const bad = await world.post({ query: '{ zone { asOf } }' }, { 'x-request-id': 'a b\tc' });
    expect(bad.headers.get('x-request-id')).toMatch(/^[a-z2-7]{24}$/);
  });
});

describe('a fault inside', () => {
  it('is masked, with the request’s id and a sentence', async () => {
    const { db } = world.zone.base;
    await db.collection('journal').insertOne({ _id: 'broken' as never, memberId: 'nobody', seq: 1 });
    const { errors, extensions, data } = await world.ask('member', 'query ($id: ID!) { node(id: $id) { id } }', {
      id: globalId('PointsEntry', 'broken.0'),
    });
    expect(data.node).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL');
    expect(errors?.[0]?.message).toMatch(/请稍后再试/);
    expect(JSON.stringify(errors)).not.toMatch(/undefined|awards|stack/);
    expect(extensions?.requestId).toMatch(/^[a-z2-7]{24}$/);
    await db.collection('journal').deleteOne({ _id: 'broken' as never });
  });
});
