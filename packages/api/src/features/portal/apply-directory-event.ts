import { z } from 'zod';
import type { Base } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { forgetDirectory } from './directory-reads.js';
import { invalid, verifyPortalJwt } from './portal-keys.js';
import { portalOptions } from './portal.options.js';
import { mergeMemberships } from './portal.rules.js';
import { findMembers, findOrganisations, memberStore, organisationStore } from './portal.store.js';

export const DIRECTORY_EVENT_TYPE = 'aixin-directory-event+jwt';

const id = z.string().min(1).max(128);

/** What the portal tells between two imports. `iat` is when it became so in the portal. */
const eventClaims = z.object({
  iat: z.int(),
  event: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('member.moved'),
      memberId: id,
      organisationId: id,
      from: z.iso.datetime({ offset: true }),
    }),
    z.object({ type: z.literal('organisation.renamed'), organisationId: id, name: z.string().min(1).max(200) }),
  ]),
});

type DirectoryEvent = z.infer<typeof eventClaims>['event'];

/** `STALE`: the zone knows something newer already, or exactly this; nothing was written. */
export interface EventApplied {
  readonly applied: 'WRITTEN' | 'STALE';
}

/**
 * Takes over one signed event of the directory. The same event twice, or two in the wrong order, end in the same state:
 * what is older than the copy is not written. What an event missed, the nightly import brings.
 */
export async function applyDirectoryEvent(base: Base, jws: string): Promise<EventApplied | Refusal> {
  const options = portalOptions(base);
  const claims = await verifyPortalJwt(base, jws, {
    thing: 'EVENT',
    issuer: options.issuer,
    audience: options.audience,
    typ: DIRECTORY_EVENT_TYPE,
    requiredClaims: ['iat', 'exp', 'event'],
  });
  if (isRefusal(claims)) return claims;
  const parsed = eventClaims.safeParse(claims);
  if (!parsed.success) return invalid('EVENT');
  const asOfMs = parsed.data.iat * 1000;
  const outcome = await apply(base, parsed.data.event, asOfMs);
  if (!isRefusal(outcome) && outcome.applied === 'WRITTEN') forgetDirectory(base);
  return outcome;
}

async function apply(base: Base, event: DirectoryEvent, asOfMs: number): Promise<EventApplied | Refusal> {
  if (event.type === 'organisation.renamed') {
    const { organisationId, name } = event;
    const [known] = await findOrganisations(base, [organisationId]);
    if (!known) return unknown('organisationId');
    const written = await organisationStore
      .collection(base)
      .updateOne({ _id: organisationId, asOfMs: { $lt: asOfMs } }, { $set: { name, asOfMs } });
    return { applied: written.matchedCount === 1 ? 'WRITTEN' : 'STALE' };
  }
  const [member] = await findMembers(base, [event.memberId]);
  if (!member) return unknown('memberId');
  const [organisation] = await findOrganisations(base, [event.organisationId]);
  if (!organisation) return unknown('organisationId');
  if (member.asOfMs >= asOfMs) return { applied: 'STALE' };
  // The old membership ends where the new one begins: on the day of the transfer, not on the day the news came.
  const fromMs = Date.parse(event.from);
  const next = { organisationId: event.organisationId, fromMs, untilMs: null };
  const memberships = mergeMemberships(member.memberships, [next], fromMs);
  const written = await memberStore
    .collection(base)
    .updateOne({ _id: member._id, asOfMs: member.asOfMs }, { $set: { memberships, asOfMs } });
  return { applied: written.matchedCount === 1 ? 'WRITTEN' : 'STALE' };
}

function unknown(path: string): Refusal {
  return refuse('DIRECTORY_UNKNOWN', '通讯录里还没有这位党员或这个组织，请等下一次导入。', { path });
}
