import type { PolicyTraits } from '../model/policy';

/** A request, or with wildcards in the resource all the requests of a kind. */
export interface EvaluationRequest {
  /** `execute-api:InvalidateCache`; case does not count. */
  readonly action: string;
  /** An ARN; `*` and `?` stand for whatever is not known. One without an account counts as the caller's own. */
  readonly resource: string;
  /**
   * Who asks: the ARN of a role, a session, a user, a federated user, a root user or an identity provider, an account
   * id, a service such as `lambda.amazonaws.com`, or `anonymous`. Without one, and for `*`, it is somebody of the
   * resource's account.
   */
  readonly principal?: string | undefined;
  /**
   * How a method of API Gateway authorizes who calls it; without it, as `iam` does. With any other the caller has no
   * identity that policies could name, and an identity policy is what a Lambda authorizer returns.
   */
  readonly auth?: Authorization | undefined;
  /** Whether the API can be reached from anywhere, or through the endpoints of a VPC alone. */
  readonly api?: 'public' | 'private' | undefined;
  /** The account that owns the resource, where its ARN does not tell. */
  readonly resourceAccount?: string | undefined;
  /**
   * Condition keys of the request, in any case. No value at all says that the key is not in the request; a key that is
   * not here is not known, save those that follow from the question.
   */
  readonly context?: ReadonlyMap<string, readonly string[]> | undefined;
  /** At which level of the organization a service control policy is attached. */
  readonly levels?: ReadonlyMap<PolicyTraits, string> | undefined;
}

export type Authorization = 'iam' | 'none' | 'cognito' | 'lambda';
