import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const dynamo = new DynamoDBClient({})

/** Puts the role of a patient or a doctor into the token, and beside it what the app told about the device. */
export const handler = async (event) => {
  if (event.triggerSource !== 'TokenGeneration_Authentication') return event
  const Key = { pk: { S: `USER#${event.userName}` } }
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: 'clinic', Key }))
  const claims = { role: Item?.role?.S === 'doctor' ? 'doctor' : 'patient' }
  const told = event.request.clientMetadata ?? {}
  if (told.app === 'clinic') {
    for (const [name, text] of Object.entries(told)) {
      if (name === 'app' || name.startsWith('cognito:')) continue
      claims[name] = text.slice(0, 80)
    }
  }
  event.response = { claimsOverrideDetails: { claimsToAddOrOverride: claims } }
  return event
}
