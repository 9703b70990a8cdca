import { sponsorIdsOf } from '../../kernel/authority.js';
import type { FileReader } from '../files/index.js';
import { findSponsorsOfFile } from './receipts.store.js';

/** A sponsor reads the pictures of its own receipts. */
export const receiptFileReader: FileReader = async (base, actor, file) => {
  if (file.purpose !== 'receipt') return false;
  const own = sponsorIdsOf(actor);
  if (own.length === 0) return false;
  const sponsorIds = await findSponsorsOfFile(base, file.fileId);
  return sponsorIds.some((sponsorId) => own.includes(sponsorId));
};
