import { type DocumentInput, openDocument, type PolicyDocument } from './document';
import { type Evaluation, evaluate, openQuestion } from './evaluate/evaluate';
import type { EvaluationRequest } from './evaluate/request';
import { type Grant, grantsOf } from './features/allows/grants';
import { type QuestionChoices, questionChoices } from './features/allows/question';
import { questionDoubts } from './features/allows/questionDoubts';
import { refusalsOf } from './features/allows/refusals';
import { type Side, sidesOf } from './features/allows/sides';
import { type PolicyStanding, whoMayInvalidate } from './features/allows/whoMayInvalidate';
import type { CodeAction } from './features/codeAction';
import { codeActions, sortEdits } from './features/codeActions';
import { arnOffers, type CodeLens, codeLenses } from './features/codeLens';
import { changeReport, statementChangeText } from './features/compare/changeReport';
import { type Comparison, compareDocuments } from './features/compare/changes';
import {
  type Granted,
  type GrantedQuestion,
  grantedBy,
  grantedRegardless,
  mayGrantUnseen,
  type Regardless,
} from './features/compare/granted';
import {
  type StatementChange,
  statementChangeAt,
  statementChanges,
} from './features/compare/statementChanges';
import { type CompletionList, type CompletionOptions, completions } from './features/completion/completions';
import { completionDocumentation } from './features/completion/documentation';
import { actionsReport } from './features/explain/actionsReport';
import { arnReport, explainArnAt } from './features/explain/arnReport';
import { explainArn } from './features/explain/explainArn';
import type { ArnExplanation } from './features/explain/explanation';
import type { ActionsLink } from './features/hover/action';
import { patternText } from './features/hover/action';
import { type Hover, type HoverWorkspace, hover } from './features/hover/hover';
import { type InlayHint, type InlayHintKind, inlayHints } from './features/inlayHints';
import { type InvalidationChoices, invalidationChoices } from './features/invalidation/choices';
import {
  type InvalidationDraft,
  invalidationDraftAt,
  invalidationDraftOf,
  type Preflight,
  preflightOf,
} from './features/invalidation/draft';
import { insertInvalidateCacheActions } from './features/invalidation/insertInvalidateCache';
import {
  type DefinedRoute,
  type InvalidatableApi,
  invalidatableApis,
  routeAround,
  routeDraft,
} from './features/invalidation/routeDraft';
import { type PolicySize, policySize } from './features/policySize';
import { asksForModule } from './features/refactor/refactorings';
import { type TerraformText, terraformTexts } from './features/refactor/terraform/fromJson';
import { type RoutesAt, routesAt } from './features/routes';
import { type SemanticToken, semanticTokenSteps, semanticTokens } from './features/semanticTokens';
import { foldingSpanSteps, foldingSpans } from './features/structure/folding';
import { type Highlight, highlights } from './features/structure/highlights';
import { type DocumentLink, documentLinkSteps, documentLinks } from './features/structure/links';
import { type Renamable, type Renaming, renamableAt, renameSid } from './features/structure/rename';
import { selectionSpans } from './features/structure/selection';
import { type DocumentSymbol, documentSymbolSteps, documentSymbols } from './features/structure/symbols';
import { commentEdit, type SuppressionTarget, severityEdits, suppressionEdits } from './features/suppression';
import type { IamData } from './iamData/iamData';
import { keepKnown } from './keepKnown';
import type { KnownApi, WorkspaceKnowledge } from './knowledge/knowledge';
import { suppressByComments } from './lint/commentSuppressions';
import { type Config, type Configured, readConfig, type Suppression } from './lint/config';
import { fileRules } from './lint/fileRules';
import type { Finding, SuppressedFinding } from './lint/finding';
import { type LintResult, lintSteps, UNBROKEN } from './lint/lint';
import type { AnyRule, Edit } from './lint/rule';
import type { RuleMeta } from './lint/ruleMeta';
import { unknownRule } from './lint/ruleNames';
import { fitsRule, type RuleSetting, severityOf } from './lint/severity';
import { suppress } from './lint/suppress';
import { type UnusedInput, unusedSuppressions } from './lint/unused';
import type { Policy } from './model/policy';
import { allRules } from './rules/registry';
import { Specimen } from './specimen';
import { atOnce, type Steps } from './steps';
import { isProgramLanguage } from './syntax/languages';
import type { Span } from './syntax/nodes';

