/**
 * Whether what a tool fills in is one segment of an execute-api ARN: the ID of an API or the name of a stage, in which there
 * is no slash and no wildcard. Attributes of resources are, and references to the APIs that a framework makes; what a
 * parameter, a variable or a property of options gives may be a `*` as well.
 *
 * Sources: Terraform Registry, hashicorp/aws, "Attribute Reference" of each resource; CloudFormation Template Reference,
 * "Return values" of AWS::ApiGateway::RestApi and AWS::ApiGatewayV2::Api; SAM Developer Guide, "Generated CloudFormation
 * resources"; Serverless Framework, "AWS CloudFormation Resource Reference"; API Gateway important notes, "Stage names can
 * only contain alphanumeric characters, hyphens, and underscores".
 *
 * @param expression with its marks
 */
export function isSegment(expression: string): boolean {
  const attribute = ATTRIBUTE.exec(expression);
  return attribute === null ? API_ID.test(expression) : SEGMENTS.has(`${attribute[1]}.${attribute[2]}`);
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

/** `${Api.RestApiId}` of a template, `${this.api.restApiId}` of a program, and the names that SAM and Serverless give. */
const API_ID =
  /^\$\{(?:ServerlessRestApi|ServerlessHttpApi|ApiGatewayRestApi|[A-Z][A-Za-z0-9]*\.(?:RestApiId|ApiId)|(?:this\.)?\w*[Aa]pi(?:Gateway|Gw)?\.(?:restApiId|apiId|httpApiId))\}$/;
