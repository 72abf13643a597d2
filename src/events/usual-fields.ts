/** Event pointers of fields that handlers often read and that bare templates lack: supplied, they give payloads a place to stand. */
export const USUAL_FIELDS: readonly string[] = [
  '/queryStringParameters/q',
  '/headers/x-id',
  '/body#json/id',
  '/Records/0/body#json/id',
  '/Records/0/messageAttributes/kind',
  '/Records/0/dynamodb/NewImage/name',
  '/Records/0/Sns/Message#json/id',
  '/Records/0/Sns/Subject',
  '/Records/0/kinesis/data#base64#json/id',
  '/records/topic-0/0/value#base64#json/id',
  '/records/0/data#base64#json/id',
  '/awslogs/data#base64#gzip#json/logEvents/0/message#json/id',
  '/detail/id',
  '/request/clientMetadata/id',
  '/request/validationData/id',
  '/ResourceProperties/Id',
]

/** Headers that few handlers read, and that decide where they do. */
export const ODD_HEADERS: readonly string[] = [
  '/headers/x-forwarded-for',
  '/headers/x-forwarded-host',
  '/headers/x-http-method-override',
  '/cookies',
]
