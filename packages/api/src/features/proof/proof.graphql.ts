import { builder } from '../../graphql/builder.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { MatchType } from '../charity/charity.graphql.js';
import { FundMatchType } from '../charity/fund.graphql.js';
import { proofOfMatch, type YuanProof } from './index.js';

const YuanProofType = builder.objectRef<YuanProof>('YuanProof').implement({
  description:
    'The file that proves a matched yuan to anybody, without the zone and without a network. No buyer is in it.',
  readers: 'parent',
  fields: (t) => ({
    fileName: t.exposeString('fileName', { description: 'For the file in which it is kept.' }),
    text: t.exposeString('text', {
      description: 'The file, byte for byte: canonical JSON as docs/proof.md tells it, 2 kB at most.',
    }),
  }),
});

const ProofResult = resultUnion('ProofResult', YuanProofType);
const REFUSALS = 'Refusals: MATCH_UNKNOWN, NOT_BATCHED, NOT_PUBLISHED.';

builder.objectField(MatchType, 'proof', (t) =>
  t.field({
    type: ProofResult,
    description: `Proves it against the published disclosure. ${REFUSALS}`,
    resolve: (match, _args, context) => proofOfMatch(context, match._id),
  }),
);

builder.objectField(FundMatchType, 'proof', (t) =>
  t.field({
    type: ProofResult,
    description: `The same file that its owner has. ${REFUSALS}`,
    resolve: (match, _args, context) => proofOfMatch(context, match._id),
  }),
);
