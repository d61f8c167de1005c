import type {
  AllowsParams,
  AllowsResult,
  QuestionChoices,
  QuestionChoicesParams,
  WhoMayInvalidateParams,
  WhoMayInvalidateResult,
} from './allows';
import type { ChangeReportParams, ChangeReportResult } from './change';
import type {
  FillRoutesParams,
  FillRoutesResult,
  InvalidatableRoutesParams,
  InvalidatableRoutesResult,
  InvalidationDraftParams,
  InvalidationDraftResult,
  RouteDraftParams,
  TargetOfUrlParams,
  TargetOfUrlResult,
} from './draft';
import type {
  CacheKeysParams,
  CacheKeysResult,
  CheckTargetParams,
  CheckTargetResult,
  CurlParams,
  CurlResult,
  InvalidateManyParams,
  InvalidateManyProgress,
  InvalidateManyResult,
  InvalidateParams,
  InvalidateProgress,
  InvalidateResult,
  InvalidationPreviewParams,
  InvalidationPreviewResult,
  ProfilesParams,
  ProfilesResult,
  ReadCacheKeysParams,
} from './invalidation';
import type {
  ActionsParams,
  ActionsResult,
  ExplainArnParams,
  ExplainArnResult,
  InsertInvalidateCacheParams,
  InsertInvalidateCacheResult,
  PolicyTypesParams,
  PolicyTypesResult,
} from './policies';
import type { RuleEdit, RuleSeverityParams, SuppressionParams } from './rules';
import type {
  FlushStageCacheParams,
  FlushStageCacheResult,
  StageCacheParams,
  StageCacheResult,
  WhoAmIParams,
  WhoAmIResult,
} from './stage';

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
  readonly 'iamPolicy/actions': {
    readonly params: ActionsParams;
    readonly result: ActionsResult;
  };
  readonly 'iamPolicy/invalidationDraft': {
    readonly params: InvalidationDraftParams;
    readonly result: InvalidationDraftResult;
  };
  readonly 'iamPolicy/routeDraft': {
    readonly params: RouteDraftParams;
    readonly result: InvalidationDraftResult;
  };
  readonly 'iamPolicy/fillRoutes': {
    readonly params: FillRoutesParams;
    readonly result: FillRoutesResult;
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
  readonly 'iamPolicy/cacheKeys': {
    readonly params: CacheKeysParams;
    readonly result: CacheKeysResult;
  };
  readonly 'iamPolicy/readCacheKeys': {
    readonly params: ReadCacheKeysParams;
    readonly result: CacheKeysResult;
  };
  readonly 'iamPolicy/checkTarget': {
    readonly params: CheckTargetParams;
    readonly result: CheckTargetResult;
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
  readonly 'iamPolicy/changeReport': {
    readonly params: ChangeReportParams;
    readonly result: ChangeReportResult;
  };
  readonly 'iamPolicy/ruleSeverity': {
    readonly params: RuleSeverityParams;
    readonly result: RuleEdit;
  };
  readonly 'iamPolicy/suppress': {
    readonly params: SuppressionParams;
    readonly result: RuleEdit;
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
    /** Without a text if there is none, or if it has more bytes than `maxLength`. */
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
  /** The URI of the folder below which they are; all of the workspace where it is left out. */
  readonly folder?: string;
}

/** What the server tells clients that said `clientCommands`. */
export interface Notifications {
  readonly 'iamPolicy/invalidateProgress': InvalidateProgress;
  readonly 'iamPolicy/invalidateManyProgress': InvalidateManyProgress;
}

/** Sent by our own client as `initializationOptions`; every other client may leave them out. */
export interface InitializationOptions {
  /**
   * The editor supports JSON itself: it reports syntax errors, which our rule would only repeat, and completes beside
   * us.
   */
  readonly builtInJson?: boolean;
  /** The client has the commands that code lenses and code actions name (`apiGateway.invalidateCache`). */
  readonly clientCommands?: boolean;
  /** The client has the commands of light bulbs that go on with a rule (`iamPolicy.setRuleSeverity`, …). */
  readonly ruleCommands?: boolean;
  /** What the client shows a rule's page under, with `<rule id>.md` behind it; else it is the page's file. */
  readonly rulePages?: string;
  /** The client finds and reads the files of the workspace, wherever it lies. */
  readonly workspaceFiles?: boolean;
  /**
   * Given for a workspace that the user does not trust: nothing is sent from there, and no credentials are looked for,
   * until the client tells `iamPolicy/workspaceTrusted`. An editor that knows no trust leaves it out.
   */
  readonly workspaceTrust?: 'untrusted';
}

/** What a client tells the server. */
export interface ClientNotifications {
  /** The user trusts the workspace from now on. */
  readonly 'iamPolicy/workspaceTrusted': Readonly<Record<string, never>>;
}
