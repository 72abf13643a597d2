import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

interface Event {
  readonly mark: string
}

const client: DynamoDBClient = new DynamoDBClient({})

export const handler = async ({ mark }: Event): Promise<void> => {
  await client.send(new GetItemCommand({ TableName: 'cell-get', Key: { id: { S: mark } } }))
}
