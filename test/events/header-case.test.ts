import { expect } from 'chai'
import { apigwV1 } from '#src/events/apigw-v1.js'
import { getAt, type Json, type Trigger } from '#src/model/index.js'

const trigger: Trigger = { source: 'apigw-v1' } as unknown as Trigger
const template = () => apigwV1.templates(trigger, [])[1]!
const headersOf = (wire: Json): readonly string[] => Object.keys(getAt(apigwV1.toEvent(wire, trigger), '/headers') as object)
const supplied = (wire: Json, pointer: string): Json => apigwV1.supply(wire, pointer, 'x', trigger)!

describe('names of headers behind a REST API', () => {
  it('come as the function looks for them: a client writes them as it likes', () => {
    const small = supplied(template(), '/headers/x-tenant-id')
    expect(headersOf(small)).to.include('x-tenant-id').and.not.to.include('X-Tenant-Id')
    expect(headersOf(supplied(template(), '/headers/X-Tenant-Id'))).to.include('X-Tenant-Id')
    expect(headersOf(supplied(small, '/headers/Authorization'))).to.include.members(['x-tenant-id', 'Authorization'])
  })
  it('are small also where the client sends them anyway', () => {
    expect(headersOf(template())).to.include('Content-Type')
    expect(headersOf(supplied(template(), '/headers/content-type')))
      .to.include('content-type')
      .and.not.to.include('Content-Type')
  })
  it('stay the service’s where the service writes them', () =>
    expect(headersOf(supplied(template(), '/headers/x-forwarded-proto'))).not.to.include('x-forwarded-proto'))
  it('are kept of a captured event', () => {
    const event = apigwV1.toEvent(supplied(template(), '/headers/x-tenant-id'), trigger)
    expect(headersOf(apigwV1.fromEvent!(event)!)).to.include('x-tenant-id')
  })
})
