import { randomUUID } from 'node:crypto'
import { isJsonObject } from '../../model/index.js'
import { type AwsService, listOf, ok, refuse, textOf } from './service.js'

/** Topics that take everything. */
export const sns: AwsService = {
  service: 'sns',
  operations: {
    Publish: ({ params }) =>
      textOf(params.Message) === undefined
        ? refuse('InvalidParameter', 'Invalid parameter: Empty message')
        : ok({ MessageId: randomUUID() }),
    PublishBatch: ({ params }) => {
      const entries = listOf(params.PublishBatchRequestEntries).filter(isJsonObject)
      if (entries.length === 0) return refuse('EmptyBatchRequest', 'The batch request contains no entries')
      return ok({ Successful: entries.map(({ Id }) => ({ Id: Id ?? '', MessageId: randomUUID() })), Failed: [] })
    },
    ListTopics: () => ok({ Topics: [] }),
    Unsubscribe: () => ok(),
  },
  // A phone number is no resource: publishing to one needs sns:Publish on *.
  resources: (_operation, { TopicArn, TargetArn }) =>
    [textOf(TopicArn) ?? textOf(TargetArn)].filter((name) => name !== undefined),
}
