import { z } from 'zod';
import type { Actor, Role } from '../../kernel/authority.js';

/** A person acts for few organisations, suppliers and sponsors; more than this is a mistake of the portal. */
const MOST_ROLES = 50;

const id = z.string().min(1).max(128);

const roleClaim = z.object({
  name: z.string().min(1).max(64),
  organisationId: id.optional(),
  supplierId: id.optional(),
  sponsorId: id.optional(),
});

/** What the zone reads of a token: the opaque subject, the roles and the openid. Anything else in it is not the zone's business. */
const personClaims = z.object({
  sub: id,
  aixin_roles: z.array(roleClaim).max(MOST_ROLES).default([]),
  aixin_openid: z
    .string()
    .regex(/^[\w-]{1,128}$/)
    .optional(),
});

type RoleClaim = z.infer<typeof roleClaim>;

/** The person of a verified token, or null when its claims are not of the agreed shape. */
export function actorOfClaims(claims: unknown): Extract<Actor, { kind: 'person' }> | null {
  const parsed = personClaims.safeParse(claims);
  if (!parsed.success) return null;
  const roles: Role[] = [];
  for (const claim of parsed.data.aixin_roles) {
    const role = roleOf(claim);
    if (role === 'malformed') return null;
    if (role) roles.push(role);
  }
  const { sub: memberId, aixin_openid: openId } = parsed.data;
  return { kind: 'person', memberId, roles, ...(openId === undefined ? {} : { openId }) };
}

/** Roles and openid as the portal writes them, for a token of the zone's own. */
export function claimsOf({
  roles,
  openId,
}: Pick<Extract<Actor, { kind: 'person' }>, 'roles' | 'openId'>): Omit<z.infer<typeof personClaims>, 'sub'> {
  return {
    aixin_roles: roles.map((role) => ({ ...role })),
    ...(openId === undefined ? {} : { aixin_openid: openId }),
  };
}

/**
 * A secretary of no organisation, a supplier of no goods or a sponsor of no agreement could only be read as "of all":
 * such a claim spoils the token. A name that the zone does not know gives nothing: the portal has roles for its other applications too.
 */
function roleOf(claim: RoleClaim): Role | null | 'malformed' {
  switch (claim.name) {
    case 'member':
    case 'fund-maker':
    case 'fund-checker':
    case 'operator':
    case 'auditor':
      return { name: claim.name };
    case 'secretary':
      return claim.organisationId ? { name: 'secretary', organisationId: claim.organisationId } : 'malformed';
    case 'supplier':
      return claim.supplierId ? { name: 'supplier', supplierId: claim.supplierId } : 'malformed';
    case 'sponsor':
      return claim.sponsorId ? { name: 'sponsor', sponsorId: claim.sponsorId } : 'malformed';
    default:
      return null;
  }
}
