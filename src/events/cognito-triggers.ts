import type { JsonObject } from '../model/index.js'

export interface CognitoWire {
  readonly trigger: string
  readonly userName: string
  readonly attributes: Readonly<Record<string, string>>
  readonly clientMetadata?: Readonly<Record<string, string>>
  readonly validationData?: Readonly<Record<string, string>>
  readonly password: string
  readonly answer: string
  readonly rounds: number
  readonly newDevice: boolean
  readonly group: string
  readonly sub: string
  readonly clientId: string
  readonly pool: string
}

/** Which field of `request` shows what a client sent. */
export const SENT = {
  attributes: 'userAttributes',
  clientMetadata: 'clientMetadata',
  validationData: 'validationData',
  password: 'password',
  answer: 'challengeAnswer',
} as const

/** By trigger: the fields of its request, and its response before the function has answered. */
const SHAPES: Readonly<Record<string, readonly [fields: readonly string[], response: JsonObject]>> = {
  PreSignUp: [
    ['userAttributes', 'validationData', 'clientMetadata'],
    { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  ],
  PostConfirmation: [['userAttributes', 'clientMetadata'], {}],
  PreAuthentication: [['userAttributes', 'validationData', 'userNotFound'], {}],
  PostAuthentication: [['userAttributes', 'newDeviceUsed', 'clientMetadata'], {}],
  TokenGeneration: [['userAttributes', 'groupConfiguration', 'clientMetadata'], { claimsOverrideDetails: null }],
  CustomMessage: [
    ['userAttributes', 'codeParameter', 'linkParameter', 'clientMetadata'],
    { smsMessage: null, emailMessage: null, emailSubject: null },
  ],
  DefineAuthChallenge: [
    ['userAttributes', 'session', 'clientMetadata', 'userNotFound'],
    { challengeName: null, issueTokens: null, failAuthentication: null },
  ],
  CreateAuthChallenge: [
    ['userAttributes', 'challengeName', 'session', 'clientMetadata'],
    { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  ],
  VerifyAuthChallengeResponse: [
    ['userAttributes', 'privateChallengeParameters', 'challengeAnswer', 'clientMetadata'],
    { answerCorrect: null },
  ],
  UserMigration: [
    ['password', 'validationData', 'clientMetadata'],
    {
      userAttributes: null,
      forceAliasCreation: null,
      enableSMSMFA: null,
      finalUserStatus: null,
      messageAction: null,
      desiredDeliveryMediums: null,
    },
  ],
}

/** `triggerSource`, in the order of a user's life. */
export const TRIGGERS = [
  'PreSignUp_SignUp',
  'PreSignUp_AdminCreateUser',
  'PreSignUp_ExternalProvider',
  'PostConfirmation_ConfirmSignUp',
  'PostConfirmation_ConfirmForgotPassword',
  'PreAuthentication_Authentication',
  'PostAuthentication_Authentication',
  'TokenGeneration_Authentication',
  'TokenGeneration_HostedAuth',
  'TokenGeneration_NewPasswordChallenge',
  'TokenGeneration_RefreshTokens',
  'CustomMessage_SignUp',
  'CustomMessage_ForgotPassword',
  'CustomMessage_ResendCode',
  'CustomMessage_AdminCreateUser',
  'CustomMessage_UpdateUserAttribute',
  'CustomMessage_VerifyUserAttribute',
  'DefineAuthChallenge_Authentication',
  'CreateAuthChallenge_Authentication',
  'VerifyAuthChallengeResponse_Authentication',
  'UserMigration_Authentication',
  'UserMigration_ForgotPassword',
] as const

const shapeOf = (trigger: string) => SHAPES[trigger.split('_')[0] ?? ''] ?? [[], {}]

export function fieldsOf(trigger: string): readonly string[] {
  const fields = shapeOf(trigger)[0]
  // AWS: a forgotten password comes without one, and with nothing to validate.
  return trigger === 'UserMigration_ForgotPassword' ? fields.filter((one) => one !== 'password') : fields
}

export const answerOf = (trigger: string): JsonObject => shapeOf(trigger)[1]

export function requestOf(wire: CognitoWire): JsonObject {
  const known: JsonObject = {
    userAttributes: { sub: wire.sub, 'cognito:user_status': 'CONFIRMED', ...wellFormed(wire.attributes) },
    ...(wire.clientMetadata === undefined ? {} : { clientMetadata: wellFormed(wire.clientMetadata) }),
    ...(wire.validationData === undefined ? {} : { validationData: wellFormed(wire.validationData) }),
    userNotFound: false,
    newDeviceUsed: wire.newDevice,
    groupConfiguration: {
      groupsToOverride: wire.group === '' ? [] : [wire.group],
      iamRolesToOverride: [],
      preferredRole: wire.group === '' ? null : `arn:aws:iam::000000000000:role/${wire.group}`,
    },
    codeParameter: '{####}',
    linkParameter: '{##Click Here##}',
    session: Array.from({ length: wire.rounds }, () => ({
      challengeName: 'CUSTOM_CHALLENGE',
      challengeResult: false,
      challengeMetadata: null,
    })),
    challengeName: 'CUSTOM_CHALLENGE',
    privateChallengeParameters: { answer: '123456' },
    challengeAnswer: wire.answer.toWellFormed(),
    password: wire.password.toWellFormed(),
  }
  return Object.fromEntries(
    fieldsOf(wire.trigger)
      .filter((name) => Object.hasOwn(known, name))
      .map((name) => [name, known[name]!]),
  )
}

const wellFormed = (map: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, value.toWellFormed()]))
