import type { Json, JsonObject } from '../../../model/index.js'
import { blocksOf, list } from '../config.js'
import type { Instance } from '../instance.js'
import { type Compilation, type Compiler, copied, known } from './compilation.js'

const lambdaFunction: Compiler = (instance, compilation) => {
  const [dead] = instance.blocks('dead_letter_config')
  compilation.add(instance, 'AWS::Lambda::Function', {
    ...copied(instance, {
      FunctionName: 'function_name',
      Handler: 'handler',
      Runtime: 'runtime',
      Role: 'role',
      PackageType: 'package_type',
    }),
    Timeout: instance.written('timeout') ?? 3,
    MemorySize: instance.written('memory_size') ?? 128,
    Environment: { Variables: instance.block('environment')['variables'] ?? {} },
    DeadLetterConfig: dead === undefined ? null : { TargetArn: dead['target_arn'] ?? null },
  })
}

const mapping: Compiler = (instance, compilation) => {
  const criteria = instance.blocks('filter_criteria').flatMap(({ filter }) => blocksOf(filter))
  const own = instance.block('self_managed_event_source')['endpoints'] as JsonObject | undefined
  const configuration = instance.block('scaling_config')['maximum_concurrency']
  compilation.add(instance, 'AWS::Lambda::EventSourceMapping', {
    ...copied(instance, {
      FunctionName: 'function_name',
      EventSourceArn: 'event_source_arn',
      BatchSize: 'batch_size',
      Enabled: 'enabled',
      StartingPosition: 'starting_position',
      FunctionResponseTypes: 'function_response_types',
      Topics: 'topics',
      Queues: 'queues',
      MaximumBatchingWindowInSeconds: 'maximum_batching_window_in_seconds',
    }),
    FilterCriteria: criteria.length === 0 ? null : { Filters: criteria.map(({ pattern = null }) => ({ Pattern: pattern })) },
    SelfManagedEventSource:
      own === undefined
        ? null
        : { Endpoints: { KafkaBootstrapServers: String(own['KAFKA_BOOTSTRAP_SERVERS'] ?? '').split(',') } },
    DestinationConfig: destinations(instance),
    ScalingConfig: configuration === undefined ? null : { MaximumConcurrency: configuration },
    ...(instance.blocks('document_db_event_source_config').length > 0 ? { DocumentDBEventSourceConfig: {} } : {}),
  })
}

function destinations(instance: Instance): Json {
  const config = instance.block('destination_config')
  const target = (name: string): Json => {
    const destination = blocksOf(config[name])[0]
    return destination === undefined
      ? null
      : { Destination: destination['destination_arn'] ?? destination['destination'] ?? null }
  }
  const found = known({ OnSuccess: target('on_success'), OnFailure: target('on_failure') })
  return Object.keys(found).length === 0 ? null : found
}

const url: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::Lambda::Url', {
    TargetFunctionArn: instance.written('function_name'),
    AuthType: instance.written('authorization_type') ?? 'NONE',
  })

const permission: Compiler = (instance, compilation) =>
  compilation.add(
    instance,
    'AWS::Lambda::Permission',
    copied(instance, {
      FunctionName: 'function_name',
      Action: 'action',
      Principal: 'principal',
      SourceArn: 'source_arn',
      SourceAccount: 'source_account',
    }),
  )

const invokeConfig: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::Lambda::EventInvokeConfig', {
    FunctionName: instance.written('function_name'),
    DestinationConfig: destinations(instance),
  })

const alias: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::Lambda::Alias', copied(instance, { FunctionName: 'function_name', Name: 'name' }))

const layer: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::Lambda::LayerVersion', copied(instance, { LayerName: 'layer_name' }))

export const lambdaCompilers: Readonly<Record<string, Compiler>> = {
  aws_lambda_function: lambdaFunction,
  aws_lambda_event_source_mapping: mapping,
  aws_lambda_function_url: url,
  aws_lambda_permission: permission,
  aws_lambda_function_event_invoke_config: invokeConfig,
  aws_lambda_alias: alias,
  aws_lambda_layer_version: layer,
}

/** The layers of a function that the project makes. */
export const layersUsed = (instance: Instance, { instances }: Compilation): readonly Instance[] =>
  list(instance.written('layers')).flatMap((each) =>
    instances.filter(({ id, type }) => type === 'aws_lambda_layer_version' && JSON.stringify(each).includes(`"${id}"`)),
  )
