import { expect, test } from 'vitest'

let isLate = false

test('a test that leaves something waiting', () => {
  setTimeout(() => (isLate = true), 0)
})

test('has nothing of it run in the next one', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1))
  expect(isLate).toBe(false)
})
