import type { Oracle } from '../model/index.js'
import { codeInjection } from './code-injection.js'
import { commandInjection } from './command-injection.js'
import { crash } from './crash.js'
import { dynamodbExpressionInjection } from './dynamodb-expression-injection.js'
import { eventChosenResource } from './event-chosen-resource.js'
import { hang } from './hang.js'
import { lostWrite, unhandledConflict } from './lost-write.js'
import { malformedResponse } from './malformed-response.js'
import { partiqlInjection } from './partiql-injection.js'
import { pathTraversal } from './path-traversal.js'
import { poisonMessage } from './poison-message.js'
import { prototypePollution } from './prototype-pollution.js'
import { secretLeak } from './secret-leak.js'
import { sqlInjection } from './sql-injection.js'
import { ssrf } from './ssrf.js'
import { unhandledError } from './unhandled-error.js'
import { verboseError } from './verbose-error.js'

/** Every rule there is. */
export const oracles: readonly Oracle[] = [
  commandInjection,
  codeInjection,
  sqlInjection,
  partiqlInjection,
  dynamodbExpressionInjection,
  pathTraversal,
  ssrf,
  eventChosenResource,
  prototypePollution,
  secretLeak,
  verboseError,
  unhandledError,
  poisonMessage,
  malformedResponse,
  lostWrite,
  unhandledConflict,
  hang,
  crash,
]
