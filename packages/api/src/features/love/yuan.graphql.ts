import { builder } from '../../graphql/builder.js';
import { MatchType, placeOfMatch } from '../charity/charity.graphql.js';
import { RemittanceUseType, usesOfRemittances } from '../projects/projects.graphql.js';

builder.objectField(MatchType, 'uses', (t) =>
  t.field({
    type: [RemittanceUseType],
    description: 'Projects that the remittance it belongs to went to; empty before any of it was spent.',
    resolve: async (match, _args, context) => {
      const place = await placeOfMatch(context).load(match._id);
      return place ? [...((await usesOfRemittances(context).load(place.remittanceId)) ?? [])] : [];
    },
  }),
);
