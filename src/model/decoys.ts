/** What our Secrets Manager says of a secret that nobody has put: seen in an answer, it can have come from nowhere else. */
export const INVENTED_SECRET = 'eventfuzz-invented-secret'
