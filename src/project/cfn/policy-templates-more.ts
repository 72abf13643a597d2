import { arn } from './account.js'
import type { AllowStatement } from './policy-templates.js'

const any = (list: string): readonly AllowStatement[] => [[list.split(' '), ['*']]]
const emr = (action: string): readonly AllowStatement[] => [
  [[`elasticmapreduce:${action}`], [arn('elasticmapreduce', 'cluster/{ClusterId}')]],
]

const READ_CODE =
  'GitPull GetBranch ListBranches BatchDescribeMergeConflicts DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests DescribePullRequestEvents GetCommentsForPullRequest GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests GetBlob GetFile GetFolder GetComment GetCommentsForComparedCommit BatchGetCommits GetCommit GetCommitHistory GetDifferences GetObjectIdentifier GetReferences GetTree GetRepository ListTagsForResource GetRepositoryTriggers TestRepositoryTriggers GetUploadArchiveStatus'
const WRITE_CODE =
  'GitPush CreateBranch DeleteBranch MergeBranchesByFastForward MergeBranchesBySquash MergeBranchesByThreeWay UpdateDefaultBranch CreateUnreferencedMergeCommit CreatePullRequest MergePullRequestByFastForward MergePullRequestBySquash MergePullRequestByThreeWay PostCommentForPullRequest UpdatePullRequestDescription UpdatePullRequestStatus UpdatePullRequestTitle DeleteFile PutFile DeleteCommentContent PostCommentForComparedCommit PostCommentReply UpdateComment CreateCommit UpdateRepositoryDescription TagResource UntagResource PutRepositoryTriggers UploadArchive CancelUploadArchive'
const codecommit = (list: string): readonly AllowStatement[] => [
  [list.split(' ').map((name) => `codecommit:${name}`), [arn('codecommit', '{RepositoryName}')]],
]

