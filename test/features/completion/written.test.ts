import assert from 'node:assert/strict';
import type { CompletionItem } from '../../../server/src/core/index';
import { isShown, take } from '../../support/completion';
import { languageService } from '../../support/policies';

/** What is around the rows, and the language that it is in. */
const FRAMES = {
  yaml: ['yaml', (rest: string) => `Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n${rest}`],
  quotedYaml: [
    'yaml',
    (rest: string) => `Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Sid: "A"\n${rest}`,
  ],
  whole: ['yaml', (text: string) => text],
  statements: ['yaml', (items: string) => `Statement:\n${items}`],
  object: [
    'hcl',
    (line: string) =>
      `resource "aws_iam_policy" "p" {\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = [\n      {\n        Effect = "Allow"\n        ${line}\n      },\n    ]\n  })\n}\n`,
  ],
  encoded: ['hcl', (line: string) => `x = jsonencode({\n  Version = "2012-10-17"\n  ${line}\n})\n`],
  role: ['hcl', (value: string) => `resource "aws_iam_role" "p" {\n  assume_role_policy = ${value}\n}\n`],
  data: [
    'hcl',
    (line: string) => `data "aws_iam_policy_document" "d" {\n  statement {\n    ${line}\n  }\n}\n`,
  ],
  source: ['hcl', (line: string) => `data "aws_iam_policy_document" "d" {\n  ${line}\n}\n`],
  jsonSource: [
    'json',
    (body: string) => `{\n  "data": {\n    "aws_iam_policy_document": {\n      "d": ${body}\n    }\n  }\n}\n`,
  ],
  cdk: [
    'typescript',
    (line: string) =>
      `import { PolicyStatement } from 'aws-cdk-lib/aws-iam';\n\nnew PolicyStatement({\n  ${line}\n});\n`,
  ],
  typescript: [
    'typescript',
    (members: string) =>
      `const policy = {\n  Version: '2012-10-17',\n  Statement: [{ Effect: 'Allow', ${members} }],\n};\n`,
  ],
  nested: [
    'json',
    (members: string) => JSON.stringify({ Policy: `{ "Statement": [{ "Effect": "Allow", ${members} }] }` }),
  ],
  python: [
    'python',
    (members: string) =>
      `policy = {\n    "Version": "2012-10-17",\n    "Statement": [{"Effect": "Allow", ${members}}],\n}\n`,
  ],
} as const;

/**
 * The text in its frame with the cursor at `$|`, the label that is taken, and the text then, in which `‹…›` is a place to
 * fill in, with what is proposed for it.
 */
type Row = readonly [title: string, frame: keyof typeof FRAMES, before: string, label: string, after: string];

const LEVEL = 'execute-api: all Write actions';

