import { isJsonObject } from '../../model/index.js'
import { copySource } from './s3-copy-source.js'
import { listObjects, listObjectsV1, listVersions } from './s3-list.js'
import { abortUpload, completeUpload, createUpload, listParts, listUploads, uploadPart, uploadPartCopy } from './s3-multipart.js'
import { copyObject, deleteObject, deleteObjects, getObject, headObject, knownBuckets, putObject } from './s3-objects.js'
import { deleteTagging, getTagging, putTagging } from './s3-tagging.js'
import { type AwsService, listOf, ok, partitionOf, textOf } from './service.js'

export { copySource } from './s3-copy-source.js'

/** Buckets that exist; what was put can be read, what was never put has a small body made up from the key's extension. */
export const s3: AwsService = {
  service: 's3',
  operations: {
    GetObject: getObject,
    HeadObject: headObject,
    PutObject: putObject,
    CopyObject: copyObject,
    DeleteObject: deleteObject,
    DeleteObjects: deleteObjects,
    ListObjectsV2: listObjects,
    ListObjects: listObjectsV1,
    ListObjectVersions: listVersions,
    ListBuckets: ({ store }) => ok({ Buckets: knownBuckets(store).map((Name) => ({ Name })) }),
    HeadBucket: ({ place }) => ok({ BucketRegion: place.region }),
    CreateBucket: ({ params }) => ok({ Location: `/${String(params.Bucket)}` }),
    GetBucketLocation: ({ place }) => ok({ LocationConstraint: place.region === 'us-east-1' ? '' : place.region }),
    CreateMultipartUpload: createUpload,
    UploadPart: uploadPart,
    UploadPartCopy: uploadPartCopy,
    CompleteMultipartUpload: completeUpload,
    AbortMultipartUpload: abortUpload,
    ListParts: listParts,
    ListMultipartUploads: listUploads,
    GetObjectTagging: getTagging,
    PutObjectTagging: putTagging,
    DeleteObjectTagging: deleteTagging,
    PutObjectAcl: () => ok({}),
  },
  resources(operation, params, { region }) {
    const partition = partitionOf(region)
    const deleted =
      operation === 'DeleteObjects' && isJsonObject(params.Delete) ? listOf(params.Delete.Objects).filter(isJsonObject) : []
    const keys = deleted.length > 0 ? deleted.map(({ Key }) => Key) : [params.Key]
    const names = keys.map((key) =>
      textOf(key) === undefined ? textOf(params.Bucket) : `${String(params.Bucket)}/${String(key)}`,
    )
    const source = copySource(params)
    return [...names, source === undefined ? undefined : `${source.bucket}/${source.key}`]
      .filter((name) => name !== undefined)
      .map((name) => `arn:${partition}:s3:::${name}`)
  },
}
