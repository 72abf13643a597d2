import type { Oracle } from '../model/index.js'
import { allowedTooFar } from './allowed-too-far.js'
import { archiveTraversal } from './archive-traversal.js'
import { argumentInjection } from './argument-injection.js'
import { broadPolicy } from './broad-policy.js'
import { codeInjection } from './code-injection.js'
import { commandInjection } from './command-injection.js'
import { corsAnyOrigin } from './cors-any-origin.js'
import { crash } from './crash.js'
import { dynamodbExpressionInjection } from './dynamodb-expression-injection.js'
import { eventChosenMethod } from './event-chosen-method.js'
import { eventChosenModule } from './event-chosen-module.js'
import { eventChosenResource } from './event-chosen-resource.js'
import { forgedSender } from './forged-sender.js'
import { forgedToken } from './forged-token.js'
import { formatDisagreement } from './format-disagreement.js'
import { hang } from './hang.js'
import { headerInjection } from './header-injection.js'
import { htmlInjection } from './html-injection.js'
import { inheritedCredential } from './inherited-credential.js'
import { jsonInjection } from './json-injection.js'
import { logInjection } from './log-injection.js'
import { lostMessage } from './lost-message.js'
import { lostWrite, unhandledConflict } from './lost-write.js'
import { mailHeaderInjection } from './mail-header-injection.js'
import { malformedResponse } from './malformed-response.js'
import { massAssignment } from './mass-assignment.js'
import { nosqlInjection } from './nosql-injection.js'
import { objectKeyTraversal } from './object-key-traversal.js'
import { openRedirect } from './open-redirect.js'
import { partiqlInjection } from './partiql-injection.js'
import { pathTraversal } from './path-traversal.js'
import { poisonMessage } from './poison-message.js'
import { prototypePollution } from './prototype-pollution.js'
import { recursiveTrigger } from './recursive-trigger.js'
import { redos } from './redos.js'
import { regexpInjection } from './regexp-injection.js'
import { repeatedWrite } from './repeated-write.js'
import { sdkParameterInjection } from './sdk-parameter-injection.js'
import { secretInCall, secretInLog } from './secret-in-log.js'
import { secretLeak } from './secret-leak.js'
import { sqlInjection } from './sql-injection.js'
import { ssrf } from './ssrf.js'
import { stateLeak } from './state-leak.js'
import { templateInjection } from './template-injection.js'
import { unawaitedWork } from './unawaited-work.js'
import { unboundedCalls } from './unbounded-calls.js'
import { unboundedMemory } from './unbounded-memory.js'
import { undecodedObjectKey } from './undecoded-object-key.js'
import { unhandledError } from './unhandled-error.js'
import { unsafeDeserialisation } from './unsafe-deserialisation.js'
import { unverifiedToken } from './unverified-token.js'
import { verboseError } from './verbose-error.js'
import { xmlExternalEntity } from './xml-external-entity.js'

/** Every rule there is. */
export const oracles: readonly Oracle[] = [
  commandInjection,
  argumentInjection,
  codeInjection,
  unsafeDeserialisation,
  templateInjection,
  sqlInjection,
  partiqlInjection,
  nosqlInjection,
  dynamodbExpressionInjection,
  jsonInjection,
  regexpInjection,
  htmlInjection,
  headerInjection,
  mailHeaderInjection,
  logInjection,
  pathTraversal,
  archiveTraversal,
  xmlExternalEntity,
  ssrf,
  openRedirect,
  objectKeyTraversal,
  eventChosenResource,
  eventChosenModule,
  eventChosenMethod,
  sdkParameterInjection,
  massAssignment,
  unverifiedToken,
  forgedToken,
  inheritedCredential,
  forgedSender,
  broadPolicy,
  allowedTooFar,
  formatDisagreement,
  corsAnyOrigin,
  prototypePollution,
  secretLeak,
  secretInLog,
  secretInCall,
  verboseError,
  stateLeak,
  unhandledError,
  poisonMessage,
  lostMessage,
  malformedResponse,
  undecodedObjectKey,
  unawaitedWork,
  lostWrite,
  unhandledConflict,
  repeatedWrite,
  recursiveTrigger,
  redos,
  unboundedMemory,
  unboundedCalls,
  hang,
  crash,
]
