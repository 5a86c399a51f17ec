import { expect, test } from 'vitest'
import { phone } from './setup'

// What phones, proxies and WeChat say of a call that went wrong:
// https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html
const said = [
  'request:fail', 'request:fail timeout', 'request:fail url not in domain list', 'request:fail abort statusCode:-1',
  'request:fail ssl hand shake error', 'request:fail -118:net::ERR_CONNECTION_TIMED_OUT', 'request:fail interrupted',
  'request:fail errcode:-200 cronet_error_code:-200 error_msg:net::ERR_CERT_COMMON_NAME_INVALID', 'request:fail invalid url "x"',
  'uploadFile:fail file not found', 'downloadFile:fail exceed max file size', 'openDocument', 'login', '',
  ...[200, 301, 400, 403, 404, 413, 418, 429, 500, 502, 503, 504].map((n) => 'status ' + n),
]
const forPeople = /^[\u4e00-\u9fff，。“”]+。$/

test('whatever a phone or a proxy says, a person reads a Chinese sentence with what to do', async () => {
  const { sentenceOf, Said } = await import('@/services/errors')
  const { Refused, Unreachable } = await import('@/services/http')
  const errors = [
    ...said.map((detail) => new Unreachable(detail)),
    ...[400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503].map((n) => new Refused(n, 'internal', '')),
    new Refused(500, 'internal', 'upstream connect error'), new TypeError("Cannot read properties of undefined (reading 'id')"),
    new Error('quota'), 'x', undefined,
  ]
  for (const e of errors) expect(sentenceOf(e), JSON.stringify(e)).toMatch(forPeople)
  expect(sentenceOf(new Said('和原来一样。'))).toBe('和原来一样。')
  expect(sentenceOf(new Refused(409, 'wish_taken', '刚刚有人先认领了。'))).toBe('刚刚有人先认领了。')
})

test('a slow network, a missing address and a busy system are told apart', async () => {
  const { sentenceOf } = await import('@/services/errors')
  const { Unreachable } = await import('@/services/http')
  const words = ['request:fail', 'request:fail timeout', 'request:fail url not in domain list', 'status 502'].map((d) => sentenceOf(new Unreachable(d)))
  expect(new Set(words).size).toBe(4)
})

test('a page, a form and a kept write tell what the server is too busy for in the same words', async () => {
  phone.storage.set('xinyuan/resident/token', 't')
  phone.network = () => ({ statusCode: 502, data: '<html>' })
  const { get } = await import('@/services/http')
  const { useLoaded } = await import('@/services/load')
  const { useForm } = await import('@/services/form')
  const page = useLoaded(() => 'wish/1', () => get('/wishes/1'))
  await page.load()
  const form = useForm(() => ({}), () => get('/wishes/1'))
  await form.submit()
  expect([page.state.error, form.state.failed]).toEqual(['系统正忙。请过一两分钟再试。', '系统正忙。请过一两分钟再试。'])
})
