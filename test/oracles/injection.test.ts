import { expect } from 'chai'
import type { Effect, Json, Oracle, SqlDialect } from '#src/model/index.js'
import { argumentInjection } from '#src/oracles/argument-injection.js'
import { codeInjection } from '#src/oracles/code-injection.js'
import { commandInjection } from '#src/oracles/command-injection.js'
import { dynamodbExpressionInjection } from '#src/oracles/dynamodb-expression-injection.js'
import { htmlInjection } from '#src/oracles/html-injection.js'
import { jsonInjection } from '#src/oracles/json-injection.js'
import { mailHeaderInjection } from '#src/oracles/mail-header-injection.js'
import { partiqlInjection } from '#src/oracles/partiql-injection.js'
import { pathTraversal } from '#src/oracles/path-traversal.js'
import { prototypePollution } from '#src/oracles/prototype-pollution.js'
import { regexpInjection } from '#src/oracles/regexp-injection.js'
import { sqlInjection } from '#src/oracles/sql-injection.js'
import { ssrf } from '#src/oracles/ssrf.js'
import { templateInjection } from '#src/oracles/template-injection.js'
import { effect, HEAD, TAIL, trial } from './trial-maker.js'

const process = (command: string, shell = true): Effect =>
  effect('process', { file: '/bin/sh', argv: ['-c', command], shell, command })
const code = (source: string): Effect => effect('code', { how: 'eval', source })
const sql = (text: string, bound: readonly Json[] = [], dialect: SqlDialect = 'postgresql'): Effect =>
  effect('sql', { text, bound, dialect })
const aws = (service: string, operation: string, params: { readonly [key: string]: Json }): Effect =>
  effect('aws', { service, operation, params })
const fs = (path: string, real = path): Effect => effect('fs', { op: 'readFile', path, real })
const module = (specifier: string): Effect => effect('module', { specifier })
const connect = (host: string): Effect => effect('connect', { host, port: 443 })
const global = (path: string): Effect => effect('global', { path })
const program = (file: string, argv: readonly string[]): Effect =>
  effect('process', { file, argv, shell: false, command: [file, ...argv].join(' ') })
const pattern = (source: string): Effect => effect('regexp', { source, input: '' })
const compiled = (body: string): Effect => code(`(function anonymous(obj\n) {\nvar __t, __p = ''; ${body}\n})`)
const OPTION = `--${HEAD}`
const whole = (text: string): string => HEAD + text + TAIL

