import type { FileReader } from '../files/index.js';
import { findSponsorsOfFile } from './receipts.store.js';

/** A sponsor reads the pictures of its own receipts. */
export const receiptFileReader: FileReader = async (base, actor, file) => {
  if (file.purpose !== 'receipt' || actor.kind !== 'person') return false;
  const own = actor.roles.flatMap((role) => (role.name === 'sponsor' ? [role.sponsorId] : []));
  if (own.length === 0) return false;
  const sponsorIds = await findSponsorsOfFile(base, file.fileId);
  return sponsorIds.some((sponsorId) => own.includes(sponsorId));
};
