export type AccessLevel = 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management';

/** The types of condition values in AWS's documentation; a multivalued key has several values of one type. */
export type KeyType = 'String' | 'Numeric' | 'Bool' | 'ARN' | 'Date' | 'IPAddress' | 'Binary';

export interface ConditionKey {
  /** As documented, perhaps with a placeholder: `s3:prefix`, `aws:RequestTag/${TagKey}`. */
  readonly name: string;
  readonly type: KeyType;
  /** A second type whose operators AWS accepts just as well, as with aws:EpochTime. */
  readonly alternativeType?: KeyType;
  readonly multivalued: boolean;
  /** True if part of the name stands for text of the author's own: `${TagKey}` or `<key>`. */
  readonly hasPlaceholder: boolean;
}

/** Where the value of a global key comes from, in the words of the IAM User Guide. */
export type KeyCategory = 'principal' | 'session' | 'network' | 'resource' | 'request';

/** A key that may be present in the requests of every service. Not all begin with `aws:`. */
export interface GlobalConditionKey extends ConditionKey {
  readonly category: KeyCategory;
}

export interface ResourceType {
  readonly name: string;
  /** The ARN pattern with placeholders such as `${Partition}` and `${BucketName}`. */
  readonly arn: string;
  /** Keys that any action on such a resource may see. */
  readonly conditionKeys: readonly ConditionKey[];
}

/** One row of an action's resource types. */
export interface ActionResource {
  readonly type: ResourceType;
  /** The action cannot be allowed without a resource of this type. */
  readonly required: boolean;
  /** Keys that this action sees only with this resource type, beside those of the type itself. */
  readonly conditionKeys: readonly ConditionKey[];
  /** Ids of actions that are needed as well, when the action applies to such a resource. */
  readonly dependentActions: readonly string[];
}

export interface Action {
  /** `s3:GetObject`, in the documented spelling. */
  readonly id: string;
  readonly service: string;
  readonly name: string;
  /** One or two: what tags a resource also writes. */
  readonly accessLevels: readonly AccessLevel[];
  /** Empty for an action that can only be granted on `*`. */
  readonly resources: readonly ActionResource[];
  /** Keys that the action sees whatever the resource. */
  readonly conditionKeys: readonly ConditionKey[];
  /** Ids of actions that are needed as well. As AWS's pages had it at the end of 2025; younger actions have none. */
  readonly dependentActions: readonly string[];
  /**
   * Every key documented for the action: its own, those of its resource rows and those of these rows' types.
   * Global keys are not repeated here, save for the tag keys where the service supports them.
   */
  supportedConditionKeys(): readonly ConditionKey[];
}

export interface ServiceEntry {
  readonly prefix: string;
  readonly name: string;
  readonly actionCount: number;
}

/** All lookups by name ignore case, as IAM does for service prefixes, actions and condition keys. */
export interface Service extends ServiceEntry {
  actions(): readonly Action[];
  /** The names alone, which cost nothing: for completion lists and did-you-mean. */
  actionNames(): readonly string[];
  action(name: string): Action | undefined;
  resourceTypes(): readonly ResourceType[];
  resourceType(name: string): ResourceType | undefined;
  conditionKeys(): readonly ConditionKey[];
  /** Takes the whole key; `s3:ExistingObjectTag/team` finds `s3:ExistingObjectTag/<key>`. */
  conditionKey(name: string): ConditionKey | undefined;
}
