import { type AwsService, ok, partitionOf, textOf } from './service.js'

/** Who am I: the one STS question a function asks without meaning harm. */
export const sts: AwsService = {
  service: 'sts',
  operations: {
    GetCallerIdentity: ({ place: { account, region } }) => {
      const Arn = `arn:${partitionOf(region)}:sts::${account}:assumed-role/eventfuzz/function`
      return ok({ UserId: 'AROAEVENTFUZZEXAMPLE:function', Account: account, Arn }, true)
    },
  },
  resources: (_operation, { RoleArn }) => [textOf(RoleArn)].filter((name) => name !== undefined),
}
