/**
 * Our own messages between the client and the server: names and types, no code. Everything is plain JSON; what is
 * absent is left out, never null.
 */

/** Each request by its method name. A shell binds names to types through this map, so neither can drift. */
export interface Requests {
  readonly 'iamPolicy/policyTypes': {
    readonly params: PolicyTypesParams;
    readonly result: PolicyTypesResult;
  };
  readonly 'iamPolicy/explainArn': {
    readonly params: ExplainArnParams;
    readonly result: ExplainArnResult;
  };
  readonly 'iamPolicy/invalidationDraft': {
    readonly params: InvalidationDraftParams;
    readonly result: InvalidationDraftResult;
  };
  readonly 'iamPolicy/routeDraft': {
    readonly params: RouteDraftParams;
    readonly result: InvalidationDraftResult;
  };
  readonly 'iamPolicy/invalidatableRoutes': {
    readonly params: InvalidatableRoutesParams;
    readonly result: InvalidatableRoutesResult;
  };
  readonly 'iamPolicy/invalidationPreview': {
    readonly params: InvalidationPreviewParams;
    readonly result: InvalidationPreviewResult;
  };
  readonly 'iamPolicy/profiles': {
    readonly params: ProfilesParams;
    readonly result: ProfilesResult;
  };
  readonly 'iamPolicy/invalidate': {
    readonly params: InvalidateParams;
    readonly result: InvalidateResult;
  };
  /** Progress comes as `iamPolicy/invalidateManyProgress`. */
  readonly 'iamPolicy/invalidateMany': {
    readonly params: InvalidateManyParams;
    readonly result: InvalidateManyResult;
  };
  readonly 'iamPolicy/targetOfUrl': {
    readonly params: TargetOfUrlParams;
    readonly result: TargetOfUrlResult;
  };
  readonly 'iamPolicy/curl': {
    readonly params: CurlParams;
    readonly result: CurlResult;
  };
  readonly 'iamPolicy/stageCache': {
    readonly params: StageCacheParams;
    readonly result: StageCacheResult;
  };
  readonly 'iamPolicy/flushStageCache': {
    readonly params: FlushStageCacheParams;
    readonly result: FlushStageCacheResult;
  };
  readonly 'iamPolicy/whoAmI': {
    readonly params: WhoAmIParams;
    readonly result: WhoAmIResult;
  };
  readonly 'iamPolicy/insertInvalidateCache': {
    readonly params: InsertInvalidateCacheParams;
    readonly result: InsertInvalidateCacheResult;
  };
  readonly 'iamPolicy/questionChoices': {
    readonly params: QuestionChoicesParams;
    readonly result: QuestionChoices;
  };
  readonly 'iamPolicy/allows': {
    readonly params: AllowsParams;
    readonly result: AllowsResult;
  };
  readonly 'iamPolicy/whoMayInvalidate': {
    readonly params: WhoMayInvalidateParams;
    readonly result: WhoMayInvalidateResult;
  };
}

export type RequestName = keyof Requests;

/** What the server asks of clients that said `clientCommands`, where nothing else is said. */
export interface ClientRequests {
  readonly 'iamPolicy/mfaCode': {
    readonly params: { readonly serial: string };
    /** Without a code the person declined. */
    readonly result: { readonly code?: string };
  };
  /** The files of the workspace, for clients that said `workspaceFiles`; what the user excludes is left out. */
  readonly 'iamPolicy/findFiles': {
    readonly params: FindFilesParams;
    readonly result: { readonly uris: readonly string[] };
  };
  readonly 'iamPolicy/readFile': {
    readonly params: { readonly uri: string; readonly maxLength: number };
    /** Without a text where there is none, or one of more bytes than `maxLength`. */
    readonly result: { readonly text?: string };
  };
}

export interface FindFilesParams {
  /** The ends of the names of the files, such as `.yaml`. */
  readonly endings: readonly string[];
  /** Folders by these names are left out, wherever they are. */
  readonly excludedFolders: readonly string[];
  /** More files are not looked for. */
  readonly limit: number;
}

/** What the server tells clients that said `clientCommands`. */
export interface Notifications {
  readonly 'iamPolicy/invalidateProgress': InvalidateProgress;
  readonly 'iamPolicy/invalidateManyProgress': InvalidateManyProgress;
}

/** Sent by our own client as `initializationOptions`; every other client may leave them out. */
export interface InitializationOptions {
  /** The editor reports JSON syntax errors by itself, so our rule for them would only repeat it. */
  readonly builtInJson?: boolean;
  /** The client has the commands that code lenses and code actions name (`apiGateway.invalidateCache`). */
  readonly clientCommands?: boolean;
  /** What the client shows a rule's page under, with `<rule id>.md` behind it; else it is the page's file. */
  readonly rulePages?: string;
  /** The client finds and reads the files of the workspace, wherever it lies. */
  readonly workspaceFiles?: boolean;
}

