import { type Actor, type Role, type RoleName, hasRole } from '../kernel/authority.js';

/** Who may read a field. The name goes into the schema's text and into the tests' matrix. */
export interface Reader<Shape> {
  readonly name: string;
  allows(actor: Actor, object: Shape): boolean;
}

/**
 * `public`: anybody within the portal; the answer must not depend on who asks. `parent`: whoever was given the object
 * it lies in, for plain parts (a picture, an edge) that nothing else leads to.
 */
export type Readers<Shape> = 'public' | 'parent' | Reader<Shape>;

/** The person it belongs to. */
export function owner<Shape>(memberIdOf: (object: Shape) => string): Reader<Shape> {
  return {
    name: 'own',
    allows: (actor, object) => actor.kind === 'person' && actor.memberId === memberIdOf(object),
  };
}

/** Anybody the portal signed in. */
export const signedIn: Reader<unknown> = { name: 'signed-in', allows: (actor) => actor.kind === 'person' };

/** Whoever holds one of these roles, of whatever organisation, supplier or sponsor. */
export function roles(...names: readonly RoleName[]): Reader<unknown> {
  return { name: names.join(', '), allows: (actor) => names.some((name) => hasRole(actor, name)) };
}

/** The fund's people and the auditor: they see yuan, never buyers. */
export const FUND_ROLES = ['fund-maker', 'fund-checker', 'auditor'] as const;

/** Secretaries of this organisation or of one above it. `pathOf`: the organisation and all above it. */
export function secretaryOf<Shape>(pathOf: (object: Shape) => readonly string[]): Reader<Shape> {
  return {
    name: 'secretary of it or above',
    allows: (actor, object) => {
      const path = pathOf(object);
      return rolesOf(actor).some((role) => role.name === 'secretary' && path.includes(role.organisationId));
    },
  };
}

/** The suppliers named by the object. */
export function supplierOf<Shape>(supplierIdsOf: (object: Shape) => readonly string[]): Reader<Shape> {
  return {
    name: 'its supplier',
    allows: (actor, object) => {
      const supplierIds = supplierIdsOf(object);
      return rolesOf(actor).some((role) => role.name === 'supplier' && supplierIds.includes(role.supplierId));
    },
  };
}

/** The sponsors named by the object, by their 统一社会信用代码. */
export function sponsorOf<Shape>(sponsorIdsOf: (object: Shape) => readonly string[]): Reader<Shape> {
  return {
    name: 'its sponsor',
    allows: (actor, object) => {
      const sponsorIds = sponsorIdsOf(object);
      return rolesOf(actor).some((role) => role.name === 'sponsor' && sponsorIds.includes(role.sponsorId));
    },
  };
}

export function anyOf<Shape>(...readers: readonly Reader<Shape>[]): Reader<Shape> {
  return {
    name: readers.map((reader) => reader.name).join(' | '),
    allows: (actor, object) => readers.some((reader) => reader.allows(actor, object)),
  };
}

export function nameOf(readers: Readers<never>): string {
  return typeof readers === 'string' ? readers : readers.name;
}

function rolesOf(actor: Actor): readonly Role[] {
  return actor.kind === 'person' ? actor.roles : [];
}
