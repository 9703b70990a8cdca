import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ancestorsOfAll,
  displayNameMasked,
  isMassRemoval,
  type Membership,
  membershipAt,
  mergeMemberships,
} from './portal.rules.js';

const open = (organisationId: string, fromMs: number): Membership => ({ organisationId, fromMs, untilMs: null });

describe('the tree', () => {
  it('gives the ancestors root first, without the organisation itself, whatever the order of the list', () => {
    const tree = ancestorsOfAll(
      new Map([
        ['group', 'branch'],
        ['branch', 'unit'],
        ['root', null],
        ['unit', 'root'],
      ]),
    );
    expect(tree).toEqual(
      new Map([
        ['group', ['root', 'unit', 'branch']],
        ['branch', ['root', 'unit']],
        ['root', []],
        ['unit', ['root']],
      ]),
    );
  });

  it('names an organisation that hangs nowhere or in a circle', () => {
    expect(ancestorsOfAll(new Map([['a', 'gone']]))).toEqual({ fault: 'UNKNOWN_PARENT', organisationId: 'a' });
    expect(
      ancestorsOfAll(
        new Map([
          ['a', 'b'],
          ['b', 'a'],
        ]),
      ),
    ).toMatchObject({ fault: 'CYCLE_OR_TOO_DEEP' });
  });
});

describe('a membership', () => {
  it('is in force from its first instant to just before its end', () => {
    const memberships = [{ organisationId: 'a', fromMs: 10, untilMs: 20 }, open('b', 20)];
    expect([9, 10, 19, 20].map((atMs) => membershipAt(memberships, atMs)?.organisationId)).toEqual([
      undefined,
      'a',
      'a',
      'b',
    ]);
  });

  it('that began later wins where two overlap', () => {
    expect(membershipAt([open('b', 20), open('a', 10)], 30)?.organisationId).toBe('b');
  });

  it('that the directory no longer names is closed now, not deleted, and stays so', () => {
    const once = mergeMemberships([open('a', 10)], [open('b', 50)], 60);
    expect(once).toEqual([{ organisationId: 'a', fromMs: 10, untilMs: 60 }, open('b', 50)]);
    expect(mergeMemberships(once, [open('b', 50)], 70)).toEqual(once);
  });

  it('that was announced and taken back was never in force', () => {
    const merged = mergeMemberships([open('a', 10), open('b', 100)], [open('a', 10)], 60);
    expect(membershipAt(merged, 150)?.organisationId).toBe('a');
  });

  const membership = fc.record({
    organisationId: fc.constantFrom('a', 'b', 'c'),
    fromMs: fc.integer({ min: 0, max: 20 }),
    untilMs: fc.option(fc.integer({ min: 0, max: 40 })),
  });

  it('of the past never changes its answer, whatever the directory forgets', () => {
    fc.assert(
      fc.property(fc.array(membership, { maxLength: 5 }), fc.integer({ min: 0, max: 40 }), (stored, nowMs) => {
        const unique = mergeMemberships([], stored, 0);
        const merged = mergeMemberships(unique, [], nowMs);
        for (let atMs = 0; atMs < nowMs; atMs += 1) expect(whereAt(merged, atMs)).toEqual(whereAt(unique, atMs));
        expect(membershipAt(merged, nowMs)).toBeNull();
      }),
    );
  });

  it('merges the same a second time without a change', () => {
    fc.assert(
      fc.property(fc.array(membership, { maxLength: 5 }), fc.array(membership, { maxLength: 5 }), (stored, named) => {
        const once = mergeMemberships(stored, named, 25);
        expect(mergeMemberships(once, named, 30)).toEqual(once);
      }),
    );
  });

  /** Which organisation it was and since when; when it ends may have changed. */
  function whereAt(memberships: readonly Membership[], atMs: number): object | null {
    const found = membershipAt(memberships, atMs);
    return found && { organisationId: found.organisationId, fromMs: found.fromMs };
  }
});

describe('a mass removal', () => {
  it('begins just above five percent', () => {
    expect(isMassRemoval({ presentCount: 100, lostCount: 5 })).toBe(false);
    expect(isMassRemoval({ presentCount: 100, lostCount: 6 })).toBe(true);
    expect(isMassRemoval({ presentCount: 0, lostCount: 0 })).toBe(false);
  });
});

describe('a masked name', () => {
  it.each([
    ['张三', '张*'],
    ['张小三', '张*三'],
    ['欧阳小三', '欧*三'],
    ['李', '李*'],
  ])('of %s is %s', (name, masked) => {
    expect(displayNameMasked(name)).toBe(masked);
  });
});
