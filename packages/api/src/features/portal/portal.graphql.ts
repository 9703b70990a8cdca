import { builder } from '../../graphql/builder.js';
import type { GraphqlContext } from '../../graphql/context.js';
import { owner, signedIn } from '../../graphql/readers.js';
import type { RoleName } from '../../kernel/authority.js';
import { membersByIds, membershipOn, type Organisation, organisationsByIds } from './index.js';

/** The person as the rest of the schema hangs on to: features add their own fields to it. */
export interface Person {
  readonly memberId: string;
}

export const OrganisationType = builder.objectRef<Organisation>('Organisation');

builder.node(OrganisationType, {
  name: 'Organisation',
  description: 'A party organisation as the portal’s directory names it today.',
  readers: signedIn,
  id: { resolve: (organisation) => organisation._id },
  loadOne: async (id, context) => (await organisationsByIds(context.base, [id]))[0] ?? null,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its full name.' }),
    level: t.exposeString('level', {
      description: 'WORK_COMMITTEE, UNIT, PARTY_COMMITTEE, GENERAL_BRANCH, BRANCH or GROUP: 工委 down to 党小组.',
    }),
    ancestors: t.field({
      type: [OrganisationType],
      description: 'All above it as the tree stands today, the top first.',
      resolve: (organisation, _args, context) => loadOrganisations(context, organisation.ancestorIds),
    }),
  }),
});

export async function loadOrganisations(context: GraphqlContext, ids: readonly string[]): Promise<Organisation[]> {
  return (await organisationsByIds(context.base, ids)).filter((one) => one !== null);
}

const CAPABILITIES = {
  BUY: { description: 'Buy, and see what it did.' },
  BRANCH: { description: 'Read the record of an organisation and of all below it.' },
  FUND: { description: 'Read the fund’s agreements and matched yuan.' },
  FUND_MAKE: { description: 'Prepare what the fund does: agreements, batches, imports, receipts, spends.' },
  FUND_CHECK: { description: 'Approve what another person of the fund prepared.' },
  SUPPLY: { description: 'Ship own parcels and decide on refunds.' },
  OPERATE: { description: 'Decide on escalated refunds.' },
  SPONSOR: { description: 'Read the own agreements and what became of their yuan.' },
  AUDIT: { description: 'Read every figure; change nothing.' },
} as const;

const CAPABILITIES_OF: Readonly<Record<RoleName, readonly (keyof typeof CAPABILITIES)[]>> = {
  member: ['BUY'],
  secretary: ['BRANCH'],
  'fund-maker': ['FUND', 'FUND_MAKE'],
  'fund-checker': ['FUND', 'FUND_CHECK'],
  supplier: ['SUPPLY'],
  operator: ['OPERATE'],
  sponsor: ['SPONSOR'],
  auditor: ['AUDIT'],
};

const CapabilityType = builder.enumType('Capability', {
  description: 'What a person may do here, from the roles the portal gave. A page shows its doors by it.',
  values: CAPABILITIES,
});

export const MemberType = builder.objectRef<Person>('Member');

builder.node(MemberType, {
  name: 'Member',
  description: 'The signed-in person. Nobody reads another: there is no list of members and no ranking of them.',
  readers: owner((person) => person.memberId),
  id: { resolve: (person) => person.memberId },
  loadOne: (memberId) => ({ memberId }),
  fields: (t) => ({
    displayName: t.string({
      description: 'As the portal’s directory writes it; empty when the directory does not know the person yet.',
      resolve: async (person, _args, context) =>
        (await membersByIds(context.base, [person.memberId]))[0]?.displayName ?? '',
    }),
    organisation: t.field({
      type: OrganisationType,
      nullable: true,
      description: 'Where the person belongs now. Old records keep the organisation of their own day.',
      resolve: async (person, _args, context) => {
        const membership = await membershipOn(context.base, person.memberId, context.base.clock());
        return membership ? ((await organisationsByIds(context.base, [membership.organisationId]))[0] ?? null) : null;
      },
    }),
    capabilities: t.field({
      type: [CapabilityType],
      description: 'What the person may do, each once.',
      resolve: (_person, _args, { actor }) =>
        actor.kind === 'person' ? [...new Set(actor.roles.flatMap((role) => CAPABILITIES_OF[role.name]))] : [],
    }),
  }),
});

builder.queryField('me', (t) =>
  t.field({
    type: MemberType,
    nullable: true,
    readers: 'public',
    description: 'The signed-in person; null when nobody is.',
    resolve: (_root, _args, { actor }) => (actor.kind === 'person' ? { memberId: actor.memberId } : null),
  }),
);
