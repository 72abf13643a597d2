// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of Terraform.
import type { JsonObject } from '../../../model/index.js'
import { outputs, use, variables } from './shorthand.js'

/** Modules whose outputs functions are given. */
export const alias: JsonObject = {
  variable: variables({ name: 'live', function_name: null, allowed_triggers: {} }),
  resource: { aws_lambda_alias: { this: { name: use('var.name'), function_name: use('var.function_name') } } },
  output: outputs({ lambda_alias_arn: 'aws_lambda_alias.this.arn', lambda_alias_invoke_arn: 'aws_lambda_alias.this.invoke_arn' }),
}

export const sqs: JsonObject = {
  variable: variables({ name: null, fifo_queue: false, create_dlq: false, dlq_name: null }),
  resource: {
    aws_sqs_queue: {
      this: { name: use('var.name'), fifo_queue: use('var.fifo_queue') },
      dlq: {
        count: use('var.create_dlq ? 1 : 0'),
        name: use('coalesce(var.dlq_name, "${var.name}-dlq")'),
        fifo_queue: use('var.fifo_queue'),
      },
    },
  },
  output: outputs({
    queue_arn: 'aws_sqs_queue.this.arn',
    queue_id: 'aws_sqs_queue.this.id',
    queue_url: 'aws_sqs_queue.this.url',
    queue_name: 'aws_sqs_queue.this.name',
    sqs_queue_arn: 'aws_sqs_queue.this.arn',
    sqs_queue_id: 'aws_sqs_queue.this.id',
    dead_letter_queue_arn: 'aws_sqs_queue.dlq[0].arn',
    dead_letter_queue_id: 'aws_sqs_queue.dlq[0].id',
    dead_letter_queue_url: 'aws_sqs_queue.dlq[0].url',
  }),
}

export const table: JsonObject = {
  variable: variables({
    name: null,
    hash_key: null,
    range_key: null,
    attributes: [],
    stream_enabled: false,
    stream_view_type: null,
  }),
  resource: {
    aws_dynamodb_table: {
      this: {
        name: use('var.name'),
        hash_key: use('var.hash_key'),
        range_key: use('var.range_key'),
        attribute: use('var.attributes'),
        stream_enabled: use('var.stream_enabled'),
        stream_view_type: use('var.stream_view_type'),
      },
    },
  },
  output: outputs({
    dynamodb_table_arn: 'aws_dynamodb_table.this.arn',
    dynamodb_table_id: 'aws_dynamodb_table.this.id',
    dynamodb_table_stream_arn: 'aws_dynamodb_table.this.stream_arn',
  }),
}

export const bucket: JsonObject = {
  variable: variables({ bucket: null }),
  resource: { aws_s3_bucket: { this: { bucket: use('var.bucket') } } },
  output: outputs({ s3_bucket_id: 'aws_s3_bucket.this.id', s3_bucket_arn: 'aws_s3_bucket.this.arn' }),
}

export const topic: JsonObject = {
  variable: variables({ name: null, fifo_topic: false, subscriptions: {} }),
  resource: {
    aws_sns_topic: { this: { name: use('var.name'), fifo_topic: use('var.fifo_topic') } },
    aws_sns_topic_subscription: {
      this: {
        for_each: use('var.subscriptions'),
        topic_arn: use('aws_sns_topic.this.arn'),
        protocol: use('each.value.protocol'),
        endpoint: use('each.value.endpoint'),
        filter_policy: use('try(each.value.filter_policy, null)'),
      },
    },
  },
  output: outputs({
    topic_arn: 'aws_sns_topic.this.arn',
    topic_name: 'aws_sns_topic.this.name',
    sns_topic_arn: 'aws_sns_topic.this.arn',
  }),
}
