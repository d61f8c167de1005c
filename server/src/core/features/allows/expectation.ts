import type { Authorization } from '../../evaluate/request';

/** What an answer is expected to be; `deny` is an explicit and an implicit one. */
export type Expectation = 'allow' | 'deny' | 'depends';

export const expectations: readonly Expectation[] = ['allow', 'deny', 'depends'];

/** How a method of API Gateway may authorize who calls it. */
export const authorizations: readonly Authorization[] = ['iam', 'none', 'cognito', 'lambda'];

/** Whether an API can be reached from anywhere, or through the endpoints of a VPC alone. */
export const apiKinds: readonly ('public' | 'private')[] = ['public', 'private'];
