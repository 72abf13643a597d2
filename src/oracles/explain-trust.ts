import type { Explanation } from './explanation.js'

export const trusts: Readonly<Record<string, Explanation>> = {
  'open-redirect': {
    counts: 'The Location header leads a browser to a host that the value names.',
    not: 'Values in the path, the query or the user name of an address of your own.',
    blind: 'Redirects by a page or a script.',
    fix: 'const to = new URL(value, SITE)\nconst location = to.origin === SITE ? to.href : SITE',
  },
  'event-chosen-resource': {
    counts:
      'Honest data of the sender is the name of a table, a bucket, a queue, a function, a secret or the like, or a part of it; behind HTTP also the whole key that an object is written under.',
    not: 'Keys and values; names from the configuration; data that only AWS or the owner sets.',
    blind: 'Names that are looked up in a list that holds everything.',
    fix: 'const TABLES = { orders: process.env.ORDERS, items: process.env.ITEMS }\nTABLES[kind]',
  },
  'object-key-traversal': {
    counts:
      'A value with ../ makes the key of an S3 call that stands above the directory in which the key of an honest value stands: the function has resolved the dots.',
    not: 'Keys that still hold the dots (S3 knows no directories); values that are cut to their last part, or refused.',
    blind: 'Keys that are built from several calls; other stores.',
    fix: "const key = posix.join('tenants', tenant, name)\nif (!key.startsWith(`tenants/${tenant}/`)) throw new Error('name')",
  },
  'event-chosen-module': {
    counts: 'The whole name of a module that is required is the value.',
    not: 'A name below a directory of your own.',
    blind: 'import() of a value: what it opens is judged by path-traversal.',
    fix: "const FORMATS = new Map([['csv', csv], ['pdf', pdf]])\nFORMATS.get(format)",
  },
  'event-chosen-method': {
    counts:
      'A value that names a method which every object inherits (__lookupGetter__, isPrototypeOf) makes the function call it: on an instance every method of its class can be called, in a table names pass that nobody put there.',
    not: 'Look-ups in a Map, behind Object.hasOwn or a list of names; names that get a prefix or an ending of the function.',
    blind: 'constructor, which code compares and is not watched; names that a pattern allows only in small letters.',
    fix: "const ACTIONS = new Map([['open', open], ['close', close]])\nACTIONS.get(action)?.(request)",
  },
  'mass-assignment': {
    counts:
      'A key that the sender added to a JSON body is an attribute of an item, beside those that the function writes; a key of the client metadata is a claim of the token.',
    not: 'Keys inside one attribute that is meant for them; stores that are meant for any document (switch the rule off there).',
    blind: 'Databases other than DynamoDB.',
    fix: 'const { title, labels } = body\nItem: { id, owner, title, labels }',
  },
  'unverified-token': {
    counts:
      'A token authorizer allows a request whose token is a random text, or takes the identity from a token with a wrong signature.',
    not: 'Authorizers that ask AWS, a database or another server: what our stubs answered proves nothing.',
    blind: 'Expiry, audience and issuer; keys that are fetched.',
    fix: "const { payload } = await jwtVerify(token, KEYS, { algorithms: ['RS256'], issuer, audience })",
  },
  'forged-token': {
    counts:
      'A request with a JSON Web Token that nobody signed (algorithm none, no signature, a wrong one) is served, and its subject stands in the answer or in a call; or an authorizer allows it.',
    not: 'Answers 4xx; tokens that are sent on to somebody who is asked about them; a Deny, and authorizers that allow any token.',
    blind:
      'Whether API Gateway verifies the token before: where it does, switch the rule off for the function. Keys that can be guessed.',
    fix: "const { sub } = jwt.verify(token, PUBLIC_KEY, { algorithms: ['RS256'] })",
  },
  'inherited-credential': {
    counts:
      'A request whose credential is the name of something that every object inherits (constructor, __proto__) is let in, and one with another word is not.',
    not: 'Look-ups in a Map or behind Object.hasOwn; fields that are not called as credentials are, but for authorizers; whatever a stub was asked about.',
    blind: 'Credentials in bodies; names that a pattern refuses.',
    fix: 'const PARTNERS = new Map(Object.entries(JSON.parse(process.env.PARTNERS)))\nPARTNERS.get(key)',
  },
  'forged-sender': {
    counts:
      'A request is answered 401 or 403, and 2xx with a header that proxies and load balancers write (x-forwarded-for and its kin, x-amzn-oidc-identity); or a body that has the fields of an event of AWS (source aws.…, Records of aws:…) makes the function write what it does not write without them, for a request without headers and cookies.',
    not: 'The last address of x-forwarded-for, which the service itself appends; headers of your own; tokens (x-amzn-oidc-data: see forged-token); events in bodies that only a known sender may post.',
    blind:
      'x-amzn-oidc-… behind a load balancer, which may write over it; events in messages of queues; headers that a proxy in front of the API writes over.',
    fix: "const ip = event.requestContext.http.sourceIp\nif (event.source === 'aws.events') return nightly() // of the event, not of JSON.parse(event.body)",
  },
  'broad-policy': {
    counts: 'A policy that allows something names `*` or every API as its resource.',
    not: 'Wildcards behind the id of the API (a cached policy must be good for the methods that the caller may use); Deny.',
    blind: 'Whether the caller should have all methods that a wildcard of one API opens.',
    fix: "Resource: event.methodArn.replace(/\\/(GET|POST)\\/.*/, '/GET/orders/*')",
  },
  'allowed-too-far': {
    counts:
      'An Allow with a wildcard covers a request that the same authorizer refuses to the same caller (same token, headers and query, another path).',
    not: 'Policies for event.methodArn; callers that may use all that the policy covers; what a made-up answer of AWS allowed.',
    blind: 'Whether the cache of API Gateway is switched on, and by what it tells callers apart. Simple answers of HTTP APIs.',
    fix: 'Resource: isPublic(path) ? event.methodArn : stageOf(event.methodArn)',
  },
  'format-disagreement': {
    counts:
      'One request comes in two payload formats (REST API, HTTP API or function URL, load balancer), and is answered 401 or 403 in the one and 2xx in the other, there also without headers and cookies; or it is a GET that only reads in the one and writes in the other. Both are triggers of the function behind no authorizer, or there is no template and the code reads fields of both.',
    not: 'Refusals of a caller whom the other format knows by a header or a cookie (it closes too much); formats in which requests are refused without a look at headers, cookies or the authorizer, or on any unknown path; requests with several values of a name; OPTIONS; other statuses, answers and order of calls.',
    blind:
      'Triggers behind authorizers; checks against an environment variable that is not set; stages that stand before the path; requests that both formats refuse or nobody got to; what a body or a parameter says of the caller.',
    fix: "const method = event.requestContext.http?.method ?? event.httpMethod\nconst path = event.rawPath ?? event.path\nif (path.startsWith('/admin') && !isAdmin(event)) return { statusCode: 403 }",
  },
  'cors-any-origin': {
    counts: 'The Origin header comes back as it was sent, together with access-control-allow-credentials: true.',
    not: 'A fixed origin, a list of them, and answers without credentials.',
    blind: 'Checks that a value such as shop.example.com.evil.example would pass.',
    fix: 'const origin = SITES.includes(event.headers.origin) ? event.headers.origin : SITES[0]',
  },
  'state-leak': {
    counts:
      'Two events of the same form come one after the other to one process, and the answer or a call of the second holds what only the first one brought, or what AWS answered to a call that names the sender of the first one.',
    not: 'What the first one stored with AWS or in a database; logs; caches that are asked for by a key; settings that are read for all.',
    blind: 'What is kept across more than one event in between, or only of other kinds of events; rights that are kept.',
    fix: 'export const handler = async (event) => {\n  const seen = [] // not outside: the next caller would get it too\n}',
  },
  'secret-leak': {
    counts: 'An answer holds the value of a secret environment variable or of the credentials: a decoy of ours.',
    not: 'Names of variables.',
    blind: 'Secrets that are read at run time (Secrets Manager, SSM).',
    fix: 'return { statusCode: 200, body: JSON.stringify({ region, version }) }',
  },
  'secret-in-log': {
    counts: 'The log holds such a value.',
    not: 'Names of variables.',
    blind: 'As for secret-leak.',
    fix: "console.log('settings', { region, table })",
  },
  'secret-in-call': {
    counts: 'A message, a mail, an event or a stored item holds such a value.',
    not: 'Calls to Secrets Manager, SSM, KMS and Lambda, where it may belong.',
    blind: 'As for secret-leak; requests to other servers.',
    fix: 'Body: JSON.stringify({ at, region })',
  },
  'verbose-error': {
    counts: 'An answer holds frames of a stack.',
    not: 'Messages without frames; times of day.',
    blind: 'Stacks in another form (a list of objects).',
    fix: "console.error(error)\nreturn { statusCode: 500, body: 'failed' }",
  },
}
