import { type AwsFixture, isJsonObject, type Json } from '../model/index.js'
import { cliOption, shellJson, shellWord } from './shell-words.js'

/** Shell commands that put what an answer holds where the function will read it; a comment where no one command does. */
export function plantRecipe({ service, operation, when = {}, answer = {}, fault, error }: AwsFixture): readonly string[] {
  if (fault !== undefined)
    return [`# while ${service}:${operation} ${error ? `fails with ${error.code}` : 'answers that it took nothing'}`]
  switch (service) {
    case 'dynamodb':
      return itemsOf(answer).map(
        (item) => `aws dynamodb put-item --table-name ${word(when['TableName'])} --item ${shellJson(item)}`,
      )
    case 's3':
      return operation === 'GetObject' ? [s3Put(when['Bucket'], answer['Body'])] : keysOf(answer, when['Bucket'])
    case 'sqs':
      return messagesOf(answer).map(
        (body) => `aws sqs send-message --queue-url ${word(when['QueueUrl'])} ${cliOption('message-body', body)}`,
      )
    default:
      return [`# ${service}:${operation} answers ${JSON.stringify(answer)}`]
  }
}

const word = (name: Json | undefined): string => (typeof name === 'string' ? shellWord(name) : '"$NAME"')

function itemsOf(answer: AwsFixture['answer'] & object): readonly Json[] {
  const lists = [answer['Items'], ...Object.values(isJsonObject(answer['Responses']) ? answer['Responses'] : {})]
  return [
    ...(answer['Item'] === undefined ? [] : [answer['Item']]),
    ...lists.flatMap((list) => (Array.isArray(list) ? list : [])),
  ]
}

const s3Put = (bucket: Json | undefined, body: Json | undefined): string =>
  `printf %s ${shellWord(typeof body === 'string' ? body : JSON.stringify(body ?? ''))} | aws s3 cp - s3://${word(bucket)}/"$KEY"`

function keysOf(answer: AwsFixture['answer'] & object, bucket: Json | undefined): readonly string[] {
  const contents: readonly Json[] = Array.isArray(answer['Contents']) ? answer['Contents'] : []
  return contents
    .filter(isJsonObject)
    .map(
      ({ Key }) => `printf x | aws s3api put-object --bucket ${word(bucket)} --body /dev/stdin ${cliOption('key', String(Key))}`,
    )
}

function messagesOf(answer: AwsFixture['answer'] & object): readonly string[] {
  const messages: readonly Json[] = Array.isArray(answer['Messages']) ? answer['Messages'] : []
  return messages.filter(isJsonObject).map(({ Body }) => String(Body))
}
