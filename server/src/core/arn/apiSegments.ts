/**
 * Whether an expression of Terraform gives one segment of an execute-api ARN, an API id or the name of a stage, in which
 * there is no slash (Terraform Registry, hashicorp/aws, "Attribute Reference" of each resource; API Gateway important
 * notes, "Stage names can only contain alphanumeric characters, hyphens, and underscores").
 *
 * @param expression with its marks
 */
export function isSegment(expression: string): boolean {
  const [, type, attribute] = ATTRIBUTE.exec(expression) ?? [];
  return type !== undefined && attribute !== undefined && SEGMENTS.has(`${type}.${attribute}`);
}

const ATTRIBUTE = /^\$\{(?:data\.)?(aws_\w{1,60})\.[\w.-]{1,100}\.(\w{1,40})\}$/;

const SEGMENTS: ReadonlySet<string> = new Set([
  'aws_api_gateway_deployment.rest_api_id',
  'aws_api_gateway_rest_api.id',
  'aws_api_gateway_stage.rest_api_id',
  'aws_api_gateway_stage.stage_name',
  'aws_apigatewayv2_api.id',
  'aws_apigatewayv2_stage.api_id',
  'aws_apigatewayv2_stage.name',
]);
