import type { ExcessPermission, Finding, Report, RuleReport, TargetReport } from '#src/model/index.js'
import { s3Event, sqsEvent } from './canonical-events.js'

const injected = s3Event('photos/%24%28printf+%25s%25s+efk3m4pq7a2bz+efx5t6uw7c2dz%29.jpg')
const poisoned = sqsEvent('{"orderId":')

const commandInjection: Finding = {
  fingerprint: '9f3c21ab5d7e4f60817293a4b5c6d7e8f90112233445566778899aabbccddeef',
  rule: 'command-injection',
  title: 'Event data is run by a shell',
  severity: 'critical',
  severityReason: '',
  confidence: 'confirmed',
  proof: 'injection',
  reproduced: { k: 3, n: 3 },
  cwe: ['CWE-78'],
  owasp: ['S1'],
  target: 'thumbnails',
  sources: ['s3'],
  surface: 'delivered',
  stage: 'hostile',
  pointer: '/Records/0/s3/object/key',
  pointers: ['/Records/0/s3/object/key'],
  sink: {
    kind: 'process',
    api: 'child_process.exec',
    location: { file: 'src/thumbnails.mjs', line: 37, column: 28, fn: 'thumbnailOf' },
  },
  evidence:
    'The shell was given: convert /tmp/shop-source -thumbnail 256x256 -set comment "from photos/$(printf %s%s efk3m4pq7a2bz efx5t6uw7c2dz).jpg" jpeg:-',
  case: { steps: [{ text: injected, warm: false }] },
  event: injected,
  validEvent: s3Event('photos/cat.jpg'),
  minimal: true,
  recipe: [
    "printf '' > ./empty && aws s3api put-object --bucket shop-images --key 'photos/$(printf %s%s efk3m4pq7a2bz efx5t6uw7c2dz).jpg' --body ./empty",
  ],
  replay: 'npx eventfuzz replay 9f3c21ab5d7e',
  remediation:
    'Run the program without a shell: execFile(file, [arg, ...]) with `--` before arguments that come from the event, or use a library.',
  status: 'new',
  suppression: null,
}

const poisonMessage: Finding = {
  ...commandInjection,
  fingerprint: '4be07f2c91d35a68b7c6d5e4f30211223344556677889900aabbccddeeff0123',
  rule: 'poison-message',
  title: 'One bad message fails the whole batch, again and again',
  severity: 'medium',
  severityReason: 'The queue has no dead-letter queue in the template',
  proof: 'robustness',
  confidence: 'firm',
  cwe: ['CWE-755', 'CWE-400'],
  owasp: ['X-DoS'],
  target: 'order-worker',
  sources: ['sqs'],
  pointer: '/Records/0/body',
  pointers: ['/Records/0/body', '/Records/0/body#json', '/Records/1/body'],
  sink: { kind: 'response', api: 'JSON.parse', location: { file: 'src/order-worker.mjs', line: 39, column: 54 } },
  evidence:
    'SyntaxError: Unexpected end of JSON input\n    at JSON.parse (<anonymous>)\n    at handler (src/order-worker.mjs:39:54)',
  case: { steps: [{ text: poisoned, warm: false }] },
  event: poisoned,
  validEvent: sqsEvent('{"orderId":"42","type":"paid","email":"a@example.invalid"}'),
  minimal: false,
  recipe: ['aws sqs send-message --queue-url "$QUEUE_URL" --message-body \'{"orderId":\''],
  replay: 'npx eventfuzz replay 4be07f2c91d3',
  remediation: 'Handle each record in a try/catch of its own and report the failed ones as batchItemFailures.',
  status: 'existing',
  suppression: {
    state: 'risk-accepted',
    reason: 'Queue is drained by hand until the rewrite',
    owner: 'orders team',
    expires: '2027-01-31',
  },
}

const verboseError: Finding = {
  ...commandInjection,
  fingerprint: '77d1c0ffee0a4b5c6d7e8f90112233445566778899aabbccddeeff0011223344',
  rule: 'verbose-error',
  title: 'The response shows a stack trace',
  severity: 'low',
  severityReason: 'Only the owner of the function can send this',
  confidence: 'tentative',
  proof: 'robustness',
  cwe: ['CWE-209'],
  owasp: ['S3'],
  target: 'reports-api',
  sources: ['apigw-v1', 'apigw-v2'],
  surface: 'direct',
  stage: 'boundary',
  pointer: '',
  pointers: [],
  sink: null,
  evidence: 'The body of the 500 answer begins: RangeError: Invalid time zone specified: ef',
  case: {
    steps: [
      { text: '{"body":"{}"}', warm: false },
      { text: '{"body":"{\\"timezone\\":\\"ef\\"}"}', warm: true },
    ],
  },
  event: '{"body":"{\\"timezone\\":\\"ef\\"}"}',
  validEvent: '',
  minimal: true,
  recipe: [],
  replay: 'npx eventfuzz replay 77d1c0ffee0a',
  remediation: 'Log the error with its request id and answer with a generic message.',
  status: 'regressed',
}

const nothing: TargetReport['coverage'] = { lines: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 } }

const tested = (id: string, source: TargetReport['sources'][number], executions: number): TargetReport => ({
  id,
  file: `src/${id}.mjs`,
  export: 'handler',
  runtime: 'nodejs22.x',
  sources: [source],
  status: 'tested',
  missing: [],
  executions,
  coverage: { lines: { covered: 41, total: 48 }, branches: { covered: 9, total: 16 } },
  events: { accepted: executions - 90, rejected: 90 },
})

