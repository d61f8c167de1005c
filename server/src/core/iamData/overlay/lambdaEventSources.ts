/**
 * What the ARN of an event source begins with behind its partition, by the service principal that calls a Lambda
 * function on its behalf. AWS Lambda Developer Guide, the page of each service under "Invoking Lambda with events from
 * other AWS services"; API Gateway Developer Guide, "API Gateway ARNs". Services whose sources are of several kinds are
 * left out.
 */
export const EVENT_SOURCE_SERVICES: ReadonlyMap<string, string> = new Map([
  ['apigateway.amazonaws.com', 'execute-api'],
  ['cognito-idp.amazonaws.com', 'cognito-idp'],
  ['elasticloadbalancing.amazonaws.com', 'elasticloadbalancing'],
  ['events.amazonaws.com', 'events'],
  ['logs.amazonaws.com', 'logs'],
  ['s3.amazonaws.com', 's3'],
  ['secretsmanager.amazonaws.com', 'secretsmanager'],
  ['sns.amazonaws.com', 'sns'],
]);