export interface LintOptions {
  /** In order of precedence, the last that fits wins; they win over those of the configuration. */
  readonly rules?: readonly RuleSetting[];
  readonly configured?: Configured | undefined;
  /** A clock in milliseconds, for `costs`. */
  readonly now?: (() => number) | undefined;
  /** What other files of the workspace tell; rules that need it are silent without. */
  readonly knowledge?: WorkspaceKnowledge | undefined;
}

export interface LintOutcome extends LintResult {
  /** The entries of the configuration that suppressed a finding. */
  readonly used?: ReadonlySet<Suppression>;
  /** The findings that comments and the configuration took out. */
  readonly suppressed?: readonly SuppressedFinding[];
}

/** What the shells can ask for. No method throws on any input that a user can type. */
export interface LanguageService {
  /** The rules in order of id. */
  readonly rules: readonly RuleMeta[];
  /** Absent when the service reference is missing; rules that need it are then silent. */
  readonly iamData: IamData | undefined;
  /** @param before as for `openDocument` */
  open(input: DocumentInput, before?: PolicyDocument): PolicyDocument;
  lint(document: PolicyDocument, options?: LintOptions): LintOutcome;
  /** The same in parts, between which anything else may be asked for. */
  lintSteps(document: PolicyDocument, options?: LintOptions): Steps<LintOutcome>;
  /**
   * Forgets what was worked out for other documents than these, if that is much. What is asked of others next takes as long
   * as when they were opened.
   */
  keepOnly(documents: readonly DocumentInput[]): void;
  /** Reads a configuration file; its mistakes are findings. `overruling` settings win over the file's own. */
  readConfig(text: string, overruling?: readonly RuleSetting[]): Config;
  /** The findings on entries of a configuration that suppress nothing in any of the files. */
  unusedSuppressions(input: UnusedInput): readonly Finding[];
  /** What is wrong with a rule id or a glob over ids that speaks of no rule, in one sentence. */
  unknownRule(rule: string): string | undefined;
  /**
   * The edit that writes a suppression as a comment; `undefined` where none can stand. Its reason is empty when left
   * out.
   */
  commentEdit(
    document: PolicyDocument,
    finding: Pick<Finding, 'rule' | 'span'>,
    reason?: string,
  ): Edit | undefined;
  /** The edits that write a suppression into a configuration file; `undefined` where its text leaves no place. */
  suppressionEdits(config: string, target: SuppressionTarget): readonly Edit[] | undefined;
  /** The edits that set a rule's severity in a configuration file; `undefined` where its text leaves no place. */
  severityEdits(
    config: string,
    setting: { readonly rule: string; readonly severity: string },
  ): readonly Edit[] | undefined;
  /** What can be written at an offset. */
  completions(document: PolicyDocument, offset: number, options: CompletionOptions): CompletionList;
  /** What there is to say about an item, in Markdown, by its `documentation`. */
  completionDocumentation(key: string): string | undefined;
  /**
   * Quick fixes of the findings that touch the span, then what else can be done there. `asked` tells for which kinds
   * somebody asked; some are offered to them only. `module` has the texts of the other files of a module of Terraform.
   */
  codeActions(
    document: PolicyDocument,
    span: Span,
    findings: readonly Finding[],
    asked?: (kind: string) => boolean,
    knowledge?: WorkspaceKnowledge,
    module?: readonly string[],
  ): readonly CodeAction[];
  /** What a file that is one policy in JSON is in Terraform. */
  terraformTexts(document: PolicyDocument): readonly TerraformText[];
  /** Whether what is offered at a place hangs on the other files of a module of Terraform. */
  asksForModule(document: PolicyDocument, span: Span, asked?: (kind: string) => boolean): boolean;
  /** Sorts the actions and resources of every policy of a document. */
  sortEdits(document: PolicyDocument): readonly Edit[];
  /** What there is to say about the thing at an offset; with a workspace, which of its routes an ARN matches. */
  hover(
    document: PolicyDocument,
    offset: number,
    workspace?: HoverWorkspace,
    actionsLink?: ActionsLink,
  ): Hover | undefined;
  /** The routes of the workspace that the ARN segment at an offset stands for. */
  routesAt(document: PolicyDocument, offset: number, knowledge: WorkspaceKnowledge): RoutesAt | undefined;
  /** The ways to insert the InvalidateCache statement that are offered at a span, for the command palette. */
  insertInvalidateCache(document: PolicyDocument, span: Span): readonly CodeAction[];
  /** Of the whole document, or of the statements that a span touches. */
  semanticTokens(document: PolicyDocument, span?: Span): readonly SemanticToken[];
  /** Those of the whole document, in parts. */
  semanticTokenSteps(document: PolicyDocument): Steps<readonly SemanticToken[]>;
  /** The offers that stand above the lines of a document. */
  codeLenses(document: PolicyDocument): readonly CodeLens[];
  /** The same offers for the ARN that a span touches, if it is one. */
  arnOffers(document: PolicyDocument, span: Span): readonly CodeLens[];
  /** The outline: statements, under their policies where there are several. */
  documentSymbols(document: PolicyDocument): readonly DocumentSymbol[];
  /** The same in parts. */
  documentSymbolSteps(document: PolicyDocument): Steps<readonly DocumentSymbol[]>;
  /** The objects and lists of a document that holds a policy. */
  foldingSpans(document: PolicyDocument): readonly Span[];
  /** The same in parts. */
  foldingSpanSteps(document: PolicyDocument): Steps<readonly Span[]>;
  /** What a growing selection takes in, the narrowest first. */
  selectionSpans(document: PolicyDocument, offset: number): readonly Span[];
  /** Where the thing at an offset is named; `undefined` where there is nothing that has a name. */
  highlights(document: PolicyDocument, offset: number): readonly Highlight[] | undefined;
  /** The Sid at an offset that can be renamed. */
  renamableAt(document: PolicyDocument, offset: number): Renamable | undefined;
  /** The edits that give the Sid at an offset another name, or why it cannot have it. */
  renameSid(document: PolicyDocument, offset: number, name: string): Renaming;
  /** Links to AWS's documentation. */
  documentLinks(document: PolicyDocument): readonly DocumentLink[];
  /** The same in parts. */
  documentLinkSteps(document: PolicyDocument): Steps<readonly DocumentLink[]>;
  /** The hints of these kinds within a span. */
  inlayHints(document: PolicyDocument, span: Span, kinds: ReadonlySet<InlayHintKind>): readonly InlayHint[];
  /** In Markdown, which actions a pattern covers, by access level; `undefined` without the service reference. */
  actionPatternText(pattern: string, actionsLink?: ActionsLink): string | undefined;
  /** Every action that a pattern covers, as a Markdown page; `undefined` where none is known. */
  actionsReport(pattern: string): string | undefined;
  /** How much of its quota a policy uses; `undefined` where there is no quota or a template adds to the policy. */
  policySize(policy: Policy): PolicySize | undefined;
  /** The segment table of an ARN, of any service; also for text that is no ARN, with what is wrong. */
  explainArn(text: string): ArnExplanation;
  /** The same for the ARN at an offset, judged where it stands; `undefined` where there is none. */
  explainArnAt(document: PolicyDocument, offset: number): ArnExplanation | undefined;
  /** An explanation as a Markdown document. */
  arnReport(explanation: ArnExplanation): string;
  /** What an invalidation would need to know, from the ARN at an offset; `undefined` where there is none. */
  invalidationDraftAt(document: PolicyDocument, offset: number): InvalidationDraft | undefined;
  /** The same from an ARN alone. */
  invalidationDraftOf(arn: string): InvalidationDraft;
  /** The route that an offset of a definition falls on, among those that were read from its text. */
  routeAround(text: string, offset: number, apis: readonly KnownApi[]): DefinedRoute | undefined;
  /** The draft for a route of a definition. */
  routeDraft(found: DefinedRoute): InvalidationDraft;
  /** The APIs whose routes can be invalidated; of a pattern only those that it matches. */
  invalidatableApis(apis: readonly KnownApi[], pattern: string | undefined): readonly InvalidatableApi[];
  /** What the workspace knows that fits where a draft is open. */
  invalidationChoices(draft: InvalidationDraft, knowledge: WorkspaceKnowledge): InvalidationChoices;
  /** What the document's policies say about an invalidation of what an ARN names, offline. */
  preflight(document: PolicyDocument, arn: string): Preflight;
  /** Whether the policies of the documents together would allow a request, offline. */
  allows(documents: readonly PolicyDocument[], request: EvaluationRequest): Evaluation;
  /** What the policies of some documents grant that those of others do not, and what they take away, offline. */
  compare(before: readonly PolicyDocument[], after: readonly PolicyDocument[]): Comparison;
  /** The same, with what follows if the condition keys that settle the answer have certain values. */
  allowsEachWay(
    documents: readonly PolicyDocument[],
    request: EvaluationRequest,
  ): { readonly evaluation: Evaluation; readonly sides: readonly Side[] };
  /**
   * The same for two versions of a document, as a Markdown page, and in how many ways something is newly granted.
   * `against` says in words what the document is compared with. With an offset, what the statement there changes comes
   * first.
   */
  changeReport(
    before: PolicyDocument,
    after: PolicyDocument,
    told: {
      readonly against: string;
      readonly refusals: readonly string[];
      readonly at?: number | undefined;
    },
  ): { readonly report: string; readonly granted: number };
  /**
   * The statements of a document that say something else than in an older version of it, with what each newly grants. The
   * work is bounded by a part of what `compare` may do.
   */
  statementChanges(before: PolicyDocument, after: PolicyDocument): readonly StatementChange[];
  /** What one of them grants and takes away, in Markdown; empty where that is nothing. */
  changeText(change: StatementChange): string;
  /** Everything that policies grant, each by itself, as far as the question asks; offline. */
  granted(documents: readonly PolicyDocument[], question: GrantedQuestion): readonly Granted[];
  /** What some may do whatever these policies say, among what the question asks for. */
  grantedRegardless(documents: readonly PolicyDocument[], question: GrantedQuestion): readonly Regardless[];
  /** Whether a document may grant more by statements that are put in elsewhere, which `granted` cannot tell. */
  mayGrantUnseen(document: PolicyDocument, question: GrantedQuestion): boolean;
  /** What makes AWS refuse a policy of the document, so that no answer of `allows` about it counts; by place. */
  refusals(document: PolicyDocument): readonly Finding[];
  /** Why AWS may never ask what a request asks, in sentences; nothing without the service reference. */
  questionDoubts(request: EvaluationRequest): readonly string[];
  /** The smallest changes that would grant a request for which an Allow is missing; the first is the smallest. */
  grants(documents: readonly PolicyDocument[], request: EvaluationRequest): readonly Grant[];
  /** What the documents suggest to ask, and what stands at an offset of one of them. */
  questionChoices(
    documents: readonly PolicyDocument[],
    at?: { readonly document: PolicyDocument; readonly offset: number },
  ): QuestionChoices;
  /** Who may invalidate what an execute-api ARN names, by each policy of the document alone. */
  whoMayInvalidate(document: PolicyDocument, arn: string): readonly PolicyStanding[];
}

