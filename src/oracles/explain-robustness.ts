import type { Explanation } from './explanation.js'

export const robustness: Readonly<Record<string, Explanation>> = {
  'unhandled-error': {
    counts: 'An event that the service delivers makes the function throw an error of the language or of Node.',
    not: 'Errors that the function chose to throw; Unauthorized of an authorizer; answers 4xx; errors of the AWS client; a value that is compiled as a pattern or as code and is none; in events of one sender an object that cannot become a text, and half a character.',
    blind: 'Errors that are caught and lost.',
    fix: "const body = parse(event.body)\nif (body === undefined) return { statusCode: 400, body: 'not JSON' }",
  },
  'poison-message': {
    counts: 'One unreadable record makes the function throw, so that the good ones around it are delivered again.',
    not: 'Records that are reported in batchItemFailures, or skipped.',
    blind: 'A batch that is answered with success although a record was lost.',
    fix: 'const batchItemFailures = []\nfor (const record of event.Records)\n  try { await handle(record) } catch { batchItemFailures.push({ itemIdentifier: record.messageId }) }',
  },
  'lost-message': {
    counts:
      'A record that is reported in batchItemFailures when it comes alone, and is not (of a stream: nothing at or before it is) when it comes in a batch with another.',
    not: 'A batch that fails as a whole; a consumer of a stream that reports the first failing record only; ids that are in no record.',
    blind: 'Consumers that fail without batchItemFailures; whether ReportBatchItemFailures is switched on.',
    fix: 'return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) }',
  },
  'malformed-response': {
    counts:
      'The trigger’s documentation does not allow the answer: it becomes a 502 or 500, or the whole batch counts as failed.',
    not: 'Any value of format 2.0 without statusCode.',
    blind: 'Limits of size.',
    fix: 'return { statusCode: 200, body: JSON.stringify(value) }',
  },
  'undecoded-object-key': {
    counts:
      'A call about the object of an S3 event names its key as the notification has it (blanks are pluses, other signs are %XX), or with only one of the two taken back.',
    not: 'Keys that are built of it (a thumbnail, a report); CopySource, which has to be encoded.',
    blind: 'Notifications that come through SQS or SNS.',
    fix: "const key = decodeURIComponent(record.s3.object.key.replace(/\\+/g, ' '))",
  },
  'unawaited-work': {
    counts:
      'In an event that the function answers well, a request of its own code (AWS, HTTP) is still open when the handler’s promise settles, or begins after that.',
    not: 'Handlers with a callback, for which Lambda waits; requests that packages make by themselves; what is left over when something failed.',
    blind: 'Statements of databases, files and timers.',
    fix: 'await Promise.all(event.Records.map(handle))',
  },
  'lost-write': {
    counts:
      'A write failed, in part or as denied, and the function answers success without trying again; or it failed loudly, the event came again, and the function answered success without it (it had marked the event as done before).',
    not: 'A second try; another call with what was left over.',
    blind: 'Writes beside which another kind of write succeeded.',
    fix: 'if (Object.keys(result.UnprocessedItems ?? {}).length > 0) await again(result.UnprocessedItems)',
  },
  'unhandled-conflict': {
    counts: 'ConditionalCheckFailedException ends the function.',
    not: 'A conflict that becomes a 409, is skipped or tried again.',
    blind: 'Conflicts of transactions.',
    fix: "if (error.name === 'ConditionalCheckFailedException') return { statusCode: 409 }",
  },
  'repeated-write': {
    counts:
      'The event is delivered twice, because a later write failed or while a read does not show the first time yet, and a message is sent or a number is added to both times. Or it is delivered twice for no reason of the function’s, and the same number, other than one, is added to the same item both times.',
    not: 'Conditional writes, deduplication ids, writes of the same item under the same key, what is added to a set; where nothing failed, counts of one and messages (whoever gets them may tell).',
    blind: 'Items under keys that are made up anew each time, statements of databases, effects outside AWS.',
    fix: "await db.send(new UpdateItemCommand({ ...add, ConditionExpression: 'NOT contains(seen, :id)' }))",
  },
  'recursive-trigger': {
    counts:
      'The object that the function writes for an event of S3 is in the event’s own bucket; its own event makes the function write once more, and so does that one. Or the function sends to the queue, the topic, the default bus (same source and detail type) or the table that its event came from, and does so twelve times, each time for what it sent before.',
    not: 'Functions that skip keys of their own making, count their tries or ask somebody whether it is over; updates that change nothing (a stream does not show them); triggers whose prefix or suffix leaves them out.',
    blind:
      'Queues and topics whose name neither the template nor the event tells; buses of one’s own; loops through several functions.',
    fix: "if (key.startsWith('processed/')) continue",
  },
  redos: {
    counts:
      'A text of one repeated pattern is sent in four lengths, each twice the one before; the last takes at least 2.6 times as long as the third, 20 times as long as the first, and 150 ms.',
    not: 'Time in proportion to the length.',
    blind:
      'Fields outside JSON, bodies and messages (they are short); patterns that only a special text slows down; other patterns, if they stop the function, are found by hang.',
    fix: 'if (text.length > 256 || !/^[\\w.-]+$/.test(text)) return { statusCode: 422 }',
  },
  'unbounded-memory': {
    counts:
      'A number, or zeros packed by gzip, deflate or brotli in base64, is sent in four sizes, each four times the one before; peak memory grows with them, by 24 MiB or more in the last step.',
    not: 'Bounded numbers, maxOutputLength, and memory in proportion to the length of the event.',
    blind:
      'Objects of S3 that hold packed bytes; archives; memory that is asked for and never written to (Buffer.alloc); what ends the process at once is found by crash.',
    fix: 'const size = Math.min(Number(query.size) || 20, 100)\nconst text = gunzipSync(bytes, { maxOutputLength: 1_000_000 })',
  },
  'unbounded-calls': {
    counts: 'The numbers 1, 4, 16 and 64 are sent, and calls to AWS, or statements of a database, grow with them.',
    not: 'Bounded numbers; calls for each record of a batch.',
    blind:
      'Lists of the sender, whose length the request pays for; calls to hosts other than AWS and databases; loops through queues and tables.',
    fix: 'const copies = Math.min(Math.max(1, body.copies | 0), 10)',
  },
  hang: {
    counts: 'The function has not answered when its time is up, and answers an ordinary event in time.',
    not: 'Waiting for an answer that we would have had to invent: at most tentative.',
    blind: 'What takes long and still ends; redos judges how it grows.',
    fix: 'const signal = AbortSignal.timeout(2_000)',
  },
  crash: {
    counts: 'The process ends: memory, process.exit, a rejection or an error that nobody handles, a flood of output.',
    not: 'A rejected promise of the handler.',
    blind: 'Memory below the function’s limit.',
    fix: 'await Promise.all(items.map(handle))',
  },
}
