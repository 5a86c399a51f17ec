import { beforeEach, expect, test, vi } from 'vitest'

const went: string[] = []
beforeEach(() => {
  went.length = 0
  Object.assign(uni, { navigateTo: ({ url }: { url: string }) => went.push(url) })
  vi.doMock('@/platform', async (real) => ({ ...(await real<object>()), requirePrivacy: () => undefined })) // the web build's
})

test('the agreement is shown before the first use, and not again once it is agreed to', async () => {
  const { mayUse, answerPrivacy } = await import('@/services/privacy')
  const first = mayUse()
  const meanwhile = mayUse()
  expect(went).toEqual(['/pages/me/privacy?ask=1'])
  answerPrivacy(true)
  expect([await first, await meanwhile]).toEqual([true, true])
  expect(await mayUse()).toBe(true)
  expect(went.length).toBe(1)
})

test('who goes back without a word has not agreed, and is asked again', async () => {
  const { mayUse, answerPrivacy } = await import('@/services/privacy')
  const first = mayUse()
  answerPrivacy(false)
  expect(await first).toBe(false)
  const again = mayUse()
  expect(went.length).toBe(2)
  answerPrivacy(true)
  expect(await again).toBe(true)
})
