import { athena } from './athena.js'
import { dynamodb } from './dynamodb.js'
import { rdsData } from './rds-data.js'
import { s3 } from './s3.js'
import { secretsmanager } from './secretsmanager.js'
import type { AwsService } from './service.js'
import { ses } from './ses.js'
import { sns } from './sns.js'
import { sqs } from './sqs.js'
import { ssm } from './ssm.js'
import { sts } from './sts.js'

/** Services that are answered. Calls of all others are recorded and denied. */
export const services: readonly AwsService[] = [dynamodb, s3, sqs, sns, ses, rdsData, athena, sts, secretsmanager, ssm]