const ROWS: readonly Row[] = [
  [
    'actions of a level as items of a list',
    'yaml',
    '    Action:\n      - s3:GetObject\n      - execute-api:$|\n',
    LEVEL,
    '    Action:\n      - s3:GetObject\n      - execute-api:InvalidateCache\n      - execute-api:Invoke\n      - execute-api:ManageConnections\n',
  ],
  [
    'them in a list at the margin of its key',
    'statements',
    '- Effect: Allow\n  Action:\n  - execute-api:$|\n',
    LEVEL,
    '- Effect: Allow\n  Action:\n  - execute-api:InvalidateCache\n  - execute-api:Invoke\n  - execute-api:ManageConnections\n',
  ],
  [
    'them behind wide dashes',
    'yaml',
    '    Action:\n      -   s3:GetObject\n      -   execute-api:$|\n',
    LEVEL,
    '    Action:\n      -   s3:GetObject\n      -   execute-api:InvalidateCache\n      -   execute-api:Invoke\n      -   execute-api:ManageConnections\n',
  ],
  [
    'them in brackets',
    'yaml',
    '    Action: [s3:GetObject, execute-api:$|]\n',
    LEVEL,
    '    Action: [s3:GetObject, execute-api:InvalidateCache, execute-api:Invoke, execute-api:ManageConnections]\n',
  ],
  [
    'them for a key',
    'yaml',
    '    Action: execute-api:$|\n',
    LEVEL,
    '    Action: \n      - execute-api:InvalidateCache\n      - execute-api:Invoke\n      - execute-api:ManageConnections\n',
  ],
  [
    'them for a key beside a list at the margin',
    'statements',
    '- Effect: Allow\n  NotResource:\n  - a\n  Action: execute-api:$|\n',
    LEVEL,
    '- Effect: Allow\n  NotResource:\n  - a\n  Action: \n  - execute-api:InvalidateCache\n  - execute-api:Invoke\n  - execute-api:ManageConnections\n',
  ],
  [
    'them for a key in braces',
    'statements',
    '  - { Effect: Allow, Action: execute-api:$| }\n',
    LEVEL,
    '  - { Effect: Allow, Action: [execute-api:InvalidateCache, execute-api:Invoke, execute-api:ManageConnections] }\n',
  ],
  [
    'them for a key whose neighbours have quotes',
    'quotedYaml',
    '    Action: "execute-api:$|"\n',
    LEVEL,
    '    Action: \n      - "execute-api:InvalidateCache"\n      - "execute-api:Invoke"\n      - "execute-api:ManageConnections"\n',
  ],
  [
    'them among items with quotes',
    'yaml',
    '    Action:\n      - "s3:GetObject"\n      - "execute-api:$|"\n',
    LEVEL,
    '    Action:\n      - "s3:GetObject"\n      - "execute-api:InvalidateCache"\n      - "execute-api:Invoke"\n      - "execute-api:ManageConnections"\n',
  ],
  [
    'an action where texts have quotes',
    'quotedYaml',
    '    Action: s3:GetOb$|\n',
    's3:GetObject',
    '    Action: "s3:GetObject"\n',
  ],
  ['an effect where texts have quotes', 'quotedYaml', '  - Effect: $|\n', 'Deny', '  - Effect: Deny\n'],
  [
    'a service, in quotes since it ends with a colon',
    'yaml',
    '    Action: $|\n',
    's3:',
    "    Action: 's3:‹›'\n",
  ],
  ['a service where texts have quotes', 'quotedYaml', '    Action: $|\n', 's3:', '    Action: "s3:‹›"\n'],
  [
    'a service right behind a dash',
    'yaml',
    '    Action:\n      -$|\n',
    's3:',
    "    Action:\n      - 's3:‹›'\n",
  ],
  [
    'an action in single quotes',
    'yaml',
    "    Action: 's3:GetOb$|'\n",
    's3:GetObject',
    "    Action: 's3:GetObject'\n",
  ],
  [
    'the beginning of an ID',
    'yaml',
    '    Condition:\n      StringEquals:\n        aws:SourceVpce: $|\n',
    'vpce-',
    '    Condition:\n      StringEquals:\n        aws:SourceVpce: vpce-‹›\n',
  ],
  [
    'a key with a tag',
    'yaml',
    '    Condition:\n      StringEquals:\n        aws:PrincipalTag$|\n',
    'aws:PrincipalTag/${TagKey}',
    '    Condition:\n      StringEquals:\n        aws:PrincipalTag/‹TagKey›: ‹›\n',
  ],
  [
    'a key with a tag in braces',
    'yaml',
    '    Condition: { StringEquals: { aws:PrincipalTag$| } }\n',
    'aws:PrincipalTag/${TagKey}',
    '    Condition: { StringEquals: { aws:PrincipalTag/‹TagKey›: ‹› } }\n',
  ],
  [
    'a key with a tag in front of its value',
    'yaml',
    '    Condition:\n      StringEquals:\n        aws:PrincipalTag$|: x\n',
    'aws:PrincipalTag/${TagKey}',
    '    Condition:\n      StringEquals:\n        aws:PrincipalTag/‹TagKey›: x\n',
  ],
  [
    'a key with a tag in quotes',
    'yaml',
    '    Condition:\n      StringEquals:\n        "aws:PrincipalTag$|": x\n',
    'aws:PrincipalTag/${TagKey}',
    '    Condition:\n      StringEquals:\n        "aws:PrincipalTag/‹TagKey›": x\n',
  ],
  [
    'a variable',
    'yaml',
    '    Resource: arn:aws:s3:::b/$$|\n',
    '${aws:username}',
    '    Resource: arn:aws:s3:::b/${aws:username}\n',
  ],
  [
    'a variable with a tag',
    'yaml',
    '    Resource: arn:aws:s3:::b/$$|\n',
    '${aws:PrincipalTag/…}',
    '    Resource: arn:aws:s3:::b/${aws:PrincipalTag/‹TagKey›}\n',
  ],
  [
    'a variable in brackets, which needs quotes there',
    'yaml',
    '    Resource: [arn:aws:s3:::b/$$|]\n',
    '${aws:username}',
    "    Resource: ['arn:aws:s3:::b/${aws:username}']\n",
  ],
  [
    'an operator in braces',
    'yaml',
    '    Condition: { Str$| }\n',
    'StringLike',
    '    Condition: { StringLike: { ‹› } }\n',
  ],
  [
    'an operator in quotes',
    'yaml',
    '    Condition:\n      "StringL$|"\n',
    'StringLike',
    '    Condition:\n      "StringLike":\n        ‹›\n',
  ],
  [
    'an operator behind its element',
    'yaml',
    '    Condition: $|\n',
    'StringLike',
    '    Condition: \n      StringLike:\n        ‹›\n',
  ],
  [
    'a key behind its operator',
    'yaml',
    '    Condition:\n      Bool: $|\n',
    'aws:SecureTransport',
    '    Condition:\n      Bool: \n        aws:SecureTransport: ‹true,false›\n',
  ],
  [
    'a key that is given or not',
    'yaml',
    '    Condition:\n      Null: $|\n',
    'aws:TokenIssueTime',
    '    Condition:\n      Null: \n        aws:TokenIssueTime: ‹true,false›\n',
  ],
  [
    'a statement, plain where it is filled in',
    'quotedYaml',
    '  - $|\n',
    'statement',
    '  - Effect: ‹Allow,Deny›\n    Action: ‹›\n    Resource: ‹›\n',
  ],
  [
    'a statement right behind a dash',
    'yaml',
    '  -$|\n',
    'statement',
    '  - Effect: ‹Allow,Deny›\n    Action: ‹›\n    Resource: ‹›\n',
  ],
  [
    'a statement behind a wide dash',
    'statements',
    '  -   Effect: Allow\n  -   $|\n',
    'statement',
    '  -   Effect: Allow\n  -   Effect: ‹Allow,Deny›\n      Action: ‹›\n      Resource: ‹›\n',
  ],
  [
    'a condition',
    'yaml',
    '    Con$|\n',
    'Condition on the address',
    '    Condition:\n      IpAddress:\n        aws:SourceIp:\n          - ‹203.0.113.0/24›\n',
  ],
  [
    'a condition in braces',
    'statements',
    '  - { Effect: Allow, Con$| }\n',
    'Condition on the address',
    '  - { Effect: Allow, Condition: { IpAddress: { aws:SourceIp: [‹203.0.113.0/24›] } } }\n',
  ],
  [
    'a condition on multi-factor authentication',
    'yaml',
    '    Con$|\n',
    'Condition on multi-factor authentication',
    "    Condition:\n      Bool:\n        aws:MultiFactorAuthPresent: 'true'\n",
  ],
  [
    'the condition on it in braces',
    'statements',
    '  - { Effect: Allow, Con$| }\n',
    'Condition on multi-factor authentication',
    '  - { Effect: Allow, Condition: { Bool: { aws:MultiFactorAuthPresent: "true" } } }\n',
  ],
  [
    'an element in braces',
    'statements',
    '  - { Effect: Allow, Prin$| }\n',
    'Principal',
    '  - { Effect: Allow, Principal: { ‹› } }\n',
  ],
  ['an element with members', 'yaml', '    Princ$|\n', 'Principal', '    Principal:\n      ‹›\n'],
  [
    'an effect with its element',
    'statements',
    '  - Sid: A\n    Eff$|\n',
    'Effect',
    '  - Sid: A\n    Effect: ‹Allow,Deny›\n',
  ],
  [
    'a type of principal in braces',
    'yaml',
    '    Principal: { $| }\n',
    'Service',
    '    Principal: { Service: ‹› }\n',
  ],
  [
    'a type of principal behind its element',
    'yaml',
    '    Principal: $|\n',
    'AWS',
    '    Principal: \n      AWS: ‹›\n',
  ],
  [
    'the first statement of a list that has only its name',
    'whole',
    'service: x\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        $|\n',
    'statement',
    'service: x\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: ‹Allow,Deny›\n          Action: ‹›\n          Resource: ‹›\n',
  ],
  [
    'a statement of such a list',
    'whole',
    'service: x\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - $|\n',
    'statement',
    'service: x\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: ‹Allow,Deny›\n          Action: ‹›\n          Resource: ‹›\n',
  ],
  [
    'an element of such a statement',
    'whole',
    'service: x\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          $|\n',
    'Action',
    'service: x\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: ‹›\n',
  ],
  [
    'an element of a policy in a template',
    'whole',
    "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Version: '2012-10-17'\n        Stat$|\n",
    'Statement',
    "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n          - Effect: ‹Allow,Deny›\n            Principal:\n              AWS: ‹›\n            Action: sts:AssumeRole\n",
  ],
  [
    'an action in a choice in brackets',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: !If [C, s3:GetOb$|, x]\n",
    's3:GetObject',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: !If [C, s3:GetObject, x]\n",
  ],
  [
    'an action in a choice of a template',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action:\n      Fn::If:\n        - C\n        - s3:GetOb$|\n        - x\n",
    's3:GetObject',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action:\n      Fn::If:\n        - C\n        - s3:GetObject\n        - x\n",
  ],
  [
    'an action in a function',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: !Sub s3:GetOb$|\n",
    's3:GetObject',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: !Sub s3:GetObject\n",
  ],
  [
    'an action in a function with its long name',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action:\n      Fn::Sub: s3:GetOb$|\n",
    's3:GetObject',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action:\n      Fn::Sub: s3:GetObject\n",
  ],
  [
    'an action behind a hash in quotes',
    'whole',
    'Version: \'2012-10-17\'\nStatement:\n  - Effect: Allow\n    Sid: "a # b"\n    Action: "#s3:GetOb$|"\n',
    's3:GetObject',
    'Version: \'2012-10-17\'\nStatement:\n  - Effect: Allow\n    Sid: "a # b"\n    Action: "s3:GetObject"\n',
  ],
  [
    'a service in front of a text',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: $|s3:GetOb\n",
    's3:',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: s3:‹›GetOb\n",
  ],
  [
    'an action in a function in a list',
    'whole',
    'Version: \'2012-10-17\'\nStatement:\n  - Effect: Allow\n    Action:\n      - !Sub "s3:GetOb$|"\n',
    's3:GetObject',
    'Version: \'2012-10-17\'\nStatement:\n  - Effect: Allow\n    Action:\n      - !Sub "s3:GetObject"\n',
  ],
  [
    'an action in a policy of AWS SAM',
    'whole',
    'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n        - Statement:\n            - Effect: Allow\n              Action: s3:GetOb$|\n',
    's3:GetObject',
    'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n        - Statement:\n            - Effect: Allow\n              Action: s3:GetObject\n',
  ],
  [
    'a value in a list of conditions',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Condition:\n      StringEquals:\n        aws:RequestedRegion:\n          - eu-west-1\n          - $|\n",
    'eu-west-2',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Condition:\n      StringEquals:\n        aws:RequestedRegion:\n          - eu-west-1\n          - eu-west-2\n",
  ],
  [
    'a value that needs quotes',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Condition:\n      Bool:\n        aws:SecureTransport: $|\n",
    'false',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Condition:\n      Bool:\n        aws:SecureTransport: 'false'\n",
  ],
  [
    'a value in braces in braces',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Condition: {Bool: {aws:SecureTransport: $|}}\n",
    'false',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Condition: {Bool: {aws:SecureTransport: 'false'}}\n",
  ],
  [
    'a service principal in a list',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Principal:\n      Service:\n        - lambda$|\n",
    'lambda.amazonaws.com',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Principal:\n      Service:\n        - lambda.amazonaws.com\n",
  ],
  [
    'everybody',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Principal: $|\n",
    '*',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Principal: '*'\n",
  ],
  [
    'an element behind a comment',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    # note\n    $|\n",
    'Action',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    # note\n    Action: ‹›\n",
  ],
  [
    'the first name of the first statement',
    'whole',
    '---\nVersion: "2012-10-17"\nStatement:\n  - $|\n',
    'Effect',
    '---\nVersion: "2012-10-17"\nStatement:\n  - Effect: ‹Allow,Deny›\n',
  ],
  [
    'an element in the second of two documents',
    'whole',
    'a: b\n---\nVersion: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Act$|\n',
    'Action',
    'a: b\n---\nVersion: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Action: ‹›\n',
  ],
  [
    'an element of a policy in another object',
    'whole',
    'apiVersion: v1\nspec:\n  policy:\n    Version: "2012-10-17"\n    Statement:\n      - Effect: Allow\n        Act$|\n',
    'Action',
    'apiVersion: v1\nspec:\n  policy:\n    Version: "2012-10-17"\n    Statement:\n      - Effect: Allow\n        Action: ‹›\n',
  ],
  [
    'a service right behind the colon',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action:$|\n",
    's3:',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: 's3:‹›'\n",
  ],
  [
    'an action behind a colon that may be a key',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: sts:$|\n",
    'sts:AssumeRole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: sts:AssumeRole\n",
  ],
  [
    'an item behind one without a value',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action:\n      - \n      - $|\n",
    's3:',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action:\n      - \n      - 's3:‹›'\n",
  ],
  [
    'a resource',
    'whole',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: s3:GetObject\n    Resource: $|\n",
    '*',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: s3:GetObject\n    Resource: '*'\n",
  ],
  [
    'the version half-typed',
    'whole',
    'Version: 2012$|\nStatement: []\n',
    '2012-10-17',
    'Version: "2012-10-17"\nStatement: []\n',
  ],
  [
    'actions of a level for a value',
    'object',
    'Action = "execute-api:$|"',
    LEVEL,
    'Action = [\n          "execute-api:InvalidateCache",\n          "execute-api:Invoke",\n          "execute-api:ManageConnections",\n        ]',
  ],
  [
    'them in a list on one line',
    'object',
    'Action = ["execute-api:$|"]',
    LEVEL,
    'Action = ["execute-api:InvalidateCache", "execute-api:Invoke", "execute-api:ManageConnections"]',
  ],
  [
    'them in a list with lines',
    'object',
    'Action = [\n          "s3:GetObject",\n          "execute-api:$|",\n        ]',
    LEVEL,
    'Action = [\n          "s3:GetObject",\n          "execute-api:InvalidateCache",\n          "execute-api:Invoke",\n          "execute-api:ManageConnections",\n        ]',
  ],
  [
    'them in a list of the data source',
    'data',
    'actions = ["execute-api:$|"]',
    LEVEL,
    'actions = ["execute-api:InvalidateCache", "execute-api:Invoke", "execute-api:ManageConnections"]',
  ],
  [
    'them for an argument without a list',
    'data',
    'actions = "execute-api:$|"',
    LEVEL,
    'actions = [\n      "execute-api:InvalidateCache",\n      "execute-api:Invoke",\n      "execute-api:ManageConnections",\n    ]',
  ],
  ['a service in an empty list', 'object', 'Action = [$|]', 's3:', 'Action = ["s3:‹›"]'],
  ['an action that has no quotes yet', 'object', 'Action = s3:$|', 's3:GetObject', 'Action = "s3:GetObject"'],
  [
    'a variable',
    'object',
    'Resource = "arn:aws:s3:::b/$$|"',
    '${aws:username}',
    'Resource = "arn:aws:s3:::b/$${aws:username}"',
  ],
  [
    'a variable of the data source',
    'data',
    'resources = ["arn:aws:s3:::b/$$|"]',
    '${aws:username}',
    'resources = ["arn:aws:s3:::b/&{aws:username}"]',
  ],
  [
    'a variable with a tag',
    'data',
    'resources = ["arn:aws:s3:::b/$$|"]',
    '${aws:PrincipalTag/…}',
    'resources = ["arn:aws:s3:::b/&{aws:PrincipalTag/‹TagKey›}"]',
  ],
  ['an element', 'object', 'Res$|', 'Resource', 'Resource = "‹›"'],
  ['an element in quotes', 'object', '"Res$|"', 'Resource', '"Resource" = "‹›"'],
  ['an element in front of its value', 'object', 'Res$| = "*"', 'NotResource', 'NotResource = "*"'],
  ['an element in quotes in front of its value', 'object', '"Res$|" : "*"', 'Resource', '"Resource" : "*"'],
  ['an element with members', 'object', 'Cond$|', 'Condition', 'Condition = {\n          ‹›\n        }'],
  [
    'a condition',
    'object',
    'Cond$|',
    'Condition on the address',
    'Condition = {\n          IpAddress = {\n            "aws:SourceIp" = ["‹203.0.113.0/24›"]\n          }\n        }',
  ],
  [
    'an operator in braces',
    'object',
    'Condition = { $| }',
    'StringLike',
    'Condition = { StringLike = {\n          ‹›\n        } }',
  ],
  [
    'an operator for a value',
    'object',
    'Condition = $|',
    'StringLike',
    'Condition = {\n          StringLike = {\n            ‹›\n          }\n        }',
  ],
  [
    'a key',
    'object',
    'Condition = {\n          StringEquals = {\n            $|\n          }\n        }',
    'aws:SourceVpce',
    'Condition = {\n          StringEquals = {\n            "aws:SourceVpce" = "‹›"\n          }\n        }',
  ],
  [
    'a key with a tag',
    'object',
    'Condition = {\n          StringEquals = {\n            $|\n          }\n        }',
    'aws:PrincipalTag/${TagKey}',
    'Condition = {\n          StringEquals = {\n            "aws:PrincipalTag/‹TagKey›" = "‹›"\n          }\n        }',
  ],
  [
    'a key with a tag in front of its value',
    'object',
    'Condition = {\n          StringEquals = {\n            "aws:PrincipalTag$|" = "x"\n          }\n        }',
    'aws:PrincipalTag/${TagKey}',
    'Condition = {\n          StringEquals = {\n            "aws:PrincipalTag/‹TagKey›" = "x"\n          }\n        }',
  ],
  [
    'a policy',
    'role',
    '$|',
    'IAM policy',
    'jsonencode({\n    Version = "2012-10-17"\n    Statement = [{\n      Effect = "‹Allow,Deny›"\n      Principal = {\n        AWS = "‹›"\n      }\n      Action = "sts:AssumeRole"\n    }]\n  })',
  ],
  [
    'a policy where it is encoded',
    'role',
    'jsonencode($|)',
    'IAM policy',
    'jsonencode({\n    Version = "2012-10-17"\n    Statement = [{\n      Effect = "‹Allow,Deny›"\n      Principal = {\n        AWS = "‹›"\n      }\n      Action = "sts:AssumeRole"\n    }]\n  })',
  ],
  [
    'a statement in a list',
    'encoded',
    'Statement = [\n    $|\n  ]',
    '{ statement }',
    'Statement = [\n    {\n      Effect   = "‹Allow,Deny›"\n      Action   = "‹›"\n      Resource = "‹›"\n    }\n  ]',
  ],
  [
    'a list of statements',
    'encoded',
    'Statement = $|',
    '[ statement ]',
    'Statement = [{\n    Effect   = "‹Allow,Deny›"\n    Action   = "‹›"\n    Resource = "‹›"\n  }]',
  ],
  [
    'an effect with its element',
    'encoded',
    'Statement = [{\n    Action = "*"\n    Eff$|\n  }]',
    'Effect',
    'Statement = [{\n    Action = "*"\n    Effect = "‹Allow,Deny›"\n  }]',
  ],
  ['an argument', 'data', 'res$|', 'resources', 'resources = ["‹›"]'],
  ['an argument that is no list', 'data', 'si$|', 'sid', 'sid = "‹›"'],
  ['an argument with a choice', 'data', 'eff$|', 'effect', 'effect = "‹Allow,Deny›"'],
  ['an argument in front of its value', 'data', 'res$| = ["*"]', 'not_resources', 'not_resources = ["*"]'],
  [
    'a block',
    'data',
    'cond$|',
    'condition',
    'condition {\n      test     = "‹›"\n      variable = "‹›"\n      values   = ["‹›"]\n    }',
  ],
  [
    'a block with a choice',
    'data',
    'princ$|',
    'principals',
    'principals {\n      type        = "‹AWS,Service,Federated,*›"\n      identifiers = ["‹›"]\n    }',
  ],
  ['the name of a block', 'data', 'cond$| {\n    }', 'condition', 'condition {\n    }'],
  [
    'the name of a block that is repeated',
    'data',
    'dynamic "cond$|" {\n    }',
    'condition',
    'dynamic "condition" {\n    }',
  ],
  [
    'a statement',
    'source',
    'st$|',
    'statement',
    'statement {\n    actions   = ["‹›"]\n    resources = ["‹›"]\n  }',
  ],
  [
    'an argument that names other data sources',
    'source',
    'sou$|',
    'source_policy_documents',
    'source_policy_documents = [‹›]',
  ],
  [
    'such an argument in front of its value',
    'source',
    'over$| = []',
    'override_policy_documents',
    'override_policy_documents = []',
  ],
  ['the version', 'source', 'ver$|', 'version', 'version = "2012-10-17"'],
  [
    'an operator for an argument',
    'data',
    'condition {\n      test = $|\n    }',
    'Bool',
    'condition {\n      test = "Bool"\n    }',
  ],
  [
    'a key with a tag for an argument',
    'data',
    'condition {\n      test = "StringEquals"\n      variable = "aws:PrincipalTag$|"\n    }',
    'aws:PrincipalTag/${TagKey}',
    'condition {\n      test = "StringEquals"\n      variable = "aws:PrincipalTag/‹TagKey›"\n    }',
  ],
  [
    'a value in an empty list',
    'data',
    'condition {\n      test = "Bool"\n      variable = "aws:SecureTransport"\n      values = [$|]\n    }',
    'false',
    'condition {\n      test = "Bool"\n      variable = "aws:SecureTransport"\n      values = ["false"]\n    }',
  ],
  [
    'the beginning of an ID',
    'data',
    'condition {\n      test = "StringEquals"\n      variable = "aws:SourceVpce"\n      values = ["$|"]\n    }',
    'vpce-',
    'condition {\n      test = "StringEquals"\n      variable = "aws:SourceVpce"\n      values = ["vpce-‹›"]\n    }',
  ],
  [
    'a type of principals',
    'data',
    'principals {\n      type = "$|"\n      identifiers = []\n    }',
    'AWS',
    'principals {\n      type = "AWS"\n      identifiers = []\n    }',
  ],
  [
    'an argument of a block',
    'data',
    'principals {\n      $|\n    }',
    'type',
    'principals {\n      type = "‹›"\n    }',
  ],
  [
    'a list of a block',
    'data',
    'principals {\n      type = "AWS"\n      $|\n    }',
    'identifiers',
    'principals {\n      type = "AWS"\n      identifiers = ["‹›"]\n    }',
  ],
  [
    'an argument of a block half-typed',
    'data',
    'condition {\n      te$|\n    }',
    'test',
    'condition {\n      test = "‹›"\n    }',
  ],
  [
    'an argument of a block in front of its value',
    'data',
    'condition {\n      va$| = ["x"]\n    }',
    'values',
    'condition {\n      values = ["x"]\n    }',
  ],
  [
    'an argument of the content of a block that is repeated',
    'data',
    'dynamic "condition" {\n      for_each = x\n      content {\n        $|\n      }\n    }',
    'variable',
    'dynamic "condition" {\n      for_each = x\n      content {\n        variable = "‹›"\n      }\n    }',
  ],
  [
    'a name of the data source',
    'jsonSource',
    '{ "$|" }',
    'statement',
    '{ "statement": [\n        {\n          "actions": ["‹›"],\n          "resources": ["‹›"]\n        }\n      ] }',
  ],
  ['the version of the data source', 'jsonSource', '{ "ver$|" }', 'version', '{ "version": "2012-10-17" }'],
  [
    'a list of the data source',
    'jsonSource',
    '{ "$|" }',
    'source_policy_documents',
    '{ "source_policy_documents": ["‹›"] }',
  ],
  [
    'an argument of a statement',
    'jsonSource',
    '{ "statement": [{ "$|" }] }',
    'actions',
    '{ "statement": [{ "actions": ["‹›"] }] }',
  ],
  [
    'an argument of a statement that is no list',
    'jsonSource',
    '{ "statement": { "si$|" } }',
    'sid',
    '{ "statement": { "sid": "‹›" } }',
  ],
  [
    'an argument with a choice',
    'jsonSource',
    '{ "statement": [{ "eff$|" }] }',
    'effect',
    '{ "statement": [{ "effect": "‹Allow,Deny›" }] }',
  ],
  [
    'a block of a statement',
    'jsonSource',
    '{ "statement": [{\n        "$|"\n      }] }',
    'principals',
    '{ "statement": [{\n        "principals": [\n          {\n            "type": "‹›",\n            "identifiers": ["‹›"]\n          }\n        ]\n      }] }',
  ],
  [
    'a condition of a statement',
    'jsonSource',
    '{ "statement": [{\n        "cond$|"\n      }] }',
    'condition',
    '{ "statement": [{\n        "condition": [\n          {\n            "test": "‹›",\n            "variable": "‹›",\n            "values": ["‹›"]\n          }\n        ]\n      }] }',
  ],
  [
    'an argument of a block',
    'jsonSource',
    '{ "statement": [{ "principals": [{ "$|" }] }] }',
    'type',
    '{ "statement": [{ "principals": [{ "type": "‹›" }] }] }',
  ],
  [
    'a list of a block',
    'jsonSource',
    '{ "statement": [{ "condition": { "test": "Bool", "$|" } }] }',
    'values',
    '{ "statement": [{ "condition": { "test": "Bool", "values": ["‹›"] } }] }',
  ],
  [
    'a name in front of its value',
    'jsonSource',
    '{ "statement": [{ "$|": ["s3:*"] }] }',
    'not_actions',
    '{ "statement": [{ "not_actions": ["s3:*"] }] }',
  ],
  [
    'a name of a repeated block',
    'jsonSource',
    '{ "statement": [{ "dynamic": { "condition": { "content": { "$|" } } } }] }',
    'test',
    '{ "statement": [{ "dynamic": { "condition": { "content": { "test": "‹›" } } } }] }',
  ],
  [
    'an action in the JSON of Terraform',
    'jsonSource',
    '{ "statement": [{ "actions": ["s3:GetOb$|"] }] }',
    's3:GetObject',
    '{ "statement": [{ "actions": ["s3:GetObject"] }] }',
  ],
  ['an action', 'cdk', "actions: ['s3:GetOb$|']", 's3:GetObject', "actions: ['s3:GetObject']"],
  ['a service in front of a text', 'cdk', "actions: ['$|s3']", 's3:', "actions: ['s3:']"],
  [
    'an action in a template literal',
    'cdk',
    'actions: [`s3:GetOb$|`]',
    's3:GetObject',
    'actions: [`s3:GetObject`]',
  ],
  [
    'a variable',
    'cdk',
    "resources: ['arn:aws:s3:::b/$$|']",
    '${aws:username}',
    "resources: ['arn:aws:s3:::b/${aws:username}']",
  ],
  [
    'a variable with a tag',
    'cdk',
    "resources: ['arn:aws:s3:::b/$$|']",
    '${aws:PrincipalTag/…}',
    "resources: ['arn:aws:s3:::b/${aws:PrincipalTag/‹TagKey›}']",
  ],
  [
    'a variable in a template literal, where its sign is escaped',
    'cdk',
    'resources: [`arn:aws:s3:::b/$$|`]',
    '${aws:username}',
    'resources: [`arn:aws:s3:::b/\\${aws:username}`]',
  ],
  ['an action for a value', 'typescript', "Action: 's3:GetOb$|'", 's3:GetObject', "Action: 's3:GetObject'"],
  [
    'an action in a list',
    'typescript',
    "Action: ['s3:PutObject', 's3:$|GetOb']",
    's3:GetObject',
    "Action: ['s3:PutObject', 's3:GetObject']",
  ],
  ['an element', 'typescript', "'Res$|': '*'", 'Resource', "'Resource': '*'"],
  ['an element in empty quotes', 'typescript', "'$|': '*'", 'NotResource', "'NotResource': '*'"],
  [
    'a key with a tag',
    'typescript',
    "Condition: { StringEquals: { 'aws:PrincipalTag$|': 'x' } }",
    'aws:PrincipalTag/${TagKey}',
    "Condition: { StringEquals: { 'aws:PrincipalTag/‹TagKey›': 'x' } }",
  ],
  [
    'the beginning of an ID',
    'typescript',
    "Condition: { StringEquals: { 'aws:SourceVpce': '$|' } }",
    'vpce-',
    "Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-' } }",
  ],
  ['an action', 'python', '"Action": "s3:GetOb$|"', 's3:GetObject', '"Action": "s3:GetObject"'],
  ['an element', 'python', '"Res$|": "*"', 'Resource', '"Resource": "*"'],
  ['an effect', 'python', '"Sid": "A"}, {"Effect": "$|"', 'Deny', '"Sid": "A"}, {"Effect": "Deny"'],
];