const permission = (over: Partial<ExcessPermission>): ExcessPermission => ({
  target: 'thumbnails',
  role: 'thumbnails-role',
  action: 's3:DeleteObject',
  resource: '*',
  class: 'REMOVABLE',
  statement: 'thumbnails.json#1 (Images)',
  why: 'No code of the function calls it.',
  evidence: [],
  ...over,
})

const ruleOf = ({ rule, title, severity, proof, cwe, owasp, remediation }: Finding): RuleReport => ({
  ...{ id: rule, title, severity, proof, cwe, owasp, remediation },
})

/** The one report that every reporter's golden is rendered from: something of everything. */
export const canonicalReport: Report = {
  schemaVersion: 1,
  tool: { name: 'eventfuzz', version: '0.1.0' },
  run: {
    id: '20260601-101500-7',
    seed: 7,
    startedAt: '2026-06-01T10:15:00.000Z',
    durationMs: 12_345,
    executions: 4210,
    sandbox: { level: 'strong', layers: ['bubblewrap', 'network namespace', 'permission model', 'probes'] },
    interrupted: false,
  },
  targets: [
    tested('thumbnails', 's3', 1900),
    tested('order-worker', 'sqs', 1210),
    {
      ...tested('reports-api', 'apigw-v1', 1100),
      sources: ['apigw-v1', 'apigw-v2'],
      coverage: nothing,
    },
    {
      ...tested('invoices', 'apigw-v2', 0),
      coverage: nothing,
      status: 'not-drivable',
      missing: [
        { kind: 'environment', name: 'INVOICE_BUCKET' },
        { kind: 'host', name: 'db.internal.example.invalid:5432' },
      ],
      events: { accepted: 0, rejected: 12 },
    },
    {
      ...tested('legacy', 'dynamodb-stream', 0),
      coverage: nothing,
      status: 'not-loaded',
      missing: [{ kind: 'module', name: 'canvas' }],
      events: { accepted: 0, rejected: 0 },
    },
  ],
  // The worst is not the first: reporters put it there.
  findings: [poisonMessage, verboseError, commandInjection],
  permissions: [
    permission({}),
    permission({ action: 's3:PutBucketPolicy' }),
    permission({
      action: 's3:GetObject',
      class: 'EXERCISED-NARROWER',
      why: 'Only objects of arn:aws:s3:::shop-images were read.',
      evidence: ['GetObject arn:aws:s3:::shop-images/photos/cat.jpg (src/thumbnails.mjs:47)'],
    }),
    permission({ action: 's3:ListBucket', class: 'UNKNOWN', why: 'The bundled library could call it.' }),
    permission({
      target: 'order-worker',
      role: 'order-worker-role',
      action: 'sqs:SendMessage',
      resource: 'arn:aws:sqs:us-east-1:000000000000:shop-notifications',
      class: 'MISSING',
      statement: '',
      why: 'Called by valid events and not granted.',
      evidence: ['SendMessage (src/order-worker.mjs:33)'],
    }),
  ],
  suggestedPolicies: [
    {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Images', Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::shop-images/*' },
      ],
    },
  ],
  notTested: [
    { what: 'reports-api through apigw-v2', why: 'The time ran out before its first hostile event' },
    { what: 'rule sql-injection', why: 'No database client was loaded by any function' },
  ],
}

/** With what reports of older versions do not have: rules, the code at the sink, earlier runs, policies that were proven to be enough. */
export const reportWithRules: Report = {
  ...canonicalReport,
  findings: canonicalReport.findings.map((finding) =>
    finding === commandInjection
      ? { ...finding, excerpt: { line: 36, lines: ['  const command = commandFor(key, options)', '  await exec(command)', '}'] } }
      : finding,
  ),
  suggestedPolicies: [
    ...canonicalReport.suggestedPolicies,
    {
      ...{ target: 'thumbnails', role: 'thumbnails-role', policy: 'thumbnails.json', at: null, generalised: [] },
      before: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
      document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::shop-images/*' }],
      },
      proof: { holds: true, requests: 1, descents: ['thumbnails.json#0'] },
    },
  ],
  trend: [
    {
      ...{ run: '20260530-101500-5', startedAt: '2026-05-30T10:15:00.000Z', added: 3, fixed: 0 },
      open: { critical: 2, high: 1, medium: 0, low: 0 },
    },
    {
      ...{ run: '20260601-101500-7', startedAt: '2026-06-01T10:15:00.000Z', added: 0, fixed: 2 },
      open: { critical: 1, high: 0, medium: 0, low: 0 },
    },
  ],
  rules: [
    {
      ...ruleOf(commandInjection),
      counts: 'An operator, a word split, an expansion or a comment of the value is active in the command line.',
      not: 'A value inside one word, quoted or escaped.',
      blind: 'Shells that a program starts by itself (make, npm scripts).',
      fix: "await promisify(execFile)('convert', ['--', file, '/tmp/out.png'])",
    },
    ruleOf(poisonMessage),
    // Nothing was found by it.
    { ...ruleOf(commandInjection), id: 'sql-injection', title: 'Event data is run as SQL', cwe: ['CWE-89'] },
  ],
}
