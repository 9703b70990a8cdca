import { sponsorIdsOf } from '../../kernel/authority.js';
import type { FileReader } from '../files/index.js';
import { isSigned } from './agreements.reads.js';
import { readAgreements } from './agreements.store.js';

/** A sponsor reads the paper of its own agreements, once they were signed. */
export const agreementFileReader: FileReader = async (base, actor, file) => {
  if (file.purpose !== 'agreement') return false;
  const sponsorUscc = sponsorIdsOf(actor);
  if (sponsorUscc.length === 0) return false;
  const own = await readAgreements(base, { sponsorUscc });
  return own.some((agreement) => isSigned(agreement) && agreement.fileIds.includes(file.fileId));
};