/** Zero-based; `character` counts UTF-16 code units, as everywhere in the protocol. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

export interface PolicyTypesParams {
  readonly uri: string;
}

export interface PolicyTypesResult {
  /** In source order; empty for a document without a policy. */
  readonly policies: readonly DetectedPolicy[];
  /** The service reference that unknown actions are judged by; absent when it is missing. */
  readonly reference?: { readonly version: string; readonly date: string };
}

export interface DetectedPolicy {
  /** The policy's object. */
  readonly range: TextRange;
  readonly type: string;
  /** What a resource policy is attached to, as CloudFormation names it. */
  readonly resourceType?: string;
  /** Why the type was chosen, a sentence without its full stop. */
  readonly reason: string;
  /** Absent where AWS publishes no quota, and where a template adds to the policy. */
  readonly size?: PolicySize;
}

export interface PolicySize {
  readonly characters: number;
  readonly quota: number;
  /** Whether white space is left out or counted. */
  readonly counts: 'inked' | 'all';
  /** What the quota is one of, as in "a managed policy". */
  readonly holder: string;
}

/** By ARN, or by what stands at a position of an open document; the ARN wins. */
export interface ExplainArnParams {
  readonly arn?: string;
  readonly uri?: string;
  readonly position?: TextPosition;
}

export interface ExplainArnResult {
  /** For people, in Markdown; absent when there is no ARN at the position. */
  readonly report?: string;
}

/** By ARN, or by what stands at a position of an open document; the ARN wins. */
export interface InvalidationDraftParams {
  readonly arn?: string;
  readonly uri?: string;
  readonly position?: TextPosition;
}

export interface InvalidationDraftResult {
  /** Absent when there is no execute-api ARN to start from. */
  readonly draft?: InvalidationDraft;
}

export type TargetPart = 'region' | 'apiId' | 'stage' | 'method' | 'path';

/** What an execute-api ARN says about an invalidation, and what it leaves open. */
export interface InvalidationDraft {
  readonly arn: string;
  readonly partition: string;
  readonly account?: string;
  /** The parts that are certain. The path has no leading slash, as in the ARN. */
  readonly known: Partial<Readonly<Record<TargetPart, string>>>;
  /** What the ARN has written in each part. */
  readonly patterns: Readonly<Record<TargetPart, string>>;
  /** The parts to ask for, in order. */
  readonly open: readonly TargetPart[];
  /** For open parts what the workspace knows that fits; a path may have parameters in braces, to be filled in. */
  readonly choices: Partial<Readonly<Record<TargetPart, readonly string[]>>>;
  /** Why nothing can be invalidated with this ARN. */
  readonly refusal?: string;
  /** What the policies of the document say, offline; absent without a document. */
  readonly preflight?: Preflight;
}

/** By what stands at a position of a definition, which need not be open: its text comes along. */
export interface RouteDraftParams {
  readonly uri: string;
  readonly text: string;
  readonly position: TextPosition;
}

export interface InvalidatableRoutesParams {
  /** An execute-api ARN that the routes have to match; without it all count. */
  readonly arn?: string;
}

export interface InvalidatableRoutesResult {
  readonly apis: readonly InvalidatableApi[];
}

/** An API of the workspace that may have a cache. */
export interface InvalidatableApi {
  readonly name: string;
  /** Where it is defined. */
  readonly uri: string;
  /** What is known of its place, and what has to be asked. */
  readonly draft: InvalidationDraft;
  /** Those that answer GET. A path has no leading slash, and its parameters in braces. */
  readonly routes: readonly { readonly path: string; readonly authorization?: string }[];
}

export type PreflightAnswer = 'allow' | 'deny' | 'implicit-deny' | 'depends';

export interface Preflight {
  readonly invoke: PreflightAnswer;
  readonly invalidateCache: PreflightAnswer;
}

export type Pair = readonly [name: string, value: string];

/** One cache entry, named the way a request names it. */
export interface InvalidationTarget {
  readonly partition: string;
  readonly region: string;
  readonly account?: string;
  readonly apiId: string;
  readonly stage: string;
  readonly method: string;
  /** Without the leading slash. */
  readonly path: string;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  /** A URL in place of the default endpoint, with `{apiId}` and `{region}` where these belong. */
  readonly endpoint?: string;
  /** In place of the default endpoint; one of the setting `iamPolicy.invalidation.customDomains`, or it is refused. */
  readonly domain?: CustomDomain;
}

export interface CustomDomain {
  readonly name: string;
  /** Without slashes around it; empty for the whole domain. */
  readonly basePath: string;
}

export interface InvalidationPreviewParams {
  readonly target: InvalidationTarget;
}

