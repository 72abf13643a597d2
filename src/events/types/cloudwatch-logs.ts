// Made by scripts/build-event-types.mjs of schemas/events/cloudwatch-logs.schema.json
/** Amazon CloudWatch Logs subscription */
export type CloudwatchLogsEvent = {
  awslogs: {
    /** Chosen by the producer. */ data: string
  }
}
