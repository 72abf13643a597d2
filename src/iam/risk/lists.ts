const words = (...texts: readonly string[]): ReadonlySet<string> => new Set(texts.flatMap((text) => text.split(' ')))

/** Actions that hand out credentials, or secrets that serve as such. */
export const CREDENTIALS = words(
  'secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath',
  'ssm:GetParameterHistory iam:CreateAccessKey iam:CreateServiceSpecificCredential iam:ResetServiceSpecificCredential',
  'iam:CreateLoginProfile sts:AssumeRole sts:GetFederationToken sts:AssumeRoleWithWebIdentity ecr:GetAuthorizationToken',
  'ecr-public:GetAuthorizationToken codeartifact:GetAuthorizationToken cognito-identity:GetCredentialsForIdentity',
  'cognito-identity:GetOpenIdTokenForDeveloperIdentity redshift:GetClusterCredentials redshift:GetClusterCredentialsWithIAM',
  'redshift-serverless:GetCredentials rds-db:connect ec2:GetPasswordData lightsail:GetInstanceAccessDetails',
  'lightsail:DownloadDefaultKeyPair lightsail:GetRelationalDatabaseMasterUserPassword appsync:ListApiKeys chime:CreateApiKey',
  'codepipeline:PollForJobs gamelift:GetInstanceAccess gamelift:RequestUploadCredentials kafka:GetBootstrapBrokers',
)

/** Actions that read what users stored. */
export const DATA = words(
  's3:GetObject s3:GetObjectVersion dynamodb:Scan dynamodb:Query dynamodb:GetItem dynamodb:BatchGetItem dynamodb:PartiQLSelect',
  'dynamodb:ExportTableToPointInTime sqs:ReceiveMessage kinesis:GetRecords kinesis:SubscribeToShard logs:GetLogEvents',
  'logs:FilterLogEvents logs:GetQueryResults logs:StartQuery athena:GetQueryResults rds-data:ExecuteStatement',
  'redshift-data:GetStatementResult ebs:GetSnapshotBlock ec2:GetConsoleOutput ec2:GetConsoleScreenshot lambda:GetFunction',
  'codecommit:GitPull kms:Decrypt es:ESHttpGet states:GetExecutionHistory cognito-idp:ListUsers',
)

/** Actions that can open a resource to another account, or to all. */
export const SHARING = words(
  's3:PutBucketPolicy s3:PutBucketAcl s3:PutObjectAcl s3:PutObjectVersionAcl s3:PutBucketPublicAccessBlock',
  's3:PutAccountPublicAccessBlock s3:PutAccessPointPolicy lambda:AddPermission lambda:CreateFunctionUrlConfig',
  'lambda:AddLayerVersionPermission sqs:AddPermission sqs:SetQueueAttributes sns:AddPermission sns:SetTopicAttributes',
  'kms:PutKeyPolicy kms:CreateGrant secretsmanager:PutResourcePolicy ecr:SetRepositoryPolicy ecr:PutRegistryPolicy',
  'ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute ec2:AuthorizeSecurityGroupIngress rds:ModifyDBSnapshotAttribute',
  'rds:ModifyDBClusterSnapshotAttribute dynamodb:PutResourcePolicy kinesis:PutResourcePolicy events:PutPermission',
  'glue:PutResourcePolicy logs:PutResourcePolicy es:UpdateElasticsearchDomainConfig es:UpdateDomainConfig',
  'backup:PutBackupVaultAccessPolicy elasticfilesystem:PutFileSystemPolicy glacier:SetVaultAccessPolicy',
  'codeartifact:PutRepositoryPermissionsPolicy apigateway:UpdateRestApiPolicy iam:UpdateAssumeRolePolicy',
)
