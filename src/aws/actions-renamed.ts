// IAM prefix where it is not the signing name
const PREFIXES: Readonly<Record<string, string>> = {
  ...{ email: 'ses', monitoring: 'cloudwatch', iotdata: 'iot', 'aps-workspaces': 'aps', tagging: 'tag' },
}
// Operations that IAM knows by another name
const RENAMED: Readonly<Record<string, string>> = {
  'sqs:SendMessageBatch': 'sqs:SendMessage',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
  'sns:PublishBatch': 'sns:Publish',
  'lambda:Invoke': 'lambda:InvokeFunction',
  'lambda:InvokeWithResponseStream': 'lambda:InvokeFunction',
  'lambda:InvokeAsync': 'lambda:InvokeFunction',
  'lambda:GetLayerVersionByArn': 'lambda:GetLayerVersion',
  'execute-api:PostToConnection': 'execute-api:ManageConnections',
  'execute-api:GetConnection': 'execute-api:ManageConnections',
  'execute-api:DeleteConnection': 'execute-api:ManageConnections',
  'bedrock:Converse': 'bedrock:InvokeModel',
  'bedrock:ConverseStream': 'bedrock:InvokeModelWithResponseStream',
  'bedrock:InvokeModelWithBidirectionalStream': 'bedrock:InvokeModel',
  'bedrock:StartAsyncInvoke': 'bedrock:InvokeModel',
  'redshift-data:GetStatementResultV2': 'redshift-data:GetStatementResult',
}

/** The prefix of a service's IAM actions, by its signing name. */
export const prefixOf = (service: string): string => (Object.hasOwn(PREFIXES, service) ? PREFIXES[service]! : service)

/** The action of an operation without a rule of its own: nearly always of the same name. */
export function actionNamed(service: string, operation: string): string {
  const own = `${prefixOf(service)}:${operation}`
  return Object.hasOwn(RENAMED, own) ? RENAMED[own]! : own
}
