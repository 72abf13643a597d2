import { readConfig } from '../../config/index.js'
import { TAG, TAG_VALUE } from '../../invokers/live/guards.js'
import type { JsonObject, LiveConfig } from '../../model/index.js'
import { sandboxTemplate } from './sandbox-template.js'

export const PARTS = ['config', 'policy', 'template'] as const
export type Part = (typeof PARTS)[number]

const EXAMPLE_FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function:sandbox-*'

/** What a sandbox account needs before anything in it is attacked: the configuration, the tool's own least policy, a role and a nightly run. */
export async function initLive(cwd: string): Promise<Readonly<Record<Part, string>>> {
  const { live } = await readConfig(cwd)
  const functions = live === undefined || live.functions.length === 0 ? [EXAMPLE_FUNCTION] : live.functions
  return {
    config: `${JSON.stringify({ live: settings(live, functions) }, null, 2)}\n`,
    policy: `${JSON.stringify(leastPolicy(functions), null, 2)}\n`,
    template: sandboxTemplate(functions),
  }
}

/** All that the tool asks AWS for. Invoking is only allowed where the function carries the tag; STS answers without a permission. */
export const leastPolicy = (functions: readonly string[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'LookAtFunctions',
      Effect: 'Allow',
      Action: ['lambda:GetFunctionConfiguration', 'lambda:ListTags'],
      Resource: withQualifiers(functions),
    },
    {
      Sid: 'InvokeWhatIsTagged',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: withQualifiers(functions),
      Condition: { StringEquals: { [`aws:ResourceTag/${TAG}`]: TAG_VALUE } },
    },
  ],
})

/** A version or alias is a resource of its own. */
const withQualifiers = (functions: readonly string[]): string[] => functions.flatMap((arn) => [arn, `${arn}:*`])

function settings(live: LiveConfig | undefined, functions: readonly string[]): JsonObject {
  const parts = functions.map((arn) => arn.split(':'))
  return {
    owner: live?.owner ?? 'I, <name>, own the account below and agree that eventfuzz attacks what stands here.',
    accounts: [...new Set(parts.map(([, , , , account = '']) => account))],
    regions: [...new Set(parts.map(([, , , region = '']) => region))],
    functions: [...functions],
    budget: { invocations: 500, concurrency: 1, rate: 5, gbSeconds: 200, time: '10m' },
    stopFile: 'eventfuzz.stop',
  }
}
