import type { IamData } from '../../../iamData/iamData';
import type { WorkspaceKnowledge } from '../../../knowledge/knowledge';
import type { PolicyType } from '../../../locate/policyType';

export interface ArnCompletionInput {
  /** The string's value up to the cursor and after it (decoded). */
  readonly before: string;
  readonly after: string;
  /** Where the ARN stands. */
  readonly place: 'resource' | 'condition' | 'principal';
  /** The action texts of the statement, as written; empty where there are none or NotAction. */
  readonly actions: readonly string[];
  readonly policyType: PolicyType;
  readonly knowledge: WorkspaceKnowledge;
  readonly iamData: IamData | undefined;
}

export interface ArnProposal {
  readonly label: string;
  readonly detail?: string;
  /** Replaces the value from `from` to `to` (indexes into before+after). */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Whether more is to be completed afterwards (the shell re-triggers). */
  readonly continues: boolean;
  readonly rank: number;
  readonly documentation?: string;
}

/** What an ARN can go on with at the cursor. */
export function arnCompletions(_input: ArnCompletionInput): readonly ArnProposal[] {
  return [];
}
