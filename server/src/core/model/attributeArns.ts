import { ExpandedText } from '../syntax/expandedText';
import type { StringNode } from '../syntax/nodes';

/**
 * What attributes of Terraform's AWS provider give that are ARNs (Terraform Registry, hashicorp/aws, "Attribute Reference"
 * of each resource; the formats are those of the Service Authorization Reference). What is in braces is filled in by AWS
 * or elsewhere in the configuration, and reads as an expression of its own.
 */
const RESOURCES: ReadonlyMap<string, string> = new Map([
  ['aws_api_gateway_rest_api.execution_arn', 'execute-api:{region}:{account}:{id}'],
  ['aws_api_gateway_stage.execution_arn', 'execute-api:{region}:{account}:{rest_api_id}/{stage_name}'],
  ['aws_apigatewayv2_api.execution_arn', 'execute-api:{region}:{account}:{id}'],
  ['aws_apigatewayv2_stage.execution_arn', 'execute-api:{region}:{account}:{api_id}/{name}'],
  ['aws_api_gateway_rest_api.arn', 'apigateway:{region}::/restapis/{id}'],
  ['aws_api_gateway_stage.arn', 'apigateway:{region}::/restapis/{rest_api_id}/stages/{stage_name}'],
  ['aws_apigatewayv2_api.arn', 'apigateway:{region}::/apis/{id}'],
  ['aws_cloudwatch_event_bus.arn', 'events:{region}:{account}:event-bus/{name}'],
  ['aws_cloudwatch_log_group.arn', 'logs:{region}:{account}:log-group:{name}'],
  ['aws_dynamodb_table.arn', 'dynamodb:{region}:{account}:table/{name}'],
  ['aws_dynamodb_table.stream_arn', 'dynamodb:{region}:{account}:table/{name}/stream/{stream_label}'],
  ['aws_ecr_repository.arn', 'ecr:{region}:{account}:repository/{name}'],
  ['aws_ecs_cluster.arn', 'ecs:{region}:{account}:cluster/{name}'],
  ['aws_iam_policy.arn', 'iam::{account}:policy/{name}'],
  ['aws_iam_role.arn', 'iam::{account}:role/{name}'],
  ['aws_iam_user.arn', 'iam::{account}:user/{name}'],
  ['aws_kinesis_firehose_delivery_stream.arn', 'firehose:{region}:{account}:deliverystream/{name}'],
  ['aws_kinesis_stream.arn', 'kinesis:{region}:{account}:stream/{name}'],
  ['aws_kms_alias.arn', 'kms:{region}:{account}:alias/{name}'],
  ['aws_kms_key.arn', 'kms:{region}:{account}:key/{key_id}'],
  ['aws_lambda_function.arn', 'lambda:{region}:{account}:function:{function_name}'],
  ['aws_s3_bucket.arn', 's3:::{bucket}'],
  ['aws_secretsmanager_secret.arn', 'secretsmanager:{region}:{account}:secret:{name}'],
  ['aws_sfn_state_machine.arn', 'states:{region}:{account}:stateMachine:{name}'],
  ['aws_sns_topic.arn', 'sns:{region}:{account}:{name}'],
  ['aws_sqs_queue.arn', 'sqs:{region}:{account}:{name}'],
  ['aws_ssm_parameter.arn', 'ssm:{region}:{account}:parameter/{name}'],
]);

/** The data sources whose attributes are those of the resource of the same name. */
const DATA: ReadonlySet<string> = new Set([
  'aws_api_gateway_rest_api.execution_arn',
  'aws_apigatewayv2_api.execution_arn',
  'aws_dynamodb_table.arn',
  'aws_kms_key.arn',
  'aws_s3_bucket.arn',
  'aws_sns_topic.arn',
  'aws_sqs_queue.arn',
]);

const DOLLAR = 0x24;

/** A text with the ARN in place of an attribute that it begins with; the text itself where it begins otherwise. */
export function withAttributeArn(node: StringNode): StringNode {
  const { value } = node;
  if (value.charCodeAt(0) !== DOLLAR) {
    return node;
  }
  const [hole, data, type, name, attribute] = ATTRIBUTE.exec(value) ?? [];
  if (hole === undefined || type === undefined || name === undefined || attribute === undefined) {
    return node;
  }
  const key = `${type}.${attribute}`;
  const format = data === undefined || DATA.has(key) ? RESOURCES.get(key) : undefined;
  if (format === undefined) {
    return node;
  }
  const own = `${data ?? ''}${type}.${name}`;
  const arn = `arn:{partition}:${format}`.replaceAll(/\{(\w+)\}/g, (_, part: string) => `\${${own}.${part}}`);
  return new ExpandedText(node, hole.length, arn);
}

/**
 * Whether a text is nothing but the ARN of a resource, or the account: what a template of CloudFormation or a configuration of
 * Terraform has of AWS, and no wildcard, as a parameter or a variable may be.
 */
export function isNameOfOne(text: string): boolean {
  return NAME_OF_ONE.test(text);
}

const NAME_OF_ONE =
  /^\$\{(?:AWS::AccountId|[A-Za-z0-9]+\.(?:\w+\.)*\w*Arn|data\.aws_caller_identity\.[\w-]+\.account_id|(?:data\.)?aws_\w+\.[^{}"()?]*[._]arn)\}$/;

/** A resource, one of several of them included, and its attribute. */
const ATTRIBUTE =
  /^\$\{(data\.)?(aws_\w{1,60})\.([\w-]{1,100}(?:\.(?:\d+|each\.key|each\.value|count\.index))?)\.(\w{1,40})\}/;
