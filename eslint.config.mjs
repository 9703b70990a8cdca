// Lint: what the compiler cannot see. Each rule that is switched off or loosened says why.
import eslint from '@eslint/js';
import { existsSync } from 'node:fs';
import tseslint from 'typescript-eslint';
import house from './scripts/style/eslint-rules/index.mjs';

const TESTS = ['**/*.test.ts', '**/testing/**/*.ts', '**/test/**/*.ts', '**/*.fixtures.ts'];
const widgets = 'packages/widgets/tsconfig.json';

const noMachineClock = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time comes in through the context: base.clock().',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time comes in through the context: new Date(base.clock()).',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Randomness comes in through the context: base.random.',
  },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/coverage/',
      '**/reports/',
      '**/.stryker-tmp/',
      '.aixin/',
      '**/*.d.ts',
      '!packages/widgets/src/client/schema.d.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    plugins: { house },
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.check.json', ...(existsSync(new URL(widgets, import.meta.url)) ? [`./${widgets}`] : [])],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 70 }],
      'no-restricted-syntax': ['error', { selector: 'TSEnumDeclaration', message: 'No enum: a union of strings.' }],
      'house/no-rounded-money': 'error',
      // Numbers print well by themselves; objects and undefined still do not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `() => void call()` and `() => list.push(x)` read well as they are.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A function that may one day wait is async already, and an interface may ask for a promise.
      '@typescript-eslint/require-await': 'off',
      // `Promise<Refusal | void>` says that an answer is welcome and not needed.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // A key from outside is read as `details['reason']`, to show that it is no declared field.
      '@typescript-eslint/dot-notation': 'off',
      // A type argument that happens to be inferable may still tell the reader something.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      // Interfaces and types are both in use: an interface for things, a type for unions.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // After one look at `stopping.aborted` the compiler believes it for ever; the signal does not.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Mongoose types its schema options as classes and is given plain objects everywhere.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // The house has functions, not classes: what stands on an object here does not need its `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Spreading a text gives its code points, which is what counting and cutting Chinese text needs.
      '@typescript-eslint/no-misused-spread': 'off',
      // `list[i]!` inside a loop that bounds i says more than a cast or a default that never happens.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `() => void call()` says that the answer is not wanted, whether there is one or not.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // lit's tasks take their arguments as a list, which may be empty.
      'no-empty-pattern': 'off',
      // An empty function with a name says why it is empty; an empty arrow hides an error.
      '@typescript-eslint/no-empty-function': ['error', { allow: ['functions'] }],
      // Control characters are named in order to be refused.
      'no-control-regex': 'off',
      // An empty text is often as good as none, so `||` is meant.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true, boolean: true } }],
    },
  },
  {
    files: ['packages/api/src/**/*.ts', 'packages/points-engine/src/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['packages/api/src/features/**/*.ts', 'packages/points-engine/src/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'No enum: a union of strings.' },
        ...noMachineClock,
      ],
    },
  },
  {
    files: ['packages/api/src/features/**/*.ts'],
    ignores: TESTS,
    rules: { 'house/command-permission-first': 'error' },
  },
  {
    // Tests are left out: what a step was refused shows in what is asserted right after.
    files: ['packages/api/**/*.ts', 'scripts/**/*.ts'],
    ignores: TESTS,
    rules: { 'house/no-dropped-refusal': 'error' },
  },
  {
    // The places that split money by the largest remainder, or write it for a reader, tested for every fen.
    files: [
      'packages/points-engine/src/split.ts',
      'packages/api/src/kernel/fen.ts',
      'packages/widgets/src/kit/money.ts',
    ],
    rules: { 'house/no-rounded-money': 'off' },
  },
  {
    // The floor is Chromium 87 and iOS 14. The language's own functions are seen by the compiler (tsconfig.floor.json); the
    // browser's are not, as its library has no years.
    files: ['packages/widgets/src/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-globals': ['error', 'structuredClone', 'BroadcastChannel', 'scheduler', 'requestIdleCallback'],
      'no-restricted-properties': [
        'error',
        ...[
          { object: 'AbortSignal', property: 'any', message: 'Use limited() of client/.' },
          { object: 'AbortSignal', property: 'timeout', message: 'Use limited() of client/.' },
          { property: 'throwIfAborted', message: 'Use stopIfAborted() of client/.' },
          { object: 'URL', property: 'canParse', message: 'Chromium 120.' },
          { object: 'crypto', property: 'randomUUID', message: 'Use idempotency keys of buy/.' },
          { property: 'requestSubmit', message: 'iOS 16.' },
          { property: 'showPopover', message: 'iOS 17.' },
        ],
      ],
    },
  },
  {
    files: TESTS,
    rules: {
      // A test file may be a long list of cases, and a `describe` is one function.
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      // What a test takes out of an answer it asserts right after; a wrong guess fails the test itself.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // A server's handler in a test may be async: a rejection there ends the test, which is right.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
  {
    // Data, not code: its length says nothing about its shape.
    files: ['scripts/seed/**/*.ts', '**/*.data.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // Generated, and it disables every rule itself: named on a command line it must not count as a file that nobody lints.
    files: ['packages/widgets/src/client/schema.d.ts'],
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  },
);
