/**
 * The facade: the only way into core for the shells (language server, command line, invalidation engine).
 * Everything is synchronous and pure; offsets are UTF-16, spans half-open.
 */

export { partitionById, partitionOfRegion, partitions, regionStanding } from './arn/partitions';
export type { DocumentInput, DocumentLanguage, PolicyDocument } from './document';
export type { Evaluation, EvaluationRequest, Hinge, Lack } from './evaluate/evaluate';
export type { CodeAction } from './features/codeActions';
export type { CodeLens } from './features/codeLens';
export type { ArnExplanation, SegmentExplanation } from './features/explainArn';
export type { Hover } from './features/hover';
export type { InvalidationDraft, OpenPart, Preflight } from './features/invalidationDraft';
export { type SemanticToken, semanticTokenTypes } from './features/semanticTokens';
export { createIamData, type IamData, type IamDataAssets } from './iamData/iamData';
export { createLanguageService, type LanguageService, type LintOptions } from './languageService';
export type { Finding, LintResult, RuleFailure } from './lint/lint';
export type { Category, Edit, Fix, FixKind, RuleMeta } from './lint/rule';
export {
  fitsRule,
  isRuleSeverity,
  type RuleSetting,
  SEVERITY_RANK,
  type Severity,
  severityOf,
} from './lint/severity';
export type { PolicyKind, PolicyType } from './locate/policyType';
export { isPolicyType, policyTypes } from './locate/policyType';
export type { Policy, Statement } from './model/policy';
export { nearest } from './pattern/nearest';
export type { Span } from './syntax/nodes';
