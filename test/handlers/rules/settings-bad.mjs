import yaml from 'js-yaml-3'

/** Takes the settings of a build as YAML or JSON. */
export const handler = async (event) => {
  let settings
  try {
    settings = yaml.load(event.body ?? '')
  } catch (error) {
    return { statusCode: 422, body: error.reason ?? 'no YAML' }
  }
  const steps = Array.isArray(settings?.steps) ? settings.steps.length : 0
  return { statusCode: 202, body: `build ${settings?.name ?? 'unnamed'} with ${steps} steps` }
}
