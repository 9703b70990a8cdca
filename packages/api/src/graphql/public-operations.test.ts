import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { isPublicOperation } from './public-operations.js';
import { schema } from './schema.js';

const judge = (source: string, name?: string): boolean => isPublicOperation(schema, parse(source), name);

describe('an operation is public', () => {
  it.each([
    '{ zone { purchaseCount } }',
    '{ counties { code name salesFen } products(first: 8) { totalCount pageInfo { endCursor } edges { node { title picture { url } charityItem { amountFen } } } } }',
    'query Home { ...Shelf } fragment Shelf on Query { stories { title product { title supplier { name } } } }',
  ])('when all its fields are: %s', (source) => {
    expect(judge(source)).toBe(true);
  });
});

describe('an operation is not public', () => {
  it.each([
    ['it asks who asks', '{ me { displayName } }'],
    ['it only asks whether somebody is there', '{ me { __typename } }'],
    ['an alias hides it', '{ zone: me { id: displayName } }'],
    ['a fragment hides it', '{ zone { purchaseCount } ...Mine } fragment Mine on Query { me { displayName } }'],
    ['it finds by id, whatever it finds', '{ node(id: "UHJvZHVjdDox") { id } }'],
    ['it finds by id and names a public type', '{ node(id: "UHJvZHVjdDox") { ... on Product { title } } }'],
    ['a secretary asks', '{ branch { month } }'],
    ['the fund asks', '{ fund { totalFen } }'],
    ['it does something', 'mutation { removeAddress(input: { addressId: "x" }) { __typename } }'],
    ['it follows something', 'subscription { orderChanged(orderId: "x") { state } }'],
  ])('when %s', (_why, source) => {
    expect(judge(source)).toBe(false);
  });

  it('when another one in the same document is not: the document is judged whole', () => {
    expect(judge('query A { zone { purchaseCount } } query B { me { displayName } }', 'A')).toBe(false);
  });
});