/** The policy templates that are asked for less often: most of them allow actions that know no resource. */
export const MORE_POLICY_TEMPLATES: Readonly<Record<string, readonly AllowStatement[]>> = {
  AMIDescribePolicy: [[['ec2:DescribeImages'], [arn('ec2', 'image/*')]]],
  EC2DescribePolicy: any('ec2:DescribeRegions ec2:DescribeInstances'),
  EC2CopyImagePolicy: [[['ec2:CopyImage'], [arn('ec2', 'image/{ImageId}')]]],
  CloudFormationDescribeStacksPolicy: [[['cloudformation:DescribeStacks'], [arn('cloudformation', 'stack/*')]]],
  CloudWatchDashboardPolicy: any(
    'cloudwatch:GetDashboard cloudwatch:ListDashboards cloudwatch:PutDashboard cloudwatch:ListMetrics',
  ),
  CloudWatchDescribeAlarmHistoryPolicy: any('cloudwatch:DescribeAlarmHistory'),
  CloudWatchPutMetricPolicy: any('cloudwatch:PutMetricData'),
  CodePipelineLambdaExecutionPolicy: any('codepipeline:PutJobSuccessResult codepipeline:PutJobFailureResult'),
  CodePipelineReadOnlyPolicy: [[['codepipeline:ListPipelineExecutions'], [arn('codepipeline', '{PipelineName}')]]],
  CodeCommitReadPolicy: codecommit(READ_CODE),
  CodeCommitCrudPolicy: codecommit(`${READ_CODE} ${WRITE_CODE}`),
  ComprehendBasicAccessPolicy: any(
    'comprehend:BatchDetectKeyPhrases comprehend:DetectDominantLanguage comprehend:DetectEntities comprehend:BatchDetectEntities comprehend:DetectKeyPhrases comprehend:DetectSentiment comprehend:BatchDetectDominantLanguage comprehend:BatchDetectSentiment',
  ),
  CostExplorerReadOnlyPolicy: any(
    'ce:GetCostAndUsage ce:GetDimensionValues ce:GetReservationCoverage ce:GetReservationPurchaseRecommendation ce:GetReservationUtilization ce:GetTags',
  ),
  EcsRunTaskPolicy: [[['ecs:RunTask'], [arn('ecs', 'task-definition/{TaskDefinition}')]]],
  EFSWriteAccessPolicy: [
    [
      ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
      [arn('elasticfilesystem', 'file-system/{FileSystem}')],
      {
        StringEquals: {
          'elasticfilesystem:AccessPointArn': arn('elasticfilesystem', 'access-point/{AccessPoint}'),
        },
      },
    ],
  ],
  EKSDescribePolicy: any('eks:DescribeCluster eks:ListClusters'),
  ElasticMapReduceAddJobFlowStepsPolicy: emr('AddJobFlowSteps'),
  ElasticMapReduceCancelStepsPolicy: emr('CancelSteps'),
  ElasticMapReduceModifyInstanceFleetPolicy: [
    [
      ['elasticmapreduce:ModifyInstanceFleet', 'elasticmapreduce:ListInstanceFleets'],
      [arn('elasticmapreduce', 'cluster/{ClusterId}')],
    ],
  ],
  ElasticMapReduceModifyInstanceGroupsPolicy: [
    [
      ['elasticmapreduce:ModifyInstanceGroups', 'elasticmapreduce:ListInstanceGroups'],
      [arn('elasticmapreduce', 'cluster/{ClusterId}')],
    ],
  ],
  ElasticMapReduceSetTerminationProtectionPolicy: emr('SetTerminationProtection'),
  ElasticMapReduceTerminateJobFlowsPolicy: emr('TerminateJobFlows'),
  ElasticsearchHttpPostPolicy: [[['es:ESHttpPost', 'es:ESHttpPut'], [arn('es', 'domain/{DomainName}/*')]]],
  MobileAnalyticsWriteOnlyAccessPolicy: any('mobileanalytics:PutEvents'),
  OrganizationsListAccountsPolicy: any('organizations:ListAccounts'),
  PinpointEndpointAccessPolicy: [
    [
      ['mobiletargeting:GetEndpoint', 'mobiletargeting:UpdateEndpoint', 'mobiletargeting:UpdateEndpointsBatch'],
      [arn('mobiletargeting', 'apps/{PinpointApplicationId}/endpoints/*')],
    ],
  ],
  PinpointValidatePhoneNumberPolicy: any('mobiletargeting:PhoneNumberValidate'),
  RekognitionDetectOnlyPolicy: any(
    'rekognition:DetectFaces rekognition:DetectLabels rekognition:DetectModerationLabels rekognition:DetectText',
  ),
  RekognitionFacesPolicy: any('rekognition:CompareFaces rekognition:DetectFaces'),
  RekognitionLabelsPolicy: any('rekognition:DetectLabels rekognition:DetectModerationLabels'),
  Route53ChangeResourceRecordSetsPolicy: [[['route53:ChangeResourceRecordSets'], [arn('route53', 'hostedzone/{HostedZoneId}')]]],
  SageMakerCreateEndpointConfigPolicy: [
    [['sagemaker:CreateEndpointConfig'], [arn('sagemaker', 'endpoint-config/{EndpointConfigName}')]],
  ],
  SageMakerCreateEndpointPolicy: [[['sagemaker:CreateEndpoint'], [arn('sagemaker', 'endpoint/{EndpointName}')]]],
  ServerlessRepoReadWriteAccessPolicy: [
    [
      [
        'serverlessrepo:CreateApplication',
        'serverlessrepo:CreateApplicationVersion',
        'serverlessrepo:UpdateApplication',
        'serverlessrepo:GetApplication',
        'serverlessrepo:ListApplications',
        'serverlessrepo:ListApplicationVersions',
        'serverlessrepo:ListApplicationDependencies',
      ],
      [arn('serverlessrepo', 'applications/*')],
    ],
  ],
  StepFunctionsCallbackPolicy: [
    [
      ['states:SendTaskFailure', 'states:SendTaskSuccess', 'states:SendTaskHeartbeat'],
      [arn('states', 'stateMachine:{StateMachineName}')],
    ],
  ],
  TextractPolicy: any('textract:*'),
  TextractDetectAnalyzePolicy: any(
    'textract:DetectDocumentText textract:StartDocumentTextDetection textract:StartDocumentAnalysis textract:AnalyzeDocument',
  ),
  TextractGetResultPolicy: any('textract:GetDocumentTextDetection textract:GetDocumentAnalysis'),
  AcmGetCertificatePolicy: [[['acm:GetCertificate'], ['{CertificateArn}']]],
}
