import type { PolicyType } from '../locate/policyType';
import type { SourceName } from './sources';

export type Severity = 'error' | 'warning' | 'info';

/** Access Analyzer's words for how bad a finding is; each has a default severity (`severity.ts`). */
export type Category = 'error' | 'security' | 'warning' | 'suggestion';

/** `safe` only if the permissions that are in effect cannot change; only safe fixes join fix-all and `--fix`. */
export type FixKind = 'safe' | 'suggestion';

export interface RuleMeta<MessageId extends string = string> {
  /** `<thing>-<what>`, thing first; also the page, the setting and the diagnostic's code. */
  readonly id: string;
  readonly category: Category;
  /** Where it is not the category's: a doubtful error is shown as a warning. */
  readonly severity?: Severity;
  /** Types of policies that AWS refuses for what the rule finds: there it is an error, whatever the category. */
  readonly refusedIn?: readonly PolicyType[];
  /** One sentence for lists and settings, without a full stop. */
  readonly summary: string;
  /** The version that brought the rule. */
  readonly since: string;
  /** The rule is skipped where the service reference is missing, or what other files of the workspace tell. */
  readonly needs?: 'iamData' | 'knowledge';
  /** All policy types when absent. */
  readonly appliesTo?: readonly PolicyType[];
  /** Off unless a configuration turns it on. */
  readonly defaultOff?: true;
  readonly fixable?: FixKind;
  /** The matching issue code of Access Analyzer. The category is that of its findings. */
  readonly accessAnalyzer?: string;
  /** The same of single messages, where not all that the rule says repeats a check, or not the same one. */
  readonly codes?: Readonly<Partial<Record<MessageId, string>>>;
  /** AWS has taken the check back, and its section out of the reference. */
  readonly withdrawn?: true;
  /** The documents that say so (`sources.ts`), which a rule without a check to point to cannot do without. */
  readonly sources?: readonly SourceName[];
  /** It compares texts with each other, whatever they say: its findings count on what another rule owns too. */
  readonly comparesTexts?: true;
  /** With `{name}` where the finding's data goes; `{referenceDay}` is the day of the service reference. */
  readonly messages: Readonly<Record<MessageId, string>>;
}
