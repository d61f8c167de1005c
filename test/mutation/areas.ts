/**
 * Which tests are to notice a mutant, by where it is: those of the same part of the code, which say themselves what must
 * hold there. That others notice it too by chance is worth little, and running all takes minutes for each mutant.
 */
const AREAS: readonly (readonly [below: string, tests: readonly RegExp[]])[] = [
  [
    'server/src/core/evaluate/',
    [
      /^core\/(?:evaluate|aws|condition|requestKeys|callerKeys|ipRange|clearStatements)/,
      /^features\/allows/,
      /^cli\/allows/,
    ],
  ],
  [
    'server/src/core/model/',
    [
      /^core\/(?:model|ipRange|conditionOp|evaluate|edits|locate|holes|lint|behindFaults)/,
      /^rules\//,
      /^core\/hcl\//,
    ],
  ],
  [
    'server/src/core/locate/',
    [
      /^core\/(?:locate|policyKinds|pathKind|toCome|namedKinds|terraform|holes|templates|markdown|hcl\/|yaml\/)/,
      /^formats\//,
      /^lsp\/modules/,
    ],
  ],
  [
    'server/src/core/syntax/program/',
    [
      /^formats\/(?:programs|positions|halfTyped)/,
      /^lsp\/programs/,
      /^rules\/programs/,
      /^core\/(?:locate|evaluatePolicies)/,
    ],
  ],
  [
    'server/src/core/syntax/hcl/',
    [
      /^core\/(?:hcl\/|terraform)/,
      /^formats\/(?:hcl|positions|examplesAsHcl|templatesRead)/,
      /^features\/terraformForms/,
      /^rules\/variable\/variable-unescaped/,
      /Hcl/,
    ],
  ],
  ['server/src/core/syntax/yaml/', [/^core\/yaml\//, /^formats\/(?:positions|examplesAsYaml)/, /^lsp\/yaml/]],
  [
    'server/src/core/syntax/',
    [
      /^core\/(?:json|languages|sourceText|behindFaults|truncation|halfTyped|holes|templates|markdown|edits|hcl\/|yaml\/|commentSup)/,
      /^formats\//,
      /^features\/(?:folding|selection|symbols|semantic)/,
      /^rules\/(?:branches|variable\/variable-unescaped)/,
    ],
  ],
  [
    'server/src/core/compare/',
    [
      /^core\/(?:compare|clearStatements|likeArns)/,
      /^cli\/(?:compare|grants)/,
      /^features\/statementChanges/,
    ],
  ],
  [
    'server/src/core/knowledge/',
    [
      /^core\/knowledge\//,
      /^features\/(?:routes|cacheSettings|fillArn)/,
      /^lsp\/(?:knowledge|routes|cacheKeys)/,
    ],
  ],
  [
    'server/src/core/arn/',
    [
      /^core\/(?:arn|cacheable|placeholders|executeApi|apiSegments|templates|mistakeContext|holes)/,
      /^features\/(?:arns|explainArn|fillArn|routeDraft|invalidation|hover|completion\/)/,
      /^rules\//,
    ],
  ],
  [
    'server/src/core/iamData/',
    [
      /^data\//,
      /^core\/(?:callerKeys|requestKeys|conditionOperators|comparePublic)/,
      /^features\/(?:hover|completion\/)/,
      /^rules\//,
      /^cli\/grants/,
    ],
  ],
  ['server/src/core/features/', [/^features\//]],
  ['server/src/core/rules/', [/^rules\//]],
  ['server/src/core/pattern/', [/^core\//, /^lsp\/gitignore/]],
  ['server/src/core/lint/', [/^core\//, /^rules\//, /^formats\/halfTyped/]],
  ['server/src/core/', [/^core\//]],
  ['server/src/gateway/', [/^gateway\//]],
  ['server/src/lsp/', [/^lsp\//]],
  ['server/src/cli/', [/^cli\//]],
  [
    'server/src/node/',
    [/^node\//, /^gateway\/(?:controlPlane|gatewayHost|identity|invalidate|metrics|network|oddAnswers)/],
  ],
];

/**
 * The tests of a source file.
 *
 * @param source from the root of the repository
 * @param tests all test files, below `test`
 */
export function testsOf(source: string, tests: readonly string[]): readonly string[] {
  const [, patterns = []] = AREAS.find(([below]) => source.startsWith(below)) ?? [];
  return tests.filter((test) => patterns.some((pattern) => pattern.test(test)));
}
