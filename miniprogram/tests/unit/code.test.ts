import { expect, test } from 'vitest'
import { codeDigits } from '@/words/attend'

test('the digits of a code, however they are typed', () => {
  expect(codeDigits('1234 5678')).toBe('12345678')
  expect(codeDigits('１２３４５６７８')).toBe('12345678')
  expect(codeDigits('12-３４ab')).toBe('1234')
})