/** Makes a language service. `iamData` comes from `createIamData`; everything else works without it. */
export function createLanguageService(dependencies: {
  readonly iamData: IamData | undefined;
  /** For tests of the framework; all rules otherwise. */
  readonly rules?: readonly AnyRule[];
}): LanguageService {
  const { iamData, rules = allRules } = dependencies;
  const metas = rules.map((rule) => rule.meta);
  const known = [...metas, ...fileRules];
  const ids = known.map((meta) => meta.id);
  function* lintConfigured(
    document: PolicyDocument,
    { rules: overruling = NO_SETTINGS, configured, knowledge, now }: LintOptions,
    pace?: typeof UNBROKEN,
  ): Steps<LintOutcome & Required<Pick<LintOutcome, 'used'>>> {
    const settings = configured === undefined ? overruling : [...configured.config.rules, ...overruling];
    const result = yield* lintSteps(
      {
        policies: document.policies,
        caches: document.caches,
        rules,
        settings,
        iamData,
        knowledge,
        text: document.text,
        now,
      },
      pace,
    );
    const said = findingsIn(document, result.findings);
    const { findings, suppressed } = suppressByComments(said, document, {
      settings,
      ids,
      ran: (rule) =>
        result.failures.length === 0 &&
        metas
          .filter(({ id }) => fitsRule({ rule }, id))
          .every(
            (meta) =>
              severityOf(meta, settings) !== undefined &&
              (meta.needs === undefined || (meta.needs === 'iamData' && iamData !== undefined)),
          ),
    });
    specimen?.checked(document.text.length);
    const left = configured === undefined ? undefined : suppress(findings, document, configured);
    return {
      findings: eachOnce(left?.findings ?? findings),
      failures: result.failures,
      costs: result.costs,
      suppressed: left === undefined ? suppressed : [...suppressed, ...left.suppressed],
      used: left?.used ?? NONE_USED,
    };
  }
  const specimen =
    rules === allRules
      ? new Specimen((text) => {
          const document = openDocument({ text, language: 'json' });
          atOnce(lintConfigured(document, {}, UNBROKEN));
          return document;
        })
      : undefined;
  return {
    rules: metas,
    iamData,
    open: openDocument,
    lint: (document, options = {}) => atOnce(lintConfigured(document, options, UNBROKEN)),
    lintSteps: (document, options = {}) => lintConfigured(document, options),
    keepOnly: keepKnown,
    readConfig: (text, overruling) => readConfig(text, known, overruling),
    unusedSuppressions: (input) =>
      unusedSuppressions(input, {
        rules: metas,
        hasIamData: iamData !== undefined,
        open: openDocument,
        lint: (document, config, path, overruling) =>
          atOnce(lintConfigured(document, { rules: overruling, configured: { config, path } }, UNBROKEN)),
      }),
    unknownRule: (rule) => unknownRule(rule, ids),
    suppressionEdits,
    commentEdit,
    severityEdits,
    completions: (document, offset, options) =>
      document.language === 'markdown'
        ? { items: [], isIncomplete: false }
        : completions(document, offset, { ...options, iamData }),
    completionDocumentation: (key) => completionDocumentation(key, iamData),
    codeActions: (document, span, findings, asked, knowledge, module) =>
      codeActions(document, span, findings, iamData, asked, knowledge, module),
    terraformTexts,
    asksForModule,
    sortEdits,
    hover: (document, offset, workspace, actionsLink) =>
      hover(document, offset, { iamData, workspace, actionsLink }),
    routesAt,
    routeAround,
    routeDraft,
    invalidatableApis,
    insertInvalidateCache: insertInvalidateCacheActions,
    semanticTokens: (document, span) => (isProgram(document) ? [] : semanticTokens(document, span)),
    *semanticTokenSteps(document) {
      return isProgram(document) ? [] : yield* semanticTokenSteps(document);
    },
    codeLenses: (document) => (document.language === 'markdown' ? [] : codeLenses(document)),
    arnOffers,
    documentSymbols: (document) => (isProgram(document) ? [] : documentSymbols(document)),
    *documentSymbolSteps(document) {
      return isProgram(document) ? [] : yield* documentSymbolSteps(document);
    },
    foldingSpans: (document) => (isProgram(document) ? [] : foldingSpans(document)),
    *foldingSpanSteps(document) {
      return isProgram(document) ? [] : yield* foldingSpanSteps(document);
    },
    selectionSpans: (document, offset) => (isProgram(document) ? [] : selectionSpans(document, offset)),
    highlights: (document, offset) => (isProgram(document) ? undefined : highlights(document, offset)),
    // A program's own language server renames what is in it.
    renamableAt: (document, offset) => (isProgram(document) ? undefined : renamableAt(document, offset)),
    renameSid: (document, offset, name) => renameSid(document, offset, name),
    documentLinks: (document) => (isProgram(document) ? [] : documentLinks(document)),
    *documentLinkSteps(document) {
      return isProgram(document) ? [] : yield* documentLinkSteps(document);
    },
    inlayHints: (document, span, kinds) =>
      isProgram(document) ? [] : inlayHints(document, span, kinds, iamData),
    actionPatternText: (pattern, actionsLink) => patternText(pattern, iamData, actionsLink)?.join('\n\n'),
    actionsReport: (pattern) => actionsReport(pattern, iamData),
    policySize,
    explainArn: (text) => explainArn(text, { iamData }),
    explainArnAt: (document, offset) => explainArnAt(document, offset, iamData),
    arnReport,
    invalidationDraftAt,
    invalidationDraftOf,
    invalidationChoices,
    preflight: preflightOf,
    allows: (documents, request) =>
      evaluate(
        documents.flatMap((document) => document.policies),
        request,
        { rcpServices: iamData?.rcpSupportedServices },
      ),
    compare: (before, after) => compareDocuments(before, after, iamData),
    changeReport: (before, after, told) => {
      const comparison = compareDocuments([before], [after], iamData);
      const { at, ...words } = told;
      const asked =
        at === undefined
          ? undefined
          : statementChangeAt(statementChanges(before, after, { iamData, comparison }), at);
      const first = asked === undefined ? [] : [...asked.granted, ...asked.removed];
      return {
        report: changeReport(before, after, comparison, { ...words, first }),
        granted: comparison.granted.length,
      };
    },
    // A page has policies for people to read, and shows the same one several times.
    statementChanges: (before, after) =>
      after.language === 'markdown' ? [] : statementChanges(before, after, { iamData }),
    changeText: statementChangeText,
    granted: (documents, question) => grantedBy(documents, question, iamData),
    grantedRegardless: (documents, question) => grantedRegardless(documents, question, iamData),
    mayGrantUnseen,
    allowsEachWay: (documents, request) => {
      const question = openQuestion(
        documents.flatMap((document) => document.policies),
        request,
        { rcpServices: iamData?.rcpSupportedServices },
      );
      return { evaluation: question.evaluation, sides: sidesOf(question) };
    },
    refusals: refusalsOf,
    questionDoubts: (request) => questionDoubts(request, iamData),
    grants: grantsOf,
    questionChoices,
    whoMayInvalidate,
  };
}