/** An inserted text as an editor shows it, with its places to fill in. */
function shown(snippet: string): string {
  return snippet.replace(
    /\\([\\$}])|\$(\d)|\$\{\d+\|([^|]*)\|\}|\$\{\d+:((?:[^\\}]|\\.)*)\}/g,
    (_, escaped?: string, empty?: string, choices?: string, placeholder = '') =>
      escaped ?? `‹${empty === undefined ? (choices ?? placeholder) : ''}›`,
  );
}

/** The same in an editor that has no places to fill in: the first choice is written, and no placeholder. */
function withoutPlaces(text: string): string {
  return text.replace(
    /‹([^›]*)›/g,
    (_, inner: string) => (inner.includes(',') ? inner.split(',')[0] : '') ?? '',
  );
}

describe('completion writes', () => {
  const service = languageService();
  for (const [title, frame, before, label, after] of ROWS) {
    const [language, around] = FRAMES[frame];
    it(`${title} (${frame})`, () => {
      for (const lineBreak of ['\n', '\r\n']) {
        const marked = around(before).replaceAll('\n', lineBreak);
        const offset = marked.indexOf('$|');
        const text = marked.replace('$|', '');
        const document = service.open({ text, language });
        for (const quotes of ['left', 'taken'] as const) {
          const itemIn = (snippets: 'supported' | 'plain'): CompletionItem => {
            const { items } = service.completions(document, offset, { snippets, quotes });
            const item = items.find((each) => each.label === label);
            assert.ok(item !== undefined, `${label} is not among ${items.map((each) => each.label)}`);
            assert.ok(isShown(item, text, offset), `${label} is not shown for what is typed`);
            return item;
          };
          const expected = around(after).replaceAll('\n', lineBreak);
          const snippet = itemIn('supported');
          const isSnippet = snippet.insertFormat === 'snippet';
          assert.equal(isSnippet, expected.includes('‹'));
          const edit = isSnippet ? { ...snippet.edit, text: shown(snippet.edit.text) } : snippet.edit;
          assert.equal(take({ ...snippet, edit }, text, offset), expected);
          const plain = itemIn('plain');
          assert.equal(plain.insertFormat, 'plain');
          if (plain.kind !== 'block') {
            assert.equal(take(plain, text, offset), withoutPlaces(expected));
          }
        }
      }
    });
  }

  it('one example for what a template has in several places', () => {
    const text = `${FRAMES.yaml[1]('  - ')}`;
    const { items } = service.completions(service.open({ text, language: 'yaml' }), text.length, {
      snippets: 'supported',
    });
    const item = items.find(({ label }) => label === 'Deny plain HTTP to a bucket');
    assert.deepEqual(item?.edit.text.match(/\$\{.*?\}/g), [
      '${1:amzn-s3-demo-bucket}',
      '${1:amzn-s3-demo-bucket}',
    ]);
  });

  it('nothing in YAML in comments, beside quotes, in texts over several lines, and what is in the list already', () => {
    for (const [rest, label] of [
      ['    Action: s3:x # s3:GetOb$|\n', 's3:GetObject'],
      ['    # Act$|\n', 'Action'],
      ['    Action: $|"s3:GetOb"\n', 's3:GetObject'],
      ['    Action: "s3:GetOb"$|\n', 's3:GetObject'],
      ['    Action: s3:GetOb$|\n      ject\n', 's3:GetObject'],
      ['    Action: |\n      s3:GetOb$|\n', 's3:GetObject'],
      ['    Action:\n      - s3:PutObject\n      - s3:PutOb$|\n', 's3:PutObject'],
      ['    Effe$|\n', 'Effect'],
    ] as const) {
      const marked = FRAMES.yaml[1](rest);
      const document = service.open({ text: marked.replace('$|', ''), language: 'yaml' });
      const { items } = service.completions(document, marked.indexOf('$|'), { snippets: 'plain' });
      assert.deepEqual(
        items.filter((each) => each.label === label),
        [],
        rest,
      );
    }
  });

  it('in programs within the quotes of a literal and nowhere else, and nothing but its text', () => {
    for (const [frame, members, label] of [
      ['cdk', "actions: ['execute-api:$|']", LEVEL],
      ['typescript', 'Action: $|', 's3:'],
      ['typescript', "Resource: 'arn:aws:s3:::' + bucket + '$|'", '*'],
      ['typescript', 'Resource: `${bucket}$|`', '*'],
      ['typescript', '$|Action: "*"', 'Effect'],
      ['python', '"Resource": f"{bucket}$|"', '*'],
    ] as const) {
      const [language, around] = FRAMES[frame];
      const marked = around(members);
      const document = service.open({ text: marked.replace('$|', ''), language });
      const { items } = service.completions(document, marked.indexOf('$|'), { snippets: 'plain' });
      assert.deepEqual(
        items.filter((each) => each.label === label),
        [],
        members,
      );
    }
  });
});
