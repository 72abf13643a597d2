// The same with a bound parameter.
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data'

const db = new DynamoDBClient({})
const rds = new RDSDataClient({})
const warehouse = {
  resourceArn: 'arn:aws:rds:us-east-1:123456789012:cluster:w',
  secretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:w',
}

export const handler = async (event) => {
  const customer = event.pathParameters?.customer ?? 'nobody'
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: 'orders',
      KeyConditionExpression: 'customer = :c',
      ExpressionAttributeValues: { ':c': { S: customer } },
    }),
  )
  for (const order of Items) {
    const sku = order.sku.S
    await rds.send(
      new ExecuteStatementCommand({
        ...warehouse,
        sql: 'SELECT place FROM stock WHERE sku = :sku',
        parameters: [{ name: 'sku', value: { stringValue: sku } }],
      }),
    )
  }
  return { statusCode: 200, body: String(Items.length) }
}
