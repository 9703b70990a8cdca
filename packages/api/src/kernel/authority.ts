import { type Refusal, refuse } from './refusal.js';

/** What the portal says a person may do. The zone keeps no roles of its own. */
export type Role =
  | { readonly name: 'member' }
  /** Reads the records of this organisation and of all below it. */
  | { readonly name: 'secretary'; readonly organisationId: string }
  | { readonly name: 'fund-maker' }
  | { readonly name: 'fund-checker' }
  | { readonly name: 'supplier'; readonly supplierId: string }
  | { readonly name: 'operator' }
  | { readonly name: 'auditor' }
  /** Reads the own agreements. `sponsorId` is the sponsor's 统一社会信用代码. */
  | { readonly name: 'sponsor'; readonly sponsorId: string };

export type RoleName = Role['name'];

export type Actor =
  | { readonly kind: 'anonymous' }
  /** Somebody the portal signed in. `memberId` is the portal's opaque subject. */
  | {
      readonly kind: 'person';
      readonly memberId: string;
      readonly roles: readonly Role[];
      /** The person's openid at the zone's WeChat appid, where the portal says it: paying inside WeChat needs it. */
      readonly openId?: string;
    }
  /** The zone itself: a job, a verified payment notice. */
  | { readonly kind: 'system'; readonly name: string };

/** Whatever says who acts: a command's context. */
export interface Acting {
  readonly actor: Actor;
}

/** Who may do it: a role by name, the zone itself, or anybody signed in. */
export type Permission = RoleName | 'system' | 'signed-in';

export function hasRole(actor: Actor, name: RoleName): boolean {
  return actor.kind === 'person' && actor.roles.some((role) => role.name === name);
}

/** The sponsors that somebody acts for, by their USCC. */
export function sponsorIdsOf(actor: Actor): string[] {
  return actor.kind === 'person'
    ? actor.roles.flatMap((role) => (role.name === 'sponsor' ? [role.sponsorId] : []))
    : [];
}

/** The first line of every command: null when one of the permissions holds, else the refusal to give back. */
export function denyUnless(ctx: Acting, ...permissions: readonly Permission[]): Refusal | null {
  const { actor } = ctx;
  const allowed = permissions.some((permission) => {
    if (permission === 'system') return actor.kind === 'system';
    if (permission === 'signed-in') return actor.kind === 'person';
    return hasRole(actor, permission);
  });
  if (allowed) return null;
  return actor.kind === 'anonymous'
    ? refuse('SIGNED_OUT', '您还没有登录，请从门户重新进入专区。')
    : refuse('NOT_ALLOWED', '您的身份不能办理这件事，如有需要请联系门户管理员。');
}

/** The signed-in person's id. Call it after `denyUnless`: without a person it is a programming error. */
export function personOf(ctx: Acting): string {
  if (ctx.actor.kind !== 'person') throw new Error('a person is needed here');
  return ctx.actor.memberId;
}
