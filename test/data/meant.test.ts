import assert from 'node:assert/strict';
import { foldedServiceName, meantActions, meantServices } from '../../server/src/core/iamData/meant';
import { ACTION_NICKNAMES } from '../../server/src/core/iamData/overlay/actionNicknames';
import { API_OPERATIONS } from '../../server/src/core/iamData/overlay/apiOperations';
import { DOCUMENTED_ACTIONS } from '../../server/src/core/iamData/overlay/documentedActions';
import { COMMON_SERVICES, RELATED_SERVICES } from '../../server/src/core/iamData/overlay/relatedServices';
import { SERVICE_ALIASES } from '../../server/src/core/iamData/overlay/serviceAliases';
import { loadIamData } from '../support/iamData';

const iamData = loadIamData();

/** As `by names`; a dash where nothing is said. */
function meant(id: string): string {
  const colon = id.indexOf(':');
  const [service, name] = [id.slice(0, colon), id.slice(colon + 1)];
  const found =
    iamData.service(service) === undefined
      ? meantServices(service, name, iamData)
      : meantActions(service, name, iamData);
  return found === undefined ? '-' : `${found.by} ${found.names.join(' ')}`;
}

describe('what was meant by an unknown action', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['s3:CreateMultipartUpload', 'operation s3:PutObject'],
    ['s3:listobjectsv2', 'operation s3:ListBucket'],
    ['s3:ListBuckets', 'operation s3:ListAllMyBuckets'],
    ['s3:GetBucketEncryption', 'operation s3:GetEncryptionConfiguration'],
    ['sqs:SendMessageBatch', 'operation sqs:SendMessage'],
    ['sns:PublishBatch', 'operation sns:Publish'],
    ['lambda:Invoke', 'operation lambda:InvokeFunction'],
    ['kms:ReEncrypt', 'operation kms:ReEncryptFrom kms:ReEncryptTo'],
    ['execute-api:PostToConnection', 'operation execute-api:ManageConnections'],
    ['apigateway:UpdateStage', 'operation apigateway:PATCH'],
    ['cloudwatch:PutLogEvents', 'owner logs:PutLogEvents'],
    ['ec2:DescribeAutoScalingGroups', 'owner autoscaling:DescribeAutoScalingGroups'],
    ['iam:AssumeRole', 'owner sts:AssumeRole'],
    ['s3:RunInstances', 'owner ec2:RunInstances'],
    ['dynamodb:AttachRolePolicy', 'owner iam:AttachRolePolicy'],
    ['apigateway:Invoke', 'owner execute-api:Invoke'],
    ['execute-api:DELETE', 'owner apigateway:DELETE'],
    ['ecs:GetAuthorizationToken', 'owner ecr:GetAuthorizationToken'],
    ['ecr:GetLoginPassword', 'name ecr:GetAuthorizationToken'],
    ['cloudfront:InvalidateCache', 'name cloudfront:CreateInvalidation'],
    ['iam:AttachPolicy', 'name iam:AttachGroupPolicy iam:AttachRolePolicy iam:AttachUserPolicy'],
    ['rds:Connect', 'name rds-db:connect'],
    ['iam:ListUserPolicy', 'spelling iam:ListUserPolicies'],
    ['ec2:DescribeInstance', 'spelling ec2:DescribeInstances'],
    ['s3:get-object', 'spelling s3:GetObject'],
    ['s3:GetObjekt', 'spelling s3:GetObject'],
    ['ec2:describeinstnaces', 'spelling ec2:DescribeInstances'],
    ['sts:AssumeRoleWithWebIdentiy', 'spelling sts:AssumeRoleWithWebIdentity'],
  ];
  for (const [id, expected] of cases) {
    it(`takes ${id} for ${expected}`, () => {
      assert.equal(meant(id), expected);
    });
  }

  it('has only nicknames that are no actions, of actions that are', () => {
    for (const [name, ids] of ACTION_NICKNAMES) {
      assert.equal(iamData.action(name), undefined, name);
      for (const id of ids) {
        assert.equal(iamData.action(id)?.id, id, name);
      }
      assert.ok(!API_OPERATIONS.has(name), name);
    }
  });

  it('guesses at nothing where the words are right, or several services have the action', () => {
    for (const id of [
      's3:DeleteObjectOwnershipControls',
      'dax:ListTables',
      'iam:AttachPrincipalPolicy',
      'iam:ListUserGroups',
      'iam:CreateKeyGroup',
      'iam:SetGrouppoliy',
      'sqs:SetMessae',
      's3:CloseAccount',
      's3:GetCertificate',
      'ecs:RunInstances',
      'ecs:TagResources2',
      'connect:CreateTestCases2',
      'glue:CreateGlossary',
      's3:Frobnicate',
      `s3:${'GetObject'.repeat(20_000)}`,
    ]) {
      assert.equal(meant(id), '-', id.slice(0, 50));
    }
  });
});

