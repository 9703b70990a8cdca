import { requestLoader } from '../../graphql/loader.js';
import { membersByIds } from './index.js';

/** People of the fund as the portal's directory writes them; null for whom it does not know. */
export const personNames = requestLoader<string>(async (base, ids) => {
  const known = (await membersByIds(base, ids)).filter((member) => member !== null);
  return new Map(known.map((member) => [member._id, member.displayName]));
});
