const AWS = require('aws-sdk')

const dynamodb = new AWS.DynamoDB()
const cells = {
  promise: async (mark) => await dynamodb.getItem({ TableName: 'cell-promise', Key: { id: { S: mark } } }).promise(),
  callback: (mark) =>
    new Promise((resolve) => dynamodb.getItem({ TableName: 'cell-callback', Key: { id: { S: mark } } }, () => resolve(null))),
  presigned: async (Key) => new AWS.S3({ signatureVersion: 'v4' }).getSignedUrl('getObject', { Bucket: 'cell-presigned', Key }),
  old: async (Key) => new AWS.S3({ signatureVersion: 'v2' }).getSignedUrl('getObject', { Bucket: 'cell-old', Key }),
}

exports.handler = async ({ cell, mark }) => await cells[cell](mark)
