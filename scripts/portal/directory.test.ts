import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { generateMembers, generateOrganisations } from './directory.js';
import { createPeople } from './people.js';

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

describe('the generated directory', () => {
  const organisations = generateOrganisations();
  const members = generateMembers(organisations);

  it('has 97 organs, 4,500 organisations and 50,000 members, each with an id of its own', () => {
    expect(organisations).toHaveLength(4_500);
    expect(new Set(organisations.map((one) => one.id)).size).toBe(4_500);
    expect(new Set(organisations.map((one) => one.name)).size).toBe(4_500);
    expect(organisations.filter((one) => one.level === 'UNIT')).toHaveLength(97);
    expect(new Set(members.map((one) => one.id)).size).toBe(50_000);
  });

  it('is the same each time', () => {
    expect(hash([generateOrganisations(), generateMembers(generateOrganisations())])).toBe(
      hash([organisations, members]),
    );
  });

  it('is a tree in which levels go down and some are missing', () => {
    const levels = ['WORK_COMMITTEE', 'UNIT', 'PARTY_COMMITTEE', 'GENERAL_BRANCH', 'BRANCH', 'GROUP'];
    const levelOf = new Map(organisations.map((one) => [one.id, levels.indexOf(one.level)]));
    const steps = new Set<number>();
    for (const one of organisations.slice(1))
      steps.add(levels.indexOf(one.level) - (levelOf.get(one.parentId ?? '') ?? 99));
    expect(Math.min(...steps)).toBe(1);
    expect(Math.max(...steps)).toBe(3);
  });

  it('holds the personas where their roles say', () => {
    const people = createPeople({ supplierId: 's-1', sponsorId: '91500000MADEM0001J' });
    const branchOf = (key: string) => {
      const subject = people.byKey(key)?.subject;
      return people
        .directory()
        .members.find((one) => one.id === subject)
        ?.memberships.at(-1)?.organisationId;
    };
    expect(branchOf('member')).toBeDefined();
    expect(branchOf('secretary')).toBe(branchOf('member'));
    expect(branchOf('member2')).not.toBe(branchOf('member'));
    expect(people.byKey('secretary')?.roles).toContainEqual({ name: 'secretary', organisationId: branchOf('member') });
    expect(people.byKey('member#49999')).toMatchObject({ roles: [{ name: 'member' }] });
    expect(people.byKey('member#50000')).toBeNull();
    expect(people.byKey('nobody')).toBeNull();
  });
});
