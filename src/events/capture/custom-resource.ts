import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { UUID } from '../envelope.js'
import { objectOf, textOf } from './http.js'

/** The resource behind a captured event of CloudFormation; undefined for another event. */
export function resourceOf(event: Json): Json | undefined {
  if (!isJsonObject(event) || typeof event['RequestType'] !== 'string' || typeof event['ResponseURL'] !== 'string')
    return undefined
  const type = event['RequestType']
  return {
    requestType: type === 'Update' || type === 'Delete' ? type : 'Create',
    resourceType: textOf(event['ResourceType'], 'Custom::Example').replace(/^Custom::|[^A-Za-z0-9_]/g, ''),
    logicalId: textOf(event['LogicalResourceId'], 'Resource'),
    physicalId: textOf(event['PhysicalResourceId'], 'resource-1'),
    properties: own(event['ResourceProperties']),
    oldProperties: own(event['OldResourceProperties']),
    requestId: UUID,
    stackId: UUID,
  }
}

function own(properties: Json | undefined): JsonObject {
  const { ServiceToken: _token, ...rest } = objectOf(properties)
  return rest
}
