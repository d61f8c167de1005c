/**
 * Actions by which whoever may call them comes by more permissions, alone or together. What each does is said in the
 * IAM API Reference; that passing a role gives its permissions to whoever decides what runs under it, in the IAM User
 * Guide, "Grant a user permissions to pass a role to an AWS service", and in the guides of the services named. Amazon
 * GuardDuty User Guide, "PrivilegeEscalation:IAMUser/AnomalousBehavior", names some of them.
 */
export const ESCALATIONS: readonly { readonly actions: readonly string[]; readonly how: string }[] = [
  { actions: ['iam:AddUserToGroup'], how: 'joining a group' },
  { actions: ['iam:AttachGroupPolicy'], how: 'attaching a policy to a group' },
  { actions: ['iam:AttachRolePolicy'], how: 'attaching a policy to a role' },
  { actions: ['iam:AttachUserPolicy'], how: 'attaching a policy to a user' },
  { actions: ['iam:CreateAccessKey'], how: 'making an access key of another user' },
  { actions: ['iam:CreateLoginProfile'], how: 'giving another user a password' },
  { actions: ['iam:CreatePolicyVersion'], how: 'rewriting an attached policy' },
  { actions: ['iam:PutGroupPolicy'], how: 'writing a policy into a group' },
  { actions: ['iam:PutRolePolicy'], how: 'writing a policy into a role' },
  { actions: ['iam:PutUserPolicy'], how: 'writing a policy into a user' },
  { actions: ['iam:SetDefaultPolicyVersion'], how: 'returning to another version of an attached policy' },
  { actions: ['iam:UpdateAssumeRolePolicy'], how: 'opening a role to themselves' },
  { actions: ['iam:UpdateLoginProfile'], how: 'changing the password of another user' },
  { actions: ['iam:PassRole', 'cloudformation:CreateStack'], how: 'creating a stack under a role' },
  { actions: ['iam:PassRole', 'ec2:RunInstances'], how: 'starting an instance under a role' },
  { actions: ['iam:PassRole', 'ecs:RunTask'], how: 'running a task under a role' },
  { actions: ['iam:PassRole', 'glue:CreateJob'], how: 'creating a job under a role' },
  { actions: ['iam:PassRole', 'lambda:CreateFunction'], how: 'creating a function under a role' },
];

/**
 * Actions whose response contains credentials, by their API references. Amazon GuardDuty User Guide,
 * "CredentialAccess:IAMUser/AnomalousBehavior", names the first three.
 */
export const CREDENTIAL_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['ec2:GetPasswordData', 'the administrator password of an instance'],
  ['secretsmanager:GetSecretValue', 'secrets'],
  ['secretsmanager:BatchGetSecretValue', 'secrets'],
  ['codeartifact:GetAuthorizationToken', 'a token for package repositories'],
  ['cognito-identity:GetCredentialsForIdentity', 'credentials of an identity'],
  ['ecr:GetAuthorizationToken', 'a token for container registries'],
  ['iam:CreateAccessKey', 'an access key'],
  ['iam:CreateServiceSpecificCredential', 'a password for a service'],
  ['iam:ResetServiceSpecificCredential', 'a password for a service'],
  ['lightsail:DownloadDefaultKeyPair', 'a private key'],
  ['lightsail:GetInstanceAccessDetails', 'keys of an instance'],
  ['lightsail:GetRelationalDatabaseMasterUserPassword', 'the password of a database'],
  ['redshift:GetClusterCredentials', 'credentials of a database'],
  ['redshift:GetClusterCredentialsWithIAM', 'credentials of a database'],
  ['redshift-serverless:GetCredentials', 'credentials of a database'],
  ['sts:AssumeRole', 'credentials of a role'],
  ['sts:GetFederationToken', 'temporary credentials'],
  ['sts:GetSessionToken', 'temporary credentials'],
]);