export interface InvalidationPreviewResult {
  /** Absent as long as there are problems. */
  readonly url?: string;
  readonly problems: readonly TargetProblem[];
  /** Whether the method may change something behind the API. */
  readonly mayChangeState: boolean;
  /** Query parameters and headers whose values are taken for secrets, by their names as the target has them. */
  readonly secretNames: readonly string[];
}

export interface TargetProblem {
  /** The member of the target that is wrong. */
  readonly field: string;
  readonly message: string;
}

export type ProfilesParams = Readonly<Record<string, never>>;

export interface ProfilesResult {
  /** The profiles of the shared AWS configuration files, by name. */
  readonly profiles: readonly Profile[];
}

export interface Profile {
  readonly name: string;
  readonly region?: string;
  /** Where its credentials come from, in one word. */
  readonly source: string;
}

export type Identity =
  | { readonly kind: 'default' }
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'unsigned' };

export interface InvalidateParams {
  /** Made up by the client; progress carries it. */
  readonly id: string;
  readonly target: InvalidationTarget;
  readonly identity: Identity;
  /** Sent as `x-api-key`; never logged and never part of a report. */
  readonly apiKey?: string;
  readonly timeoutSeconds: number;
  readonly checks?: InvalidationChecks;
}

/** What is done around an invalidation; nothing of it unless asked for. */
export interface InvalidationChecks {
  /** Reads the stage's settings first: the verdict then knows what they decide. */
  readonly stage?: 'read';
  /** Asks AWS first who signs; a caller of another account than the ARN's is refused. */
  readonly identify?: 'ask';
  /** Sends although the ARN names another account than the caller's: it may be a placeholder. */
  readonly acrossAccounts?: 'send';
  /** Reads the entry as a plain caller before and after; GET and HEAD only. */
  readonly proof?: 'read-before-and-after';
}

export interface InvalidateProgress {
  readonly id: string;
  readonly step: 'credentials' | 'signing' | 'sending' | 'waiting' | 'judging';
}

/** Also a cancelled invalidation has a result: its verdict says what is known. */
export interface InvalidateResult {
  readonly verdict: Verdict;
  /** For people, in Markdown; holds no secret. */
  readonly report: string;
  /** For programs, JSON; holds no secret. */
  readonly json: string;
}

export interface InvalidateManyParams {
  /** Made up by the client; progress carries it. */
  readonly id: string;
  readonly targets: readonly InvalidationTarget[];
  readonly identity: Identity;
  readonly apiKey?: string;
  readonly timeoutSeconds: number;
  readonly checks?: InvalidationChecks;
}

/** One target is done. They finish in any order. */
export interface InvalidateManyProgress {
  readonly id: string;
  /** Of the target. */
  readonly index: number;
  readonly verdict: Verdict;
  readonly done: number;
  readonly of: number;
}

/** Also a cancelled request has a result: what was not sent has a verdict that says so. */
export interface InvalidateManyResult {
  /** In the order of the targets. */
  readonly verdicts: readonly Verdict[];
  /** A table for people, in Markdown; holds no secret. */
  readonly report: string;
  /** For programs, a JSON array; holds no secret. */
  readonly json: string;
}

export interface TargetOfUrlParams {
  readonly url: string;
}

/** What an invoke URL says: as a draft, with what goes beside it into a target; or why it is refused. */
export interface TargetOfUrlResult {
  readonly refusal?: string;
  readonly draft?: InvalidationDraft;
  readonly query?: readonly Pair[];
  readonly endpoint?: string;
  readonly domain?: CustomDomain;
}

export interface CurlParams {
  readonly target: InvalidationTarget;
  readonly signing: 'sigv4' | 'unsigned';
  readonly apiKey: 'sent' | 'absent';
}

export interface CurlResult {
  /** For a POSIX shell; holds no secret. Absent as long as there are problems. */
  readonly command?: string;
  /** What may go wrong with the command although the request is right. */
  readonly caveat?: string;
  readonly problems: readonly TargetProblem[];
}

/** A stage, and where it is. */
export interface StagePlace {
  readonly partition: string;
  readonly region: string;
  readonly apiId: string;
  readonly stage: string;
}

export interface StageCacheParams {
  readonly stage: StagePlace;
  /** What the page is to say something about in particular; the path without its leading slash. */
  readonly request?: { readonly method: string; readonly path: string };
  readonly identity: Identity;
  readonly timeoutSeconds: number;
}

export interface StageCacheResult {
  /** `accepted` where the settings were read. */
  readonly verdict: Verdict;
  /** The page that explains the settings, or why they could not be read; Markdown. */
  readonly report: string;
  /** Absent where they could not be read. */
  readonly settings?: StageCacheSummary;
}

