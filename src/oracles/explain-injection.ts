import type { Explanation } from './explanation.js'

export const injections: Readonly<Record<string, Explanation>> = {
  'command-injection': {
    counts:
      'An operator, a word split, an expansion or a comment of the value is active in the command line, or the value ends the quotes it stands in.',
    not: 'A value inside one word, quoted or escaped; a program that is run without a shell.',
    blind: 'Shells that a program starts by itself (make, npm scripts), and commands on another machine (ssh).',
    fix: "await promisify(execFile)('convert', ['--', file, '/tmp/out.png'])",
  },
  'argument-injection': {
    counts:
      'A value that begins with a dash is its own argument of a program whose options write files or run commands, before any --.',
    not: 'Values behind -- or --end-of-options, values of an option, values with a prefix such as ./, and programs that are not on the list.',
    blind: 'Programs that are not on the list, and options that are dangerous without a dash (tar’s first word).',
    fix: "await run('git', ['clone', '--depth', '1', '--', url, target])",
  },
  'code-injection': {
    counts: 'More than one token of source text that is compiled (eval, Function, vm) is the value’s.',
    not: 'A value inside one string or one comment; constant source; JSON.parse.',
    blind: 'eval inside packages; WebAssembly; code in another process.',
    fix: "const operations = new Map([['sum', sum]])\noperations.get(name)?.(numbers)",
  },
  'unsafe-deserialisation': {
    counts:
      'A document (node-serialize, YAML with !!js/function) becomes a function: its source is compiled, or it runs and prints what only it can.',
    not: 'Documents whose tags are refused or stay text.',
    blind: 'Formats of other libraries; functions that are made and compiled without the Function constructor, and never run.',
    fix: "import yaml from 'js-yaml' // 4, or safeLoad() of 3\nconst settings = yaml.load(text)",
  },
  'template-injection': {
    counts: 'The value is compiled as a part of a template: a command of the engine in it is code of the template.',
    not: 'Values that are put into a constant template; braces that come out as text.',
    blind: 'Engines without any joining operator or filter (mustache), unless they compile to JavaScript.',
    fix: "const letter = Handlebars.compile('Dear {{name}}')\nletter({ name })",
  },
  'sql-injection': {
    counts:
      'More than one literal, quoted name or word of the statement’s text is the value’s, read as the database’s dialect has it.',
    not: 'Bound parameters; doubled quotes; a word chosen from a list.',
    blind:
      'Statements that the database builds by itself (procedures with EXECUTE); databases that are reached through an HTTP API other than RDS Data, Redshift Data and Athena.',
    fix: "await client.query('SELECT * FROM orders WHERE id = $1', [id])",
  },
  'partiql-injection': {
    counts: 'The value ends the literal or the quoted name that it stands in, in a PartiQL statement of DynamoDB.',
    not: 'Parameters.',
    blind: 'Nothing known.',
    fix: "new ExecuteStatementCommand({ Statement: 'SELECT * FROM orders WHERE id = ?', Parameters: [{ S: id }] })",
  },
  'nosql-injection': {
    counts:
      'An object of the sender ({"$ne": …}, or ?name[$ne]=… through a parser of brackets) stands as an operator in a filter of MongoDB where the function meant a value; or a value leaves its token in $where, $function or $accumulator.',
    not: 'Operators of the function’s own around a value; objects below $eq or $in; objects that are stored; values that a schema or String() keeps texts.',
    blind: 'Update documents; DocumentDB behind another protocol; MONGODB-AWS logins.',
    fix: 'const user = await users.findOne({ email: { $eq: String(email) } })',
  },
  'dynamodb-expression-injection': {
    counts: 'The value is more than one name in the text of a key condition, filter, projection, condition or update.',
    not: 'ExpressionAttributeValues, and names from a list in ExpressionAttributeNames.',
    blind: 'Legacy parameters (ScanFilter, Expected).',
    fix: "FilterExpression: '#status = :status',\nExpressionAttributeNames: { '#status': 'status' },\nExpressionAttributeValues: { ':status': { S: status } },",
  },
  'json-injection': {
    counts: 'A quote in the value adds a property to JSON text that a call to AWS carries.',
    not: 'Text that JSON.stringify made; a property that the sender may add anyhow because the whole document is theirs.',
    blind: 'JSON in requests to other servers and in files.',
    fix: 'MessageBody: JSON.stringify({ sku, note, paid: false })',
  },
  'regexp-injection': {
    counts: 'An operator of the value is active in a regular expression.',
    not: 'Escaped values; signs inside a class, unless they end it.',
    blind: 'Patterns that packages make of it, those of other realms (vm contexts) and of other engines (RE2, databases).',
    fix: "const escaped = term.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&')\nnew RegExp(escaped, 'i')",
  },
  'html-injection': {
    counts:
      "In an answer of type text/html (XHTML, SVG) or an HTML mail (SES, Cognito's `emailMessage`), the value is markup, leaves its attribute, or is script.",
    not: 'Escaped values; values in answers of another type, or without one: API Gateway calls those application/json.',
    blind: 'Pages that scripts build in the browser, URLs in attributes that are only text here, styles, and mails sent by SMTP.',
    fix: 'const html = (text) => text.replace(/[&<>"\']/g, (sign) => `&#${sign.charCodeAt(0)};`)',
  },
  'header-injection': {
    counts: 'A line break of the value stands in a response header, or a semicolon of it in a cookie.',
    not: 'Encoded values.',
    blind: 'What the gateway does with a line break: some refuse the answer.',
    fix: 'cookies: [`theme=${encodeURIComponent(theme)}; Path=/; HttpOnly`]',
  },
  'mail-header-injection': {
    counts: 'A line break of the value begins a header in a raw mail of SES.',
    not: 'Values in the text of the mail; folded lines; SendEmail without raw content.',
    blind: 'Mails sent by SMTP.',
    fix: "`Subject: ${subject.replace(/[\\r\\n]+/g, ' ')}`",
  },
  'log-injection': {
    counts: 'A line feed of the value begins an entry of its own in the log.',
    not: 'console.log and its like: Lambda keeps their text in one entry. JSON lines.',
    blind: 'Logs that are sent elsewhere by an extension or an agent.',
    fix: 'process.stdout.write(`${JSON.stringify({ user })}\\n`)',
  },
  'prototype-pollution': {
    counts: 'After the event, Object.prototype owns a key that the event named.',
    not: 'Keys on objects of the function’s own.',
    blind: 'Prototypes of classes; objects that inherit from the event.',
    fix: 'const settings = { ...defaults, colour: body.colour }',
  },
  'path-traversal': {
    counts: 'The path, resolved, lies where the value leads and not below the directory that it was put under.',
    not: 'Paths that stay in the task’s directory or in /tmp: which directory in them was meant cannot be seen.',
    blind: 'Programs that open files; keys of S3, which have no directories.',
    fix: "const file = path.resolve(base, name)\nif (!file.startsWith(base + path.sep)) throw new Error('no such file')",
  },
  'archive-traversal': {
    counts:
      'An archive of the event, or of an object in S3, has an entry with ../ or a leading slash, and a file outside the handler’s directory is opened for writing.',
    not: 'Entries that are refused or renamed; libraries that check (adm-zip’s extractAllTo, yauzl, tar).',
    blind: 'Formats other than zip, compressed or not; archives that are unpacked by a program.',
    fix: "const file = path.resolve(dir, entry.entryName)\nif (!file.startsWith(dir + path.sep)) throw new Error('outside')",
  },
  'xml-external-entity': {
    counts: 'The file or the host that an entity of an XML document names is opened.',
    not: 'Entities that stand for text of the document itself; parsers that leave external ones alone (xml2js, fast-xml-parser, @xmldom/xmldom, libxml2-wasm without XML_PARSE_NOENT).',
    blind:
      'Parsers in native code that open files by themselves (libxmljs): only what goes through Node is seen. Proven on libxml2-wasm with XML_PARSE_NOENT and file access; no parser in JavaScript loads external entities by itself.',
    fix: "if (/<!DOCTYPE/i.test(xml)) return { statusCode: 400, body: 'no document types' }",
  },
  ssrf: {
    counts: 'A connection, or the look-up before it, goes to a host that the value names.',
    not: 'Values in the path or the query of a fixed host; labels below a fixed domain.',
    blind: 'Hosts that only an answer of the network would lead to (redirects, DNS rebinding).',
    fix: 'if (!ALLOWED.has(new URL(link).hostname)) return { statusCode: 400 }',
  },
  'sdk-parameter-injection': {
    counts: 'A key that the sender added to a JSON body names the resource of an AWS call.',
    not: 'Parameters that the function sets behind the spread; keys in stored values.',
    blind: 'Parameters that name no resource; query strings.',
    fix: "new GetObjectCommand({ Bucket: 'exports', Key: String(body.Key) })",
  },
}