describe('what was meant by an unknown service', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['elbv2:DescribeLoadBalancers', 'name elasticloadbalancing'],
    ['stepfunctions:StartExecution', 'name states'],
    ['StepFunctions:*', 'name states'],
    ['sfn:StartExecution', 'name states'],
    ['eventbridge:PutEvents', 'name events'],
    ['efs:ClientMount', 'name elasticfilesystem'],
    ['vpc:*', 'name ec2'],
    ['waf2:GetWebACL', 'name wafv2'],
    ['sesv2:SendEmail', 'name ses'],
    ['transcribeService:*', 'name transcribe'],
    ['msk:DescribeCluster', 'name kafka'],
    ['docdb:CreateDBCluster', 'name rds'],
    ['docdb:CreateCluster', 'name docdb-elastic'],
    ['cognito:AdminGetUser', 'name cognito-idp'],
    ['cognito:GetId', 'name cognito-identity'],
    ['cognito:*', 'name cognito-idp cognito-identity cognito-sync'],
    ['neptune:CreateDBCluster', 'name rds'],
    ['Amazon S3:GetObject', 'spelling s3'],
    ['s3.amazonaws.com:GetObject', 'name s3'],
    ['execute_api:Invoke', 'spelling execute-api'],
    ['dyanmodb:GetItem', 'spelling dynamodb'],
    ['ssn:Publish', 'spelling sns'],
    ['lamda:InvokeFunction', 'spelling lambda'],
    ['lambdda:Frob', 'spelling lambda'],
    ['logz:*', 'spelling logs'],
    ['kmss:*', 'spelling kms'],
    ['kmz:Decrypt', 'spelling kms'],
    ['ec3:RunInstances', 'spelling ec2'],
    ['ecs-tasks:RunTask', 'name ecs'],
  ];
  for (const [id, expected] of cases) {
    it(`takes ${id} for ${expected}`, () => {
      assert.equal(meant(id), expected);
    });
  }

  it('guesses at nothing by three letters alone, nor for services of their own', () => {
    for (const id of [
      'ec3:*',
      'kmz:*',
      'ebz:Frob',
      'lamda:Frob',
      'kmss:Frob',
      'mobilehub:ValidateProject',
      'iotroborunner:ListActivities',
      'x:y',
      ':',
    ]) {
      assert.equal(meant(id), '-', id);
    }
  });
});

describe('the tables of names', () => {
  it('name prefixes, actions and operations as the service reference has them', () => {
    const wrong: string[] = [];
    for (const [name, prefixes] of SERVICE_ALIASES) {
      if (foldedServiceName(name) !== name || iamData.service(name) !== undefined) {
        wrong.push(name);
      }
      wrong.push(...prefixes.filter((prefix) => iamData.service(prefix) === undefined));
    }
    for (const [operation, actions] of API_OPERATIONS) {
      if (iamData.action(operation) !== undefined) {
        wrong.push(operation);
      }
      wrong.push(...actions.filter((id) => iamData.action(id)?.id !== id));
    }
    for (const prefix of [...RELATED_SERVICES.keys(), ...COMMON_SERVICES]) {
      if (iamData.service(prefix) === undefined) {
        wrong.push(prefix);
      }
    }
    wrong.push(...[...DOCUMENTED_ACTIONS].filter((id) => iamData.action(id) !== undefined));
    assert.deepEqual(wrong, []);
  });

  it('hold more than a hundred services', () => {
    assert.ok(new Set([...SERVICE_ALIASES.values()].flat()).size > 100);
  });
});