export interface StageCacheSummary {
  readonly cluster: 'on' | 'off';
  readonly status?: string;
  /** In GB. */
  readonly size?: string;
  /** How many methods have settings of their own. */
  readonly overrides: number;
  readonly findings: readonly StageFinding[];
  /** About the request in mind; absent without one. */
  readonly request?: {
    /** Whether nothing can be invalidated: a sentence that says why. */
    readonly uncached?: string;
    /** Whether an unauthorized invalidation would look like a good one. */
    readonly silence: 'silent' | 'told';
    /** Absent where the stage does not say. */
    readonly authorization?: 'required' | 'not-required';
    readonly notes: readonly string[];
  };
}

export interface StageFinding {
  readonly id: string;
  readonly weight: 'wrong' | 'note';
  readonly message: string;
}

export interface FlushStageCacheParams {
  readonly stage: StagePlace;
  readonly identity: Identity;
  readonly timeoutSeconds: number;
}

export interface FlushStageCacheResult {
  readonly verdict: Verdict;
  /** For people, in Markdown; holds no secret. */
  readonly report: string;
}

export interface WhoAmIParams {
  readonly partition: string;
  readonly region: string;
  readonly identity: Identity;
  readonly timeoutSeconds: number;
}

export interface WhoAmIResult {
  /** `accepted` where AWS knows the caller. */
  readonly verdict: Verdict;
  readonly account?: string;
  readonly arn?: string;
}

export interface Verdict {
  readonly kind: string;
  /** Stable: which row of the verdict table matched. */
  readonly reason: string;
  readonly title: string;
  readonly explanation: string;
  readonly caveats: readonly string[];
  readonly nextSteps: readonly NextStep[];
}

export interface NextStep {
  readonly id: string;
  readonly label: string;
}

export interface InsertInvalidateCacheParams {
  readonly uri: string;
  readonly position: TextPosition;
}

export interface InsertInvalidateCacheResult {
  /** Non-overlapping; empty when there is nothing to insert at the position. */
  readonly edits: readonly { readonly range: TextRange; readonly newText: string }[];
}

export interface QuestionChoicesParams {
  /** The documents that are asked together. */
  readonly uris: readonly string[];
  /** The cursor, in the first of them. */
  readonly position?: TextPosition;
}

/** What can be asked, each in source order. */
export interface QuestionChoices {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  /** Whether the answer may depend on who asks. */
  readonly asksPrincipal: boolean;
  /** Where the cursor leaves no doubt. */
  readonly here: { readonly action?: string; readonly resource?: string };
}

export interface AllowsParams {
  readonly uris: readonly string[];
  readonly action: string;
  readonly resource: string;
  readonly principal?: string;
}

export interface AllowsResult {
  /** Absent when none of the documents holds a policy. */
  readonly outcome?: PreflightAnswer;
  /** The statements that decide, in source order; empty for an implicit deny. */
  readonly deciding: readonly DecidingStatement[];
  /** What is missing, sentences without full stops; empty unless the deny is implicit. */
  readonly lacks: readonly string[];
  /** Changes that would grant what was asked, the smallest first. */
  readonly grants: readonly Grant[];
}

/** A place of a document to go to. */
export interface Place {
  readonly uri: string;
  readonly range: TextRange;
}

export interface DecidingStatement extends Place {
  /** By its Sid in quotes, else by its number. */
  readonly name: string;
  readonly effect: string;
  readonly policyType: string;
  /** What it hangs on, each with its place. */
  readonly hinges: readonly (Place & { readonly text: string })[];
}

export interface Grant {
  readonly title: string;
  /** What else the change grants, or what it leaves open. */
  readonly note?: string;
  readonly changes: readonly {
    readonly uri: string;
    /** Of the document that the edits were made for. */
    readonly version: number;
    readonly edits: readonly { readonly range: TextRange; readonly newText: string }[];
  }[];
}

/** By ARN, or by what stands at a position of the document; the ARN wins. */
export interface WhoMayInvalidateParams {
  readonly uri: string;
  readonly position?: TextPosition;
  readonly arn?: string;
}

export interface WhoMayInvalidateResult {
  /** The ARN that was judged; absent when there is no execute-api ARN to start from. */
  readonly arn?: string;
  readonly policies: readonly PolicyStanding[];
}

export interface PolicyStanding extends Place {
  readonly policyType: string;
  /** `limits` are policies that grant nothing, and may stand in the way. */
  readonly role: 'grants' | 'limits';
  /** Empty when the policy allows nothing to anybody. */
  readonly callers: readonly CallerStanding[];
}

export interface CallerStanding {
  /** Absent for whoever holds the policy. */
  readonly principal?: string;
  readonly invalidateCache: Standing;
  readonly invoke: Standing;
}

export interface Standing {
  readonly answer: 'yes' | 'no' | 'depends';
  /** Clauses without full stops; empty for a plain yes. */
  readonly because: readonly string[];
  /** The statements that decide. */
  readonly deciding: readonly Place[];
}
