// The walls between the rooms (docs/architecture.md), kept by `npm run check`. Each has a planted violation in
// scripts/style/boundaries.test.ts: a wall that holds nothing back is found there.

const API = '^packages/api/src/';
const FEATURES = '^packages/api/src/features/';
/** From the shelf to the paid order; the heart builds on these. A feature that is not named here stands downstream. */
const UPSTREAM = 'portal|catalogue|stock|payments|orders|journal|addresses|cart|agreements|policy|files';
const HEART = 'settlement';
const TESTS = '\\.test\\.ts$|/testing/|^packages/api/test/|/fixtures?/';

/** A package of the registry by name, as it looks once resolved, or unresolved. @param {string} names */
const npm = (names) => `(^|node_modules/)(${names})(/|$)`;
const GRAPHQL = npm('graphql|graphql-yoga|graphql-scalars|@pothos/[^/]+|@graphql-yoga/[^/]+|@escape\\.tech/[^/]+');

/** Types vanish when compiled: a type of the other side is knowledge, not a dependency at run time. */
const VALUES = { dependencyTypesNot: ['type-only'] };

const forbidden = [
  {
    name: 'no-cycles',
    comment: 'Two files that need each other, be it by a type, are one thing or have the border in the wrong place.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolvable',
    comment: 'An import that leads nowhere escapes every other wall.',
    from: { pathNot: TESTS },
    to: { couldNotResolve: true, pathNot: 'virtual:' },
  },
  {
    name: 'engine-stands-alone',
    comment: "The points engine runs anywhere: in the server, in a browser, in a customer's audit. It imports nothing.",
    from: { path: '^packages/points-engine/src/', pathNot: TESTS },
    to: { pathNot: '^packages/points-engine/src/' },
  },
  {
    name: 'proof-stands-alone',
    comment: 'Whoever doubts the zone checks a proof with this folder and nothing of ours beside it.',
    from: { path: '^packages/proof/src/', pathNot: TESTS },
    to: { pathNot: '^packages/proof/src/' },
  },
  {
    name: 'rules-are-pure',
    comment: 'Rules are decided from what they are given: no database, no network, no Node, no clock.',
    from: { path: '\\.rules\\.ts$' },
    to: {
      ...VALUES,
      path: [
        '\\.(store|graphql|reactions|job|reads|options)\\.ts$',
        '^packages/api/src/(graphql|http)/',
        '^packages/api/src/kernel/(store|transaction|group-commit|logging|db|jobs|config)\\.ts$',
        npm('mongoose|koa|@koa/[^/]+|pino|jose|dataloader'),
        GRAPHQL,
      ],
    },
  },
  {
    name: 'rules-are-pure-of-node',
    comment: 'Rules are decided from what they are given: no database, no network, no Node, no clock.',
    from: { path: '\\.rules\\.ts$' },
    to: { ...VALUES, dependencyTypes: ['core'] },
  },
  {
    name: 'kernel-knows-no-feature',
    comment: 'The kernel is what every feature stands on; what knows a feature belongs into it.',
    from: { path: `${API}kernel/`, pathNot: TESTS },
    to: { path: `${API}(?!kernel/)` },
  },
  {
    name: 'features-meet-at-the-front-door',
    comment:
      'A feature is used through its index or its events; resolvers may also know each other, to join their types.',
    from: { path: `${FEATURES}([^/]+)/`, pathNot: `${TESTS}|\\.graphql\\.ts$` },
    to: { path: `${FEATURES}[^/]+/`, pathNot: [`${FEATURES}$1/`, `${FEATURES}[^/]+/(index|[^/]+\\.events)\\.ts$`] },
  },
  {
    name: 'resolvers-meet-resolvers',
    comment: 'A resolver uses another feature through its index, its events or its resolvers.',
    from: { path: `${FEATURES}([^/]+)/[^/]+\\.graphql\\.ts$` },
    to: {
      path: `${FEATURES}[^/]+/`,
      pathNot: [`${FEATURES}$1/`, `${FEATURES}[^/]+/(index|[^/]+\\.(events|graphql))\\.ts$`],
    },
  },
  {
    name: 'upstream-knows-no-downstream',
    comment: 'An order does not know what is counted from it. What follows a purchase reads the journal.',
    from: { path: `${FEATURES}(${UPSTREAM})/`, pathNot: TESTS },
    to: { path: `${FEATURES}(?!(${UPSTREAM})/)` },
  },
  {
    name: 'heart-knows-no-downstream',
    comment: 'Settlement writes the journal entry; records, points and totals follow from it, not the other way round.',
    from: { path: `${FEATURES}${HEART}/`, pathNot: TESTS },
    to: { path: `${FEATURES}(?!(${UPSTREAM}|${HEART})/)` },
  },
  {
    name: 'heart-is-wired-only',
    comment: 'Only the main wiring settles: a feature that could would be a second road for money.',
    from: { path: FEATURES, pathNot: [`${FEATURES}${HEART}/`, TESTS] },
    to: { path: `${FEATURES}${HEART}/` },
  },
  {
    name: 'only-stores-touch-mongoose',
    comment: 'Queries and indexes of a collection are found in one file.',
    from: { path: API, pathNot: [`${API}kernel/`, '\\.store\\.ts$', TESTS] },
    to: { ...VALUES, path: npm('mongoose|mongodb') },
  },
  {
    name: 'only-resolvers-touch-graphql',
    comment: 'The domain can be called by a job or a notice; it does not know by which door it was reached.',
    from: { path: API, pathNot: [`${API}graphql/`, '\\.graphql\\.ts$', TESTS] },
    to: { path: GRAPHQL },
  },
  {
    name: 'resolvers-never-touch-stores',
    comment: 'Resolvers call commands and loaders, which ask for permission and bound their reads.',
    from: { path: '\\.graphql\\.ts$' },
    to: { ...VALUES, path: '\\.store\\.ts$' },
  },
  {
    name: 'widgets-know-only-the-schema',
    comment: "A widget runs in another portal's page, and meets the zone over GraphQL alone.",
    from: { path: '^packages/widgets/src/', pathNot: TESTS },
    to: { path: ['^packages/(api|points-engine)/', '^scripts/'], pathNot: '\\.graphql$' },
  },
  {
    name: 'widgets-run-in-a-browser',
    comment: 'There is no Node in a page.',
    from: { path: '^packages/widgets/src/', pathNot: TESTS },
    to: { ...VALUES, dependencyTypes: ['core'] },
  },
  {
    name: 'packages-know-no-scripts',
    comment: 'A portal installs the packages; what surrounds the demo stays here.',
    from: { path: '^packages/', pathNot: [TESTS, '^packages/(api|widgets)/test/'] },
    to: { path: '^scripts/' },
  },
  {
    name: 'no-test-code-in-the-product',
    comment: 'What is only there for tests is not built, and must not be needed.',
    from: { path: '^(packages|scripts)/', pathNot: TESTS },
    to: { path: TESTS },
  },
];

export default {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|reports|\\.stryker-tmp|\\.aixin)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.check.json' },
    enhancedResolveOptions: { conditionNames: ['types', 'import', 'default'], exportsFields: ['exports'] },
  },
};