/** What findings are worth in the language of a document. */
function findingsIn({ language, text }: PolicyDocument, findings: readonly Finding[]): readonly Finding[] {
  if (language === 'markdown') {
    return findings.filter((finding) => isForReaders(finding, text));
  }
  // What a program writes into a text with a placeholder, or adds to an empty list, stands elsewhere in it.
  return isProgramLanguage(language) || language === 'template'
    ? findings.filter(({ rule }) => !/^(?:placeholder|statement-missing)$/.test(rule))
    : findings;
}

/**
 * Without those that say of the same place what one before says: a list with an anchor in YAML is part of each statement
 * that has its alias. They come by place and rule.
 */
function eachOnce(findings: readonly Finding[]): readonly Finding[] {
  const isSaid = ({ rule, message, span }: Finding, index: number): boolean => {
    const before = findings[index - 1];
    return (
      before?.span.start === span.start &&
      before.span.end === span.end &&
      before.rule === rule &&
      before.message === message
    );
  };
  return findings.some(isSaid) ? findings.filter((finding, index) => !isSaid(finding, index)) : findings;
}

/**
 * A page is read by many, and shows parts of policies with values to be filled in: only what is wrong in any case counts.
 */
function isForReaders({ rule, severity, span }: Finding, text: string): boolean {
  return (
    severity === 'error' &&
    !/^(?:placeholder|json-syntax)$/.test(rule) &&
    !/[$<>]|\.\.|xxx/i.test(text.slice(span.start, span.end))
  );
}

/** The structure and the colours of a program are the business of its language's own tools. */
function isProgram({ language }: PolicyDocument): boolean {
  return isProgramLanguage(language);
}

const NONE_USED: ReadonlySet<Suppression> = new Set();

/** One list for all who have no settings, so that what follows from them is found again. */
const NO_SETTINGS: readonly RuleSetting[] = [];
