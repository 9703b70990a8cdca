import type { Base, Context } from '@aixin/api/internals';
import { createPeople } from '../../portal/people.js';

/** The demo's fund administrators, as the portal knows them: what the seed does, they did. */
export interface FundPeople {
  readonly maker: Context;
  readonly checker: Context;
}

export function fundPeople(base: Base): FundPeople {
  const people = createPeople({ supplierId: '', sponsorId: '' });
  const contextOf = (key: 'fund-maker' | 'fund-checker'): Context => ({
    base,
    actor: { kind: 'person', memberId: people.byKey(key)?.subject ?? '', roles: [{ name: key }] },
    requestId: 'seed',
    log: base.log,
  });
  return { maker: contextOf('fund-maker'), checker: contextOf('fund-checker') };
}
