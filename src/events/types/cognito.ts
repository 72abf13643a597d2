// Made by scripts/build-event-types.mjs of schemas/events/cognito.schema.json
import type { Json } from '../../model/index.js'

/** Amazon Cognito user pool triggers */
export type CognitoEvent = {
  version: string
  triggerSource: 'PreSignUp_SignUp' | 'PreSignUp_AdminCreateUser' | 'PreSignUp_ExternalProvider'
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    /** Chosen by the sender. */ userAttributes: { [name: string]: string }
    /** Chosen by the sender. */ validationData?: null | { [name: string]: string }
    /** Chosen by the sender. */ clientMetadata?: null | { [name: string]: string }
  }
  response: {
    autoConfirmUser: boolean
    autoVerifyEmail: boolean
    autoVerifyPhone: boolean
  }
} | {
  version: string
  triggerSource: 'PostConfirmation_ConfirmSignUp' | 'PostConfirmation_ConfirmForgotPassword'
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    /** Chosen by the sender. */ userAttributes: { [name: string]: string }
    /** Chosen by the sender. */ clientMetadata?: null | { [name: string]: string }
  }
  response: { [name: string]: Json }
} | {
  version: string
  triggerSource: 'PreAuthentication_Authentication'
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    /** Chosen by the sender. */ userAttributes: { [name: string]: string }
    /** Chosen by the sender. */ validationData?: null | { [name: string]: string }
    userNotFound: boolean
  }
  response: { [name: string]: Json }
} | {
  version: string
  triggerSource: 'PostAuthentication_Authentication'
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    /** Chosen by the sender. */ userAttributes: { [name: string]: string }
    newDeviceUsed: boolean
    /** Chosen by the sender. */ clientMetadata?: null | { [name: string]: string }
  }
  response: { [name: string]: Json }
} | {
  version: string
  triggerSource: 'TokenGeneration_HostedAuth' | 'TokenGeneration_Authentication' | 'TokenGeneration_NewPasswordChallenge' | 'TokenGeneration_AuthenticateDevice' | 'TokenGeneration_RefreshTokens' | 'TokenGeneration_ClientCredentials'
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    /** Chosen by the sender. */ userAttributes: { [name: string]: string }
    groupConfiguration: {
      groupsToOverride: string[]
      iamRolesToOverride: string[]
      preferredRole?: string | null
    }
    /** Chosen by the sender. */ clientMetadata?: null | { [name: string]: string }
    /** Not in generated events: version 2 and 3 of the trigger only. */ scopes?: null | string[]
  }
  response: {
    /** Not in generated events: for the function to fill in. */ claimsOverrideDetails?: null | { [name: string]: Json }
    /** Not in generated events: for the function to fill in. */ claimsAndScopeOverrideDetails?: null | { [name: string]: Json }
  }
} | {
  version: string
  triggerSource: 'CustomMessage_SignUp' | 'CustomMessage_AdminCreateUser' | 'CustomMessage_ResendCode' | 'CustomMessage_ForgotPassword' | 'CustomMessage_UpdateUserAttribute' | 'CustomMessage_VerifyUserAttribute' | 'CustomMessage_Authentication'
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    /** Chosen by the sender. */ userAttributes: { [name: string]: string }
    codeParameter: string
    linkParameter: string
    /** Not in generated events: invitations of an administrator only. */ usernameParameter?: string | null
    /** Chosen by the sender. */ clientMetadata?: null | { [name: string]: string }
  }
  response: {
    /** Not in generated events: for the function to fill in. */ smsMessage?: string | null
    /** Not in generated events: for the function to fill in. */ emailMessage?: string | null
    /** Not in generated events: for the function to fill in. */ emailSubject?: string | null
  }
} | {
  version: string
  triggerSource: 'DefineAuthChallenge_Authentication'
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    /** Chosen by the sender. */ userAttributes: { [name: string]: string }
    session: ({
      challengeName: string
      challengeResult: boolean
      /** Not in generated events: only where the function itself set it. */ challengeMetadata?: string | null
    })[]
    /** Chosen by the sender. */ clientMetadata?: null | { [name: string]: string }
    userNotFound: boolean
  }
  response: {
    /** Not in generated events: for the function to fill in. */ challengeName?: string | null
    /** Not in generated events: for the function to fill in. */ issueTokens?: boolean | null
    /** Not in generated events: for the function to fill in. */ failAuthentication?: boolean | null
  }
} | {
  version: string
  triggerSource: 'CreateAuthChallenge_Authentication'
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    /** Chosen by the sender. */ userAttributes: { [name: string]: string }
    challengeName: string
    session: ({
      challengeName: string
      challengeResult: boolean
      /** Not in generated events: only where the function itself set it. */ challengeMetadata?: string | null
    })[]
    /** Chosen by the sender. */ clientMetadata?: null | { [name: string]: string }
    /** Not in generated events: only where the pool hides whether a user exists. */ userNotFound?: boolean
  }
  response: {
    /** Not in generated events: for the function to fill in. */ publicChallengeParameters?: null | { [name: string]: string }
    /** Not in generated events: for the function to fill in. */ privateChallengeParameters?: null | { [name: string]: string }
    /** Not in generated events: for the function to fill in. */ challengeMetadata?: string | null
  }
} | {
  version: string
  triggerSource: 'VerifyAuthChallengeResponse_Authentication'
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    /** Chosen by the sender. */ userAttributes: { [name: string]: string }
    privateChallengeParameters: { [name: string]: string }
    /** Chosen by the sender. */ challengeAnswer: string
    /** Chosen by the sender. */ clientMetadata?: null | { [name: string]: string }
    /** Not in generated events: only where the pool hides whether a user exists. */ userNotFound?: boolean
  }
  response: {
    /** Not in generated events: for the function to fill in. */ answerCorrect?: boolean | null
  }
} | {
  version: string
  triggerSource: 'UserMigration_Authentication' | 'UserMigration_ForgotPassword'
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    /** Chosen by the sender. */ password?: string
    /** Chosen by the sender. */ validationData?: null | { [name: string]: string }
    /** Chosen by the sender. */ clientMetadata?: null | { [name: string]: string }
    /** Chosen by the sender. Not in generated events: not in documented requests. */ userAttributes?: null | { [name: string]: string }
  }
  response: {
    /** Not in generated events: for the function to fill in. */ userAttributes?: null | { [name: string]: string }
    /** Not in generated events: for the function to fill in. */ forceAliasCreation?: boolean | null
    /** Not in generated events: for the function to fill in. */ enableSMSMFA?: boolean | null
    /** Not in generated events: for the function to fill in. */ finalUserStatus?: string | null
    /** Not in generated events: for the function to fill in. */ messageAction?: string | null
    /** Not in generated events: for the function to fill in. */ desiredDeliveryMediums?: null | string[]
  }
} | {
  version: string
  triggerSource: string
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    type: string
    code?: string | null
    /** Chosen by the sender. */ clientMetadata?: null | { [name: string]: string }
    /** Chosen by the sender. */ userAttributes?: null | { [name: string]: string }
  }
  response: { [name: string]: Json }
} | {
  version: string
  triggerSource: 'InboundFederation_ExternalProvider'
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: {
    providerName: string
    providerType: string
    /** Chosen by the sender. */ attributes: { [name: string]: Json }
  }
  response: {
    /** Not in generated events: for the function to fill in. */ userAttributesToMap?: null | { [name: string]: string }
  }
} | {
  version: string
  triggerSource: string
  region: string
  userPoolId: string
  /** Chosen by the sender. */ userName: string
  callerContext: { awsSdkVersion: string; clientId: string }
  request: { [name: string]: Json }
  response: { [name: string]: Json }
}
