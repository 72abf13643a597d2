import { createRequire } from 'node:module'
import type { ProjectPart } from '#src/model/index.js'
import { terraform } from '#src/project/terraform.js'
import { project, readAll } from './reading.js'

/** Skips tests of .tf files where the parser, an optional peer, is not installed. */
export function needsHcl(this: Mocha.Context): void {
  try {
    createRequire(import.meta.url).resolve('@cdktn/hcl2json')
  } catch {
    if (process.env['REQUIRE_ALL'] === '1') throw new Error('@cdktn/hcl2json is not installed')
    console.log('      skipped: @cdktn/hcl2json is not installed')
    this.skip()
  }
}

/** A function that has what every function needs, as `f`. */
export const FUNCTION = `
data "archive_file" "zip" {
  type        = "zip"
  source_dir  = "\${path.module}/src"
  output_path = "\${path.module}/out.zip"
}
resource "aws_iam_role" "role" {
  name               = "the-role"
  assume_role_policy = "{}"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  handler       = "index.handler"
  runtime       = "nodejs20.x"
  filename      = data.archive_file.zip.output_path
  role          = aws_iam_role.role.arn
}
`

/** A project of one main.tf and a handler. */
export const readTf = (
  main: string,
  more: Readonly<Record<string, string>> = {},
  parameters: Record<string, string> = {},
): Promise<ProjectPart> => readAll(terraform, project({ 'main.tf': main, 'src/index.js': '', ...more }), parameters)
