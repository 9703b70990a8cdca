/**
 * Who is asking, and where they belong. The zone has no accounts: people, organisations and roles are the portal's.
 *
 * Owns: the check of the portal's tokens and entry tickets, the copy of the directory (organisations, members with their
 * dated memberships), the answer to "which organisation was this member in, on that day".
 * Never: stores a password, an ID number or a full mobile number; deletes a person or an organisation because the
 * directory stopped naming them; changes an old record when somebody is transferred.
 */
export { authenticate } from './verify-bearer.js';
export { type PortalOptions, portalOptions } from './portal.options.js';
export { redeemTicket, type ZoneSession } from './redeem-ticket.js';
export { applyDirectoryEvent, type EventApplied } from './apply-directory-event.js';
export { type DirectoryImport, importDirectory } from './import-directory.js';
export { isWithin, membersByIds, membershipOn, organisationsByIds } from './directory-reads.js';
export { displayNameMasked, type Membership, type OrganisationLevel } from './portal.rules.js';
export { countMembersWithin, findChildren, type Member, type Organisation } from './portal.store.js';
