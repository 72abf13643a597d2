/** A role that may invoke tagged functions and nothing else, and a build that fuzzes them every night. */
export const sandboxTemplate = (functions: readonly string[]): string => `AWSTemplateFormatVersion: "2010-09-09"
Description: eventfuzz in a sandbox account - a role that may invoke tagged functions and nothing else, and a nightly run

Parameters:
  Repository:
    Type: String
    Description: Git repository (https) with eventfuzz.config.json and the tests' package.json
    AllowedPattern: https://.+
  Schedule:
    Type: String
    Default: cron(17 3 * * ? *)
    Description: When the nightly run begins, UTC

Resources:
  FuzzRole:
    Type: AWS::IAM::Role
    Properties:
      Description: Invokes functions that carry the tag eventfuzz=allowed
      MaxSessionDuration: 3600
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: codebuild.amazonaws.com
            Action: sts:AssumeRole
            Condition:
              StringEquals:
                aws:SourceAccount: !Ref AWS::AccountId
      Policies:
        - PolicyName: eventfuzz
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Sid: LookAtFunctions
                Effect: Allow
                Action:
                  - lambda:GetFunctionConfiguration
                  - lambda:ListTags
                Resource:
${resources(functions)}
              - Sid: InvokeWhatIsTagged
                Effect: Allow
                Action: lambda:InvokeFunction
                Resource:
${resources(functions)}
                Condition:
                  StringEquals:
                    aws:ResourceTag/eventfuzz: allowed
        - PolicyName: log-and-report
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Sid: Log
                Effect: Allow
                Action:
                  - logs:CreateLogStream
                  - logs:PutLogEvents
                Resource: !Sub \${Log.Arn}
              - Sid: Report
                Effect: Allow
                Action: s3:PutObject
                Resource: !Sub \${Reports.Arn}/*

  Log:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 90

  Reports:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true

  NightlyRun:
    Type: AWS::CodeBuild::Project
    Properties:
      Description: eventfuzz fuzz --live
      ServiceRole: !GetAtt FuzzRole.Arn
      TimeoutInMinutes: 60
      ConcurrentBuildLimit: 1
      Artifacts:
        Type: S3
        Location: !Ref Reports
        NamespaceType: BUILD_ID
        Packaging: ZIP
        Name: eventfuzz.zip
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
      LogsConfig:
        CloudWatchLogs:
          Status: ENABLED
          GroupName: !Ref Log
      Source:
        Type: GITHUB
        Location: !Ref Repository
        BuildSpec: |
          version: 0.2
          phases:
            install:
              runtime-versions:
                nodejs: 22
              commands:
                - npm ci
            build:
              commands:
                - npx eventfuzz fuzz --live --output-dir nightly
          artifacts:
            files:
              - nightly/**/*

  ScheduleRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: scheduler.amazonaws.com
            Action: sts:AssumeRole
            Condition:
              StringEquals:
                aws:SourceAccount: !Ref AWS::AccountId
      Policies:
        - PolicyName: start
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: codebuild:StartBuild
                Resource: !GetAtt NightlyRun.Arn

  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: !Ref Schedule
      FlexibleTimeWindow:
        Mode: "OFF"
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:codebuild:startBuild
        RoleArn: !GetAtt ScheduleRole.Arn
        Input: !Sub '{"ProjectName":"\${NightlyRun}"}'

Outputs:
  FuzzRoleArn:
    Value: !GetAtt FuzzRole.Arn
  ReportsBucket:
    Value: !Ref Reports
`

const resources = (functions: readonly string[]): string =>
  functions
    .flatMap((arn) => [arn, `${arn}:*`])
    .map((arn) => `                  - ${JSON.stringify(arn)}`)
    .join('\n')
