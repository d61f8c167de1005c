/**
 * The facade: the only way into core for the shells (language server, command line, invalidation engine).
 * Everything is synchronous and pure; offsets are UTF-16, spans half-open.
 */

export {
  isOptInRegion,
  partitionById,
  partitionOfRegion,
  partitions,
} from './arn/partitions';
export type { DocumentInput, DocumentLanguage, PolicyDocument } from './document';
export { hingesByStatement } from './evaluate/application';
export type { Asked, Doubt, Evaluation, Formula, Hinge, Lack } from './evaluate/evaluate';
export type { Authorization, EvaluationRequest } from './evaluate/request';
export { contextDoubts } from './features/allows/contextDoubts';
export { apiKinds, authorizations, type Expectation, expectations } from './features/allows/expectation';
export { answerSentence, deniesPart } from './features/allows/formula';
export type { Change, Grant } from './features/allows/grants';
export type { QuestionChoices } from './features/allows/question';
export {
  type ExpectedAnswer,
  isAsExpected,
  type QuestionPolicy,
  readQuestions,
} from './features/allows/questionFile';
export {
  accountProblem,
  actionProblem,
  authorizationProblem,
  ownerProblem,
  principalProblem,
  resourceProblem,
} from './features/allows/questionProblems';
export {
  contextKeyProblem,
  type RequestContext,
  readContext,
  valueChoices,
} from './features/allows/requestContext';
export {
  askedPhrase,
  doubtSentence,
  hingeSentence,
  lackSentence,
  statementName,
} from './features/allows/sentences';
export { type Side, sideSentences } from './features/allows/sides';
export type { CallerStanding, PolicyStanding, Standing } from './features/allows/whoMayInvalidate';
export type { CodeAction } from './features/codeAction';
export type { CodeLens } from './features/codeLens';
export { type ArnOfferKind, type CodeLensKind, codeLensKinds } from './features/codeLensKinds';
export type { Change as PolicyChange, Comparison } from './features/compare/changes';
export type { Granted, GrantedQuestion, Regardless } from './features/compare/granted';
export type { StatementChange } from './features/compare/statementChanges';
export { partPhrase, withoutExample, witnessPhrase } from './features/compare/witness';
export type { CompletionItem, CompletionList, CompletionOptions } from './features/completion/completions';
export type { CompletionKind } from './features/completion/proposal';
export type { ArnExplanation, SegmentExplanation } from './features/explain/explanation';
export type { ActionsLink } from './features/hover/action';
export type { Hover, HoverWorkspace } from './features/hover/hover';
export type { InlayHint, InlayHintKind } from './features/inlayHints';
export type { InvalidationChoices } from './features/invalidation/choices';
export {
  type ChosenRoute,
  chooseRoutes,
  type RouteMatch,
  readRouteMatch,
} from './features/invalidation/chooseRoutes';
export type { InvalidationDraft, OpenPart, Preflight } from './features/invalidation/draft';
export {
  type FilledRoute,
  fillRoute,
  MAX_FILLED,
  parameterNames,
  type RouteValues,
} from './features/invalidation/fillRoute';
export type { DefinedRoute, InvalidatableApi } from './features/invalidation/routeDraft';
export * as markdown from './features/markdown';
export { plainMarkdown } from './features/plainMarkdown';
export type { PolicySize } from './features/policySize';
export type { RoutesAt } from './features/routes';
export type { SemanticToken } from './features/semanticTokens';
export { semanticTokenTypes } from './features/semanticTokenTypes';
export type { Highlight } from './features/structure/highlights';
export type { DocumentLink } from './features/structure/links';
export type { Renamable, Renaming } from './features/structure/rename';
export type { DocumentSymbol, SymbolKind } from './features/structure/symbols';
export type { SuppressionTarget } from './features/suppression';
export { createIamData, type IamData, type IamDataAssets, linesOf } from './iamData/iamData';
export { caching, readCacheKey } from './knowledge/caching';
export {
  type CacheKey,
  type KnownApi,
  type KnownRoute,
  NO_KNOWLEDGE,
  type ResponseTransfer,
  type RouteCaching,
  readResponseTransfer,
  type WorkspaceKnowledge,
} from './knowledge/knowledge';
export {
  type FileKnowledge,
  joinKnowledge,
  MAX_FILE_LENGTH,
  mayDefineApi,
  mayTell,
  readKnowledge,
} from './knowledge/read';
export {
  createLanguageService,
  type LanguageService,
  type LintOptions,
  type LintOutcome,
} from './languageService';
export {
  CONFIG_FILE,
  type Config,
  type Configured,
  overrideOf,
  type Suppression,
} from './lint/config';
export { applyEdits } from './lint/edits';
export { configRules, fileRules, policyNotFound } from './lint/fileRules';
export { type Finding, type SuppressedFinding, undated } from './lint/finding';
export type { LintResult } from './lint/lint';
export type { Edit, Fix } from './lint/rule';
export type { Category, FixKind, RuleMeta, Severity } from './lint/ruleMeta';
export { sourcesOf } from './lint/ruleSources';
export {
  fitsRule,
  isRuleSeverity,
  type RuleSetting,
  ruleSeverities,
  SEVERITY_RANK,
  severityOf,
} from './lint/severity';
export { statementFinder, suppress } from './lint/suppress';
export { TakenSpans } from './lint/takenSpans';
export type { RuleCost } from './lint/timing';
export { isTooLong, tooLongFindings } from './lint/tooLong';
export type { ConfiguredFile, UnusedInput } from './lint/unused';
export type { RuleFailure } from './lint/walk';
export type { TypeOverride } from './locate/kind';
export { tellingPath } from './locate/pathKind';
export type { PolicyKind, PolicyType } from './locate/policyType';
export { isPolicyType, policyTypeNames, policyTypes } from './locate/policyType';
export { joinModules, type ModuleContext, type TerraformModules } from './locate/terraformModule';
export { isModuleFile, type TerraformUses } from './locate/terraformUses';
export type { Policy, PolicyTraits, Statement } from './model/policy';
export { readUses } from './module';
export { own } from './own';
export { compileGlob } from './pattern/glob';
export {
  bytesOf,
  type IgnorePattern,
  type MatchBudget,
  matchesIgnorePattern,
  parseIgnoreLine,
} from './pattern/ignorePattern';
export { nearest } from './pattern/nearest';
export { touches } from './spans';
export { atOnce, inOneStep, type Steps } from './steps';
export { mayHavePolicy } from './syntax/frontEnds';
export {
  documentLanguages,
  fileExtensions,
  isJsonLanguage,
  isProgramLanguage,
  languageIds,
  languageOfDocument,
  languageOfFile,
  languageOfName,
  languageOfText,
} from './syntax/languages';
export type { Span } from './syntax/nodes';
export { counted } from './wording';
