import type { AwsRequest } from './request.js'

/**
 * Lambda's own extensions answer plain HTTP on a port of the function's machine, and ask AWS in its name: what they are asked is
 * turned into the request that they would make. Their answers have the shape of AWS's.
 */
export function throughExtension(request: AwsRequest, region: string): AwsRequest {
  if (!/^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(request.host)) return request
  const { path, query } = request
  if (path === '/secretsmanager/get')
    return json(request, region, 'secretsmanager', 'secretsmanager.GetSecretValue', secretOf(query))
  if (/^\/systemsmanager\/parameters\/get\/?$/.test(path))
    return json(request, region, 'ssm', 'AmazonSSM.GetParameter', parameterOf(query))
  const configuration = /^\/applications\/([^/]+)\/environments\/([^/]+)\/configurations\/([^/]+)$/.exec(path)
  return configuration === null ? request : configurationOf(request, region, configuration.slice(1).join('/'))
}

function secretOf(query: URLSearchParams): Record<string, string> {
  const { secretId, versionId, versionStage } = Object.fromEntries(query)
  return {
    SecretId: secretId ?? '',
    ...(versionId === undefined ? {} : { VersionId: versionId }),
    ...(versionStage === undefined ? {} : { VersionStage: versionStage }),
  }
}

function parameterOf(query: URLSearchParams): Record<string, string | boolean> {
  const { name = '', version, label, withDecryption } = Object.fromEntries(query)
  const selector = version ?? label
  return {
    Name: selector === undefined ? name : `${name}:${selector}`,
    ...(withDecryption === 'true' ? { WithDecryption: true } : {}),
  }
}

function json(request: AwsRequest, region: string, service: string, target: string, params: object): AwsRequest {
  const headers = { ...request.headers, 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' }
  const host = `${service}.${region}.amazonaws.com`
  return {
    ...request,
    method: 'POST',
    host,
    path: '/',
    query: new URLSearchParams(),
    headers,
    body: Buffer.from(JSON.stringify(params)),
  }
}

/** The extension keeps a session with AppConfig; its token stands for application, environment and profile. */
function configurationOf(request: AwsRequest, region: string, token: string): AwsRequest {
  const host = `appconfigdata.${region}.amazonaws.com`
  return { ...request, host, path: '/configuration', query: new URLSearchParams({ configuration_token: token }) }
}