/** What the sink was given: where the rule speaks, and the nearest thing at which it must not. */
const PAIRS: readonly (readonly [Oracle, string, speaks: Effect, silent: Effect])[] = [
  [commandInjection, 'no quotes / quotes', process(`ls ${whole(';id;')}`), process(`ls '${whole(';id;')}'`)],
  [commandInjection, 'broken out / escaped', process(`ls '${whole("';id;'")}'`), process(`ls '${whole("'\\'';id;'\\''")}'`)],
  [commandInjection, 'a shell / none', process(`ls ${whole(';id;')}`), process(`ls ${whole(';id;')}`, false)],
  [
    commandInjection,
    'the second use / both quoted',
    process(`ls '${whole(';')}' ${whole(';')}`),
    process(`ls '${whole(';')}' '${whole(';')}'`),
  ],
  [commandInjection, 'whole / cut before the payload', process(`ls ${whole(';id;')}`), process(`ls ${HEAD} '${whole(';id;')}'`)],
  [
    commandInjection,
    'after İ',
    process(`ls ${'İ'.repeat(9)} ${whole(';id;')}`),
    process(`ls ${'İ'.repeat(9)} '${whole(';id;')}' ';'`),
  ],
  [commandInjection, 'upper case', process(`LS ${whole(';ID;').toUpperCase()}`), process(`LS '${whole(';ID;').toUpperCase()}'`)],
  [codeInjection, 'no quotes / JSON', code(`f(${whole('+globalThis.x+')})`), code(`f("${whole('+globalThis.x+')}")`)],
  [codeInjection, 'broken out / escaped', code(`f('${whole("'+x+'")}')`), code(`f('${whole("\\'+x+\\'")}')`)],
  [
    sqlInjection,
    'in the text / bound',
    sql(`SELECT * FROM t WHERE a='${whole("' OR '1'='1")}'`),
    sql('SELECT * FROM t WHERE a=$1', [whole("' OR '1'='1")]),
  ],
  [
    sqlInjection,
    'as sent / doubled',
    sql(`SELECT * FROM t WHERE a='${whole("' --")}'`),
    sql(`SELECT * FROM t WHERE a='${whole("'' --")}'`),
  ],
  [
    sqlInjection,
    'backslash: not an escape / one',
    sql(`SELECT '${whole("\\' --")}'`),
    sql(`SELECT '${whole("\\' --")}'`, [], 'mysql'),
  ],
  [
    sqlInjection,
    'ORDER BY two / one',
    sql(`SELECT * FROM t ORDER BY ${whole(', 1')}`),
    sql(`SELECT * FROM t ORDER BY ${whole('_1')}`),
  ],
  [
    sqlInjection,
    'RDS Data API: sql / parameters',
    aws('rds-data', 'ExecuteStatement', { sql: `SELECT '${whole("'")}'` }),
    aws('rds-data', 'ExecuteStatement', { sql: 'SELECT :a', parameters: [{ name: 'a', value: { stringValue: whole("'") } }] }),
  ],
  [
    sqlInjection,
    'Athena: QueryString / ExecutionParameters',
    aws('athena', 'StartQueryExecution', { QueryString: `SELECT '${whole("'")}'` }),
    aws('athena', 'StartQueryExecution', { QueryString: 'SELECT ?', ExecutionParameters: [whole("'")] }),
  ],
  [
    partiqlInjection,
    'Statement / Parameters',
    aws('dynamodb', 'ExecuteStatement', { Statement: `SELECT * FROM "t" WHERE pk='${whole("' OR '1'='1")}'` }),
    aws('dynamodb', 'ExecuteStatement', { Statement: 'SELECT * FROM "t" WHERE pk=?', Parameters: [{ S: whole("' OR '1'='1") }] }),
  ],
  [
    partiqlInjection,
    'in a transaction',
    aws('dynamodb', 'ExecuteTransaction', { TransactStatements: [{ Statement: `DELETE FROM t WHERE pk='${whole("'")}'` }] }),
    aws('dynamodb', 'ExecuteTransaction', { TransactStatements: [{ Statement: `DELETE FROM t WHERE pk='${whole("''")}'` }] }),
  ],
  [
    dynamodbExpressionInjection,
    'in the text / in the values',
    aws('dynamodb', 'Query', { FilterExpression: `${whole(' OR attribute_exists(pk)')} = :v` }),
    aws('dynamodb', 'Query', {
      FilterExpression: '#a = :v',
      ExpressionAttributeValues: { ':v': { S: whole(' OR attribute_exists(pk)') } },
    }),
  ],
  [
    dynamodbExpressionInjection,
    'another path / one name',
    aws('dynamodb', 'UpdateItem', { UpdateExpression: `SET ${whole('.admin')} = :v` }),
    aws('dynamodb', 'UpdateItem', { UpdateExpression: `SET ${whole('_admin')} = :v` }),
  ],
  [
    dynamodbExpressionInjection,
    'an expression / a name that ends like one',
    aws('dynamodb', 'Scan', { ProjectionExpression: whole(', secret') }),
    aws('dynamodb', 'Scan', { ExpressionAttributeNames: { '#myExpression': whole(', secret') } }),
  ],
  [
    dynamodbExpressionInjection,
    'DynamoDB / another service',
    aws('dynamodb', 'Scan', { FilterExpression: whole(' OR a') }),
    aws('events', 'PutRule', { FilterExpression: whole(' OR a') }),
  ],
  [pathTraversal, 'climbed / basename', fs(`/task/files/../../var/opt/${HEAD}`, `/var/opt/${HEAD}`), fs(`/task/files/${HEAD}`)],
  [pathTraversal, 'absolute / below', fs(`/var/opt/${HEAD}`), fs(`/task/files//var/opt/${HEAD}`, `/task/files/var/opt/${HEAD}`)],
  [
    pathTraversal,
    'climbed / dots that are names',
    fs(`x/../../var/opt/${HEAD}.json`, `/var/opt/${HEAD}.json`),
    fs('x', `/task/....//var/opt/${HEAD}`),
  ],
  [
    pathTraversal,
    'module: climbed / below',
    module(`./plugins/${'../'.repeat(14)}var/opt/${HEAD}`),
    module(`./plugins//var/opt/${HEAD}`),
  ],
  [
    pathTraversal,
    'module: absolute / dots that are names',
    module(`/var/opt/${HEAD}`),
    module(`./plugins/....//....//var/opt/${HEAD}`),
  ],
  [pathTraversal, 'module: file URL / package', module(`file:///var/opt/${HEAD}`), module(`pkg/${HEAD}`)],
  [ssrf, 'the host / a path', connect(`${HEAD}.example.invalid`), connect('api.example.com')],
  [
    ssrf,
    'the end of the host / a label below a fixed domain',
    connect(`api-${HEAD}.example.invalid`),
    connect(`${HEAD}.example.invalid.api.example.com`),
  ],
  [ssrf, 'a root dot / another host', connect(`${HEAD.toUpperCase()}.example.invalid.`), connect(`${HEAD}.api.example.com`)],
  [prototypePollution, 'the event’s key / a library’s', global(`Object.prototype.${HEAD}`), global('Object.prototype.polyfill')],
  [argumentInjection, 'an option / after --', program('git', ['clone', OPTION]), program('git', ['clone', '--', OPTION])],
  [
    argumentInjection,
    'a flag before / an option that takes it',
    program('curl', ['-s', OPTION]),
    program('curl', ['-d', OPTION]),
  ],
  [argumentInjection, 'an option / a part of one', program('tar', [OPTION]), program('tar', [`--file=${OPTION}`])],
  [
    argumentInjection,
    'behind an option that has its value / that takes one',
    program('git', ['-C', '/mirror', 'archive', '--format=tar', OPTION]),
    program('git', ['-C', '/mirror', 'archive', '--format', OPTION]),
  ],
  [
    argumentInjection,
    'a revision / behind the end of options',
    program('/opt/bin/git', ['log', '--max-count=1', OPTION]),
    program('/opt/bin/git', ['log', '--max-count=1', '--end-of-options', OPTION]),
  ],
  [argumentInjection, 'a known program / another', program('/usr/bin/ffmpeg', [OPTION]), program('./render', [OPTION])],
  [regexpInjection, 'operators / escaped', pattern(whole('.*')), pattern(whole('\\.\\*'))],
  [regexpInjection, 'operators / in a class', pattern(`^${whole('|x')}$`), pattern(`[${whole('|.*')}]`)],
  [regexpInjection, 'out of a class / as RegExp.escape writes it', pattern(`[${whole(']')}]`), pattern(whole('\\x2d\\|'))],
  [templateInjection, 'a command / text', compiled(`__p += '${HEAD}' + ((x)) + '${TAIL}'`), compiled(`__p += '${whole('x')}'`)],
  [codeInjection, 'own source / a template', code(`f(${whole('+x+')})`), compiled(`__p += '${HEAD}' + ((x)) + '${TAIL}'`)],
  [
    jsonInjection,
    'another property / text',
    aws('states', 'StartExecution', { input: `{"a":"${HEAD}","efccccccccccz":"${TAIL}"}` }),
    aws('states', 'StartExecution', { input: JSON.stringify({ a: whole('","efccccccccccz":"') }) }),
  ],
  [
    jsonInjection,
    'JSON in JSON',
    aws('sns', 'Publish', { Message: JSON.stringify({ default: `{"a":"${HEAD}","efccccccccccz":""}` }) }),
    aws('sns', 'Publish', { Message: JSON.stringify({ default: JSON.stringify({ a: whole('","efccccccccccz":"') }) }) }),
  ],
  [
    mailHeaderInjection,
    'in a header / folded',
    aws('ses', 'SendRawEmail', { RawMessage: { Data: `To: a\r\nSubject: ${whole('\r\nBcc: b')}\r\n\r\ntext` } }),
    aws('ses', 'SendRawEmail', { RawMessage: { Data: `To: a\r\nSubject: ${whole('\r\n b')}\r\n\r\ntext` } }),
  ],
  [
    mailHeaderInjection,
    'in a header / in the text',
    aws('ses', 'SendEmail', { Content: { Raw: { Data: `Subject: ${whole('\nBcc: b')}\n\ntext` } } }),
    aws('ses', 'SendEmail', { Content: { Raw: { Data: `Subject: a\n\n${whole('\nBcc: b')}` } } }),
  ],
  [
    htmlInjection,
    'a mail: raw / escaped',
    aws('ses', 'SendEmail', { Message: { Body: { Html: { Data: `<p>${whole('<b>')}` } } } }),
    aws('ses', 'SendEmail', { Message: { Body: { Html: { Data: `<p>${whole('&lt;b>')}` } } } }),
  ],
]

describe('injection rules', () => {
  for (const [oracle, name, speaks, silent] of PAIRS) {
    it(`${oracle.id}: ${name}`, () => {
      const [verdict, ...more] = [...oracle.judge(trial({ effects: [speaks] }))]
      expect(more).to.deep.equal([])
      expect(verdict).to.include({ rule: oracle.id })
      expect(verdict?.canary?.canary).to.equal(HEAD)
      expect(verdict?.sink?.location).to.include({ file: 'src/app.mjs', line: 10 })
      expect(verdict?.evidence.toLowerCase()).to.include(HEAD)
      expect([...oracle.judge(trial({ effects: [silent] }))]).to.deep.equal([])
    })

    it(`${oracle.id}: ${name}: only with a payload`, () => {
      expect([...oracle.judge(trial({ case: { injection: null }, effects: [speaks] }))]).to.deep.equal([])
    })
  }
})
